"""What dealers say of surfaces, strike and flan, in five languages, without accents.

(flag, cheap signs one of which must be in the text, the pattern)"""

RULES: list[tuple[str, str, str]] = [
    (
        "cabinet_tone",
        "cabinet|medaillier|kabinett|monetiere|monetario|collezione|sammlungs|coleccion|collection",
        r"cabinet[ -]?(?:ton\w*|patin\w*)|patin\w* de (?:medaillier|collection)|kabinett\w*|patina di (?:monetiere|medagliere|collezione|vecchia (?:raccolta|collezione))|patina de (?:monetario|coleccion)|old collection ton\w*|sammlungspatina|old[ -]collection patina|collection tone",
    ),
    (
        "iridescen",
        "irid|iris|regenbogen|rainbow|schiller",
        r"iridescen\w*|irise\w*|irisier\w*|regenbogen\w*|rainbow|schillernd\w*|irisdescen\w*|iridescenz\w*|reflejos iridiscentes|iridisc\w*",
    ),
    (
        "attractively_toned",
        "ton|patin",
        r"(?:attractiv\w+|beautiful\w*|lovely|pleasing\w*|pleasant\w*|nice\w*|delightful\w*|superb\w*|handsome\w*|wonderful\w*|elegant\w*|exquisite\w*|gorgeous\w*|appealing\w*|magnificent\w*|splendid\w*|fine|charming|rich|fetching)(?:,? (?:old|dark|light|deep|grey|gray|golden|gold|blue|and|antique|multicolou?red|silver|original|subtle|soft|rose|lightly|deeply|even|rainbow|iridescent|collection|colorful|colourful|lilac|with|violet|bluish|a)(?:[ -](?!coin))?){0,5}[ ,]*(?:-?ton(?:ed|ing|e|es)\b)|(?:schone|feine|herrliche|wunderschone|prachtige|attraktive|hubsche|ansprechende|dekorative|wunderbare)\w* (?:[a-z-]+ ){0,2}(?:tonung|patina)|(?:jolie|belle|superbe|magnifique|agreable) (?:[a-z]+ ){0,2}patine|(?:bella|splendida|gradevole|elegante|magnifica|stupenda) (?:[a-z]+ ){0,2}patina|(?:bonita|preciosa|bella|atractiva|hermosa|agradable) (?:[a-z]+ ){0,2}(?:patina|tonalidad)",
    ),
    (
        "toned",
        "ton|patin",
        r"\w*(?:-| |\b)toned\b|\bton(?:ing|e|es)\b|\btonung\b|getont|leicht\w* tonung|\bpatine (?:grise|de|bleu|sombre|foncee|ancienne|irisee|doree)|patina (?:delicata|di|grigia|scura)|delicata patina|leggera patina|patine legere|tonalidad|patina (?:oscura|gris|antigua|de monetario)",
    ),
    (
        "lustrous",
        "lust|prageglanz|stempelgl|brill|lucent|splend",
        r"lustrous|(?:mint|original|full|underlying|satiny|cartwheel|residual|some|frosty|traces of|remaining|nearly full|plenty of|abundant) (?:[a-z]+ )?lustre?r?\b|lustre\b|\bluster\b|pragegl?anz|(?:brillant|velours|lustre) (?:de frappe|d'origine|de surface)|brillo original|(?:resto|restos|pleno) de brillo|pleno brillo|brillo de acunacion|lustro|lucentezza|fondi lucenti|fondi brillanti",
    ),
    (
        "well_centred",
        "cent|zentr",
        r"(?:well|perfect\w*|nice\w*|beautiful\w*|superb\w*|excellent\w*|ideal\w*|fully|exceptional\w*|very well|wonderful\w*|neat\w*|good|perfect)[ -](?:and (?:well|fully|sharply)[ -])?(?:cent(?:er|re)d|centr?ing|centering|struck and (?:well[ -])?cent(?:er|re)d)|(?:struck|sharply struck|strike),? (?:and )?well[ -]cent\w+|(?:gut|perfekt|sehr gut|ausgezeichnet|schon) (?:zentriert|zentrierung)\w*|(?:bien|parfaitement|tres bien|joliment) centree?s?|(?:bon|beau|parfait) centrage|(?:ben|perfettamente|ottimamente) centrat[ao]|(?:bien|perfectamente) centrad[ao]|(?:buen|perfecto) centraje|well[ -]struck and (?:well[ -])?cent\w+",
    ),
    (
        "off_centre",
        "off|dezentr|decent|fuori|exzentr|desplaz",
        r"(?<!not )off[ -]?-?cent(?:er|re)d?|off[ -]?cent(?:er|re)\w*|off[ -]?struck|dezentriert\w*|exzentrisch|decentree?s?|decentrage|decentrat[ao]|fuori centro|descentrad[ao]|decentramento",
    ),
    (
        "broad_flan",
        "broad|large|breit|full flan|flan large|grand flan|flan enorme|tondello largo|modulo largo|cospel",
        r"(?:broad|large|wide|ample|generous|spread)(?:,? (?:and )?(?:full|round|heavy|thick|oval))? flan|broad,? [a-z]+ flan|breiter? schrotling|grosser schrotling|flan (?:tres )?(?:large|ample)|large flan|(?:grand|large) flan|tondello largo|largo tondello|modulo largo|ampio (?:tondello|modulo)|cospel (?:amplio|ancho|grande)|amplio cospel|broad planchet",
    ),
    (
        "short_flan",
        "flan|schrotling|tondello|cospel|planchet",
        r"(?:short|small|tight|compact|undersized|narrow|cramped) (?:of )?(?:flan|planchet)|(?:knapper|kleiner) schrotling|flan (?:court|etroit|petit|irregulier court)|tondello (?:stretto|corto)|cospel (?:corto|pequeno|estrecho)",
    ),
    (
        "quality_portrait",
        "portr|bildnis|ritratto|retrato",
        r"(?:fine|superb|excellent|wonderful|beautiful|attractive|magnificent|outstanding|exceptional|splendid|impressive|lovely|handsome|bold|expressive|lifelike|realistic|powerful|elegant|exquisite|noble|great|striking|delightful|well[ -]executed|charming|high quality|artistic|pleasing|good)(?:,? (?:and )?(?:style|youthful|bold|early|sharp|expressive|high[ -]relief|refined|realistic)){0,3} portrait|portrait of (?:fine|excellent|superb|exceptional|great|beautiful|high|magnificent|wonderful|outstanding)|(?:schones|herrliches|ausdrucksvolles|feines|prachtvolles|hervorragendes|charaktervolles|ausdrucksstarkes|attraktives|prachtiges|interessantes|markantes) (?:[a-z]+ )?(?:portrat|portrait|bildnis)|(?:beau|joli|magnifique|superbe|bel) portrait|(?:bel|splendido|magnifico|superbo|bellissimo) ritratto|(?:bonito|magnifico|bello|excelente|precioso|atractivo|soberbio) retrato",
    ),
    (
        "quality_style",
        "styl|stil|estilo",
        r"(?:fine|superb|excellent|wonderful|beautiful|attractive|magnificent|outstanding|exceptional\w*|splendid|lovely|elegant|exquisite|high|masterful|great|refined|good|noble|finest|delightful|artistic|masterly)(?: [a-z]+)?(?: and [a-z]+)? style|style of (?:fine|excellent)|(?:feiner|schoner|herrlicher|hervorragender|feinster|bester|feinem|schonem|edler|vorzuglicher|prachtvoller|exzellenter) (?:[a-z]+ )?stil|(?:beau|joli|magnifique|tres beau|superbe) style|style (?:fin|magnifique|remarquable)|(?:bello|buono|bellissimo|ottimo|alto|elegante|raffinato) stile|stile (?:fine|raffinato)|(?:buen|bello|fino|magnifico|bonito|excelente) estilo|\w+ style engraving|engraved in fine style",
    ),
    (
        "well_struck",
        "struck|strike|ausgepragt|pragung|frappe|frapp|conia|acun|battut",
        r"(?:well|sharply|boldly|crisply|fully|strongly|nicely|perfectly|beautifully|superbly|exceptionally well|cleanly)[ -](?:and (?:evenly|deeply|well) )?(?<!not )struck|(?:sharp|bold|full|strong|crisp|excellent|good|exceptional|superb|complete|even) strike|(?:well|sharply)[ -]cent\w+ and (?:boldly |sharply |well )?struck|(?:scharf|gut|kraftig|voll|sauber|exzellent|schon) (?:aus)?gepragt\w*|(?:scharfe|kraftige|gute|exzellente) (?:aus)?pragung|(?:belle|bonne|superbe|magnifique) frappe|bien (?:frappee?|venue)|frappe (?:vigoureuse|nette)|(?:ben|perfettamente|fresc\w+) (?:coniat[ao]|battut[ao]|impress[ao])|(?:ottima|buona|forte) coniazione|bien acunad[ao]|(?:buena|excelente|fuerte) acunacion",
    ),
    (
        "weak_strike",
        "weak|flat|soft|schwach|pragesch|faibl|debol|floj|flau|mou",
        r"weak(?:ly|ness(?:es)?|er)?(?:[ -](?:struck|strike|areas?|in|of|on|at|to|reverse|obverse|spots?|spot|strike|legends?))?|(?:minor|slight|some|light|a few|area of|areas of|small|touch of) (?:areas? of )?flat(?:ness| strike| striking| spots?| areas?)|flat(?:ly)?[ -]str(?:uck|ike)|flat area|flatness|softly struck|soft strike|pragesch\w*|schwach\w* (?:aus)?gepragt\w*|(?:aus)?pragung (?:etwas )?schwach|flau\b|flaue\w*|faiblesses? de frappe|frappe (?:un peu |legerement )?(?:faible|molle)|faiblesse\w*|debolezz\w+(?: di coni\w*)?|debolmente|conio debole|coni deboli|floj\w+|acunacion (?:algo )?(?:floja|debil)|acunacion floja|debilidad\w*",
    ),
    (
        "double_struck",
        "doub|doppel|trefl|doppi|doble|ribatt|repint",
        r"doub(?:le|ly)[ -]?(?:struck|strike|striking)|(?:double|dbl)[ -]struck|doppelschlag|doppelt gepragt|doppelpragung|trefl(?:age|ee?)|double frappe|doppia (?:battitura|coniazione)|ribattut\w+|doble acunacion|doble golpe|repint\w+|slight doubling|doubling",
    ),
    (
        "die_wear",
        "die|stempel|coin|conio|cuno",
        r"(?:worn|tired|deteriorated|rusty and worn|fatigued)(?: (?:obverse|reverse|obv|rev)\.?)?(?: and [a-z]+)? dies?|die[ -]?(?:wear|deterioration|fatigue|worn)|stempel(?:abnutzung|ermudung|verschleiss)|(?:abgenutzter|abgenutzten|verbrauchter|verbrauchte[nm]?) (?:\w+ )?(?:vs\.-|rs\.-)?stempel\w*|usure (?:de|du|des) coins?|coins? usee?s?|conio (?:stanco|usurato|consunto)|coni stanchi|cuno (?:gastado|cansado|desgastado)",
    ),
    (
        "die_break",
        "die|stempel|coin|conio|cuno",
        r"die[ -]?(?:break|crack|flaw|clash|fault|cud|cracks|breaks|flaws)s?|(?:clashed|cracked|broken|flawed) dies?|stempel(?:bruch|riss|fehler|sprung|ausbruch)\w*|cassure (?:de|du) coin|coin (?:casse|fendu|brise)|(?:rottura|frattura|rotture|crepa) (?:di|del|dei) coni\w?|rotura de cuno|cuno (?:roto|rajado)|rotura en cuno",
    ),
    (
        "die_rust",
        "rust|stempelrost|rouille|ruggine|oxid",
        r"die[ -]?rust|rusty? dies?|rusted dies?|stempelrost|rostiger stempel|(?:rostigem|verrostetem|verrosteten) stempel|coin rouille|rouille (?:de|du) coin|ruggine (?:di|del|dei) coni\w?|conio arrugginito|oxido de cuno|cuno oxidado",
    ),
    (
        "flan_crack",
        "crack|riss|fissure|fente|eclat|griet|crepa|fend|fratt|criq|fenditur|tension",
        r"(?:flan|planchet|edge|hairline|stress|radial|tension|small|minor|slight|tiny|light|short)[ -]?cracks?|cracked (?:flan|planchet)|(?<!die )(?<!die-)\bcrack(?:s|ed)?\b|(?:schrotlings|rand|spannungs|haar)riss\w*|\briss(?:e|chen)?\b|(?:fissure|fente|fendille|eclatement)s?(?: de flan| du flan)?|flan (?:eclate|fendu|fissure)|felure|griet(?:a|as|ita|itas)|(?:crepa|fenditura|frattura)(?: del| di)?(?: tondello)?",
    ),
    (
        "flan_flaw",
        "flaw|schrotlings|defaut|difett|planchet|defecto|lamin|zainende|paille|hoja",
        r"(?:flan|planchet|casting|metal|edge)[ -]?(?:flaws?|defects?|faults?|imperfections?|void)|flaws? (?:in|on) (?:the )?(?:flan|planchet)|schrotlings(?:fehler|mangel|schwache|makel)\w*|defauts? de flan|defauts? de metal|paille|(?:difetto|mancanza|difetti|porosita) (?:di|del) tondello|defectos? de cospel|cospel (?:defectuoso|faltado|irregular)|planchet flaw|hojas?\b(?! de)",
    ),
    (
        "lamination",
        "lamin|schichtung|abblatt|exfol|sfogli",
        r"laminat\w*|laminier\w*|abblatter\w*|exfoliat\w*|delaminat\w*|sfogliatur\w*|sfaldatur\w*",
    ),
    (
        "edge_chip",
        "chip|ausbruch|ebrech|manque|mancanza|falta|desport|schrotlingsausbruch|randausb|sbecc",
        r"(?:edge|rim|flan)[ -]?chip(?:s|ped)?|chip(?:s|ped)?\b(?: (?:on|at|in|to) (?:the )?(?:edge|rim))?|randausbruch|randausbruche|(?:kl|kleiner|winziger|min|leichter)\.? (?:rand)?ausbruch|schrotlingsausbruch|ebrech\w+|petit manque|manque de metal|mancanza (?:al|di) (?:bordo|metallo)|falta de metal|desportill\w*|sbeccatura",
    ),
    (
        "edge_split",
        "split|einriss|spalt|spacc",
        r"(?:edge|flan|rim|planchet|small|minor|tiny)[ -]?splits?|\bsplit(?:s|ting)?\b(?: flan)?|(?:rand)?einriss\w*|(?:rand)?spalt(?:e|en)?\b|spaccatur\w+",
    ),
    (
        "ragged_edge",
        "ragged|irregular|unregel|irregul|ausgefranst",
        r"ragged (?:edge|flan)s?|irregular (?:flan|edge|planchet)|(?:unregelmassiger|ausgefranster|unrunder) (?:schrotling|rand)|flan irregulier|tondello irregolare|cospel irregular",
    ),
    (
        "marks",
        "mark|nick|hit|bump|kratz|schlag|randf|choc|coup|colp|golpe|bagm|dig|ding|dent|stoss|druckst|kerbe|hairline|bruise|knock|scuff|gouge",
        r"(?<!banker's )(?<!bankers )(?<!bankers' )(?<!banker )(?<!counter)(?<!control )(?<!mint )(?<!control-)(?<!adjustment )(?<!cleaning )(?<!privy )(?<!punch )(?<!mint-)(?<!file )(?<!clip )(?<!die )(?<!officina )(?<!engraver's )(?<!test )\bmarks?\b(?! (?:\d|[a-z]+ schilling|of (?:value|mark)|below|above|anton|aurel|between|in (?:left|right|field|exergue|ex)|r\b|l\b|to (?:left|right)))|(?:edge|rim)[ -]?(?:nick|bump|bruise|knock|ding|dent|hit|mark|fault|damage)s?|contact marks?|bag[ -]?marks?|\bnicks?\b|\bbumps?\b|\bdings?\b|\bdigs?\b|\bdents?\b|\bscuffs?\b|\bgouges?\b|\bbruises?\b|rand(?:fehler|schlag|schlage|delle|kerben?|stosse?|schaden)|\bkerben?\b|druckstelle\w*|schlagstelle\w*|schlagspur\w*|\bcoups?\b(?: (?:sur|de|au|a))?|\bchocs?\b|colp(?:i|o|etti|etto)\b(?: (?:al|sul|di))?|golpe(?:s|cito|citos)?\b|marcas?\b|taccche|hits?\b(?: on)?",
    ),
    (
        "scratches",
        "scratch|kratz|rayur|graffi|ray|griff|rigat|stries|hairline",
        r"scratch(?:es|ed|ing)?|(?:\w*kratzer\w*|zerkratzt|kratzspur\w*)|rayures?|graffi(?:o|etto|etti|ature)?\b(?!ti)|ray(?:a|as|ita|itas)\b|rigatur\w*|griffures?|hairlines\b(?! crack)|\bhairlines?\b(?!.?(?:flan|die|crack))|stries d'ajustage",
    ),
    ("graffiti", "graffit", r"graffit[io]\w*"),
    (
        "banker_mark",
        "bank|pruf|punz|contrôle|banqu",
        r"banker'?s?'?[ -]?marks?|bankers' marks?|bank(?:er)?marks?|bankerpunze|prufpunze|punze\w*|marque de banquier|marca de banquero",
    ),
    (
        "countermark",
        "counterm|gegenst|contrem|controm|contram|resello|c/m|countersta|punch",
        r"counter[ -]?mark(?:ed|s)?|counter[ -]?stamp\w*|gegenstempel\w*|contremarqu\w*|contromarc\w*|contramarc\w*|resello?\w*|\bc/m\b|(?<!incuse )punch ?marks? (?:on|in)|chop ?mark\w*",
    ),
    (
        "test_cut",
        "cut|hieb|pruf|entaille|taglio|cort|cisail",
        r"test[ -]?cuts?|(?:test|chisel|banker'?s) cut|prufhieb|(?:pruf)?einhieb|einschnitt|entaille\w*|coup de cisaille|cisaill\w*|taglio (?:di prova|d'assaggio)|saggio|corte de prueba",
    ),
    (
        "edge_test",
        "edge test|edge-test|test mark|test on|edge tested|filed|file mark|gefeilt|befeilt|lim",
        r"edge[ -]?test(?:s|ed|[ -]?mark)?|test[ -]?marks?(?: on| in| at)?(?: the)? edge|test[ -]?marks?\b|edge (?:filed|filing)|file marks?|randpr\w+|feilspur\w*|gefeilt|traces? de lime|tranche limee|bordo limato",
    ),
    (
        "porous",
        "poro|pit|narb",
        r"porous|porosit\w+|poros\w*|poreu[xs]\w*|porositee?s?|microporosit\w*|\bpitt(?:ed|ing)\b|\bpits?\b|narbig|narben|porosidad\w*|microporosidades",
    ),
    (
        "rough",
        "rough|rau|rugueu|ruvid|rugos",
        r"rough(?:ness|ly|ened)?\b(?! (?:beard|guide))|\brau(?:h|e|en|er|heit)?\b(?: oberflache)?|rauheit\w*|rugueu\w*|rugosit\w*|ruvid\w+|rugos[ao]s?|rugosidad\w*",
    ),
    (
        "granular",
        "granul|kornig|korn",
        r"granul(?:ar|ated|ation|arity|eux|are|osa|oso|osita)\w*|gekornt|kornig\w*",
    ),
    (
        "corroded",
        "corro|korro|korrod|etch|corros",
        r"corro(?:ded|sion|de|ee|ion)\w*|corrosi\w+|korro(?:sion|diert)\w*|korrosionsspur\w*|corroid\w*|etched",
    ),
    (
        "deposits",
        "deposit|encrust|belag|auflag|depot|concret|incrost|adher|verkrust|inkrust|earthen|concrez",
        r"deposits?|en?crust\w*|incrust\w*|belag\w*|auflagen?\b|sinter|versint\w*|verkrust\w*|(?:re)?depots?\b|concretions?|incrost\w*|concrezion\w*|concreciones|concrecion|adhering|adherencias?|earthen fill\w*",
    ),
    (
        "find_patina",
        "find|fund|fouille|desert|sand|rinvenim|scavo|hallazgo",
        r"find[ -]?patina|fundpatina|fundbelag|desert patina|sand(?:y)? patina|earthen patina|patine de (?:fouille|sable)|patina di (?:scavo|rinvenimento)|patina (?:de )?(?:desierto|arenosa)|fundtonung|as found",
    ),
    (
        "horn_silver",
        "horn|hornsil|chlorid",
        r"horn[ -]?silver|hornsilber\w*|silver chloride|chlorure d'argent",
    ),
    (
        "crystallized",
        "crystal|kristall|cristal",
        r"crystal+i[sz]\w*|kristallis\w*|cristallis\w*|cristaliz\w*|cristallizz\w*",
    ),
    (
        "cleaned",
        "clean|gerein|geputz|nettoy|limpi|pulit|lavat|lucidat|zaponiert|poliert",
        r"(?:clean(?:ed|ing))\b|gereinigt\w*|geputzt|reinigungsspur\w*|nettoy\w*|limpi(?:ad[ao]|eza)\w*|pulit[ao]\b|pulitura|lavat[ao]\b|lucidat[ao]\b|uberpoliert|nachpoliert",
    ),
    (
        "brushed",
        "brush|gebur|bross|spazzol",
        r"brush(?:ed|ing)|brush marks|geburstet|brosse\w*|spazzolat\w*|cepillad\w*",
    ),
    (
        "smoothed",
        "smooth|geglatt|glatt|lisse|liss|alis|regul",
        r"smooth(?:ed|ing)\b|geglattet\w*|lissee?s?\b|lissage|lisciat[ao]|alisad[ao]|spianat\w*",
    ),
    (
        "tooled",
        "tool|retusch|nachgrav|retouch|ritocc|buril|bulin|retoc|uberarb|nachgeschn|repris|graben",
        r"tool(?:ed|ing)\b|re-?engrav\w*|retusch\w*|nachgraviert|nachgeschnitten|uberarbeitet|retouch\w*|ritocc\w*|retoc\w+|burilad\w*|bulinat\w*|reprise? au burin|repaired|recut",
    ),
    (
        "gilded",
        "gild|gilt|vergold|dore|dorat|dorad",
        r"gilded|\bgilt\b|vergold\w*|feuervergoldet|\bdoree?s?\b|doratur\w*|\bdorad[ao]s?\b|dorat[ao]\b",
    ),
    (
        "mount_removed",
        "mount|hensel|henkel|fassung|montur|mont|appicc|anell|loop|jewel|bezel|broch|ose|belier|aro",
        r"(?:ex|former\w*|previously|once|traces? of|removed from|mount|evidence of)[ -]?(?:a )?(?:mount(?:ed|ing)?|jewel\w*|bezel|loop)\b|mount(?:ing)?[ -]?(?:removed|marks?|traces?)|(?:mount|loop) removed|jewel(?:le)?ry|henkelspur\w*|fassungsspur\w*|gehenkelt|montierungsspur\w*|hensel\w*|(?:traces?|trace) de (?:monture|montage|beliere|bijouterie)|monture|beliere|tracc[ei]a? (?:di|da) (?:montatura|appiccagnolo|incastonatura|gioielleria)|appiccagnol\w+|senales? de (?:soldadura|aro|engarce|montura)|resto de soldadura|anilla|removed from (?:a )?(?:mount|jewelry)|mounted|brooch",
    ),
    (
        "pierced",
        "pierc|holed|hole|geloch|loch|perc|perfor|trou|forat|agujer|buch",
        r"pierced\b|\bholed\b|\bhole\b(?! filler)|gelocht\w*|\bloch\b|lochspur\w*|percee?s?\b|troue\w*|\btrou\b|perfora\w*|forat[ao]\b|\bforo\b|agujer\w*|bucat\w*|taladr\w*",
    ),
    (
        "plugged",
        "plug|gestopf|gefull|bouch|tapad|otturat|loch",
        r"plugged|\bplug\b|gestopft\w*|(?:loch) (?:gefullt|verschlossen)|rebouche\w*|bouchee?\b|tapado\w*|otturat\w*|tappat\w*|agujero tapado",
    ),
    (
        "bent",
        "bent|gebog|verbog|wavy|tordu|plie|piegat|doblad|gewellt|wellig|creas|curv|volle",
        r"\bbent\b(?! (?:arm|knee|bow|leg))|wavy flan|(?:ver|ge)bogen|gewellt\w*|wellig|tordue?|\bpliee?\b|flan (?:voile|ondule)|piegat[ao]|ondulat[ao]|doblad[ao]|alabead\w*|creased|\bcrease\b",
    ),
    (
        "clipped",
        "clip|beschn|rogn|tosat|recort|tonsur|cercen",
        r"(?<!un)clipp(?:ed|ing)\b|\bclip\b|edge clip|beschnitten\w*|rognee?s?|rognure|tosat\w*|tosatura|recortad\w*|cercenad\w*",
    ),
    (
        "overstruck",
        "overstr|over str|uberprag|surfrapp|riconiat|ribattut su|reacun|undertype",
        r"over[ -]?str(?:uck|ike)\w*|uberprag\w*|surfrapp\w*|riconiat\w*|ribattuto su|reacunad\w*|undertype",
    ),
    (
        "brockage",
        "brockage|incus|fehlpragung",
        r"brockage|incuse (?:d'|de )?(?:revers|avers|droit)|incuso del|frappe incuse|inkuse fehlpragung",
    ),
    (
        "fourree",
        "fourr|subaer|suber|forrad|gefutt|plated|plaque|foderat|subera",
        r"fourr\w+|sub(?:ae|æ|e)rat\w*|forrad[ao]|gefuttert\w*|(?<!silver-)(?<!gold-)silver[ -]plated|\bplated\b|foderat\w*|ancient forgery|ancient imitation plated",
    ),
    (
        "sea_salvaged",
        "sea|salt|shipwreck|meer|marin|naufrag|salv|wasser|mare|wreck",
        r"sea[ -]?salvaged?|salt[ -]?water|seawater|sea[ -]?water|shipwreck\w*|\bwreck\b|salvag\w*|meerwasser\w*|seewasser|(?:corrosion|oxyd\w*) marine|oxidaci\w+ marin\w*|naufragi\w*|acqua di mare|sea damage|aguas? de mar|del mar\b|effetto mare|schiffswrack",
    ),
    (
        "hoard",
        "hoard|schatzf|hortf|tresor|ripost|tesor",
        r"\bhoards?\b|schatzfund|hortfund|du tresor|ripostiglio|tesorillo|atocha",
    ),
    (
        "rare",
        "rar|selten|r1|r2|r3|r4|r5|rr|(r|scars|r!|unique|unikum| r.| r,",
        r"\b(?:very|extremely|exceedingly|excessively|quite|exceptionally|highly|of the highest)? ?(?:rare|rarity)\b|\brr+\b|\br[1-5]\b|(?:sehr |ausserst |extrem |ausserordentlich )?selten\w*|von (?:grosster|grosser) seltenheit|grosste seltenheit|tres rare|rarissim[eoa]|\brar[oaie]s?\b|\brar\b|rarita|(?<=[.;] )r\.?(?=[.;]|$| [a-z]{2,4}[+-]?\.?$)|unpublished and unique|\bunique\b|unikum|unica\b|\(r\)",
    ),
    (
        "plate_coin",
        "plate coin|plate-coin|this coin illus|abgebildet|illustrated|this coin|reproduit|cet exemplaire",
        r"plate[ -]coin|this coin(?: was)?(?: (?:illustrated|published|is|cited|pictured|listed|and))|(?:\(|= ?|, )this coin\b|dieses exemplar|this (?:piece|specimen) (?:illustrated|published)|(?:\()cet exemplaire|questo esemplare|este ejemplar",
    ),
    (
        "slab",
        "ngc|pcgs|anacs|icg|slab|cert|encaps",
        r"\bngc\b|\bpcgs\b|\banacs\b|\bicg\b|slabbed|encapsulat\w*|in (?:ngc|pcgs|plastic) (?:holder|slab)|\bslab\b",
    ),
]
NAMES = {"iridescen": "iridescent"}
