"""The language of a lot text, which decides what SPL, MB, SC and "or" mean."""

from market.extract.folding import Token

LANGUAGES = ("en", "de", "fr", "it", "es")
_WORDS = {
    "en": "the of with and left right head bust very fine extremely good rare struck mint obverse reverse holding "
    "standing seated wearing facing from king kings nearly about coin near toned by for",
    "de": "der die das und mit von rs vs av kopf buste nach r l links rechts sehr schon vorzuglich selten "
    "lorbeerkranz steht sitzt sammlung slg auktion silber gestempelt kaiser stehend thront um im des vz ss denar "
    "sesterz stempelglanz patina schone fast aus feine rand exemplar konigreich stempelstellung gewicht dukaten "
    "taler kratzer tonung zu oder prachtexemplar",
    "fr": "le la les des du et avec droite gauche tete buste atelier poids diametre argent metal etat conservation "
    "ttb sup tres beau rare au revers avers a/ r/ l' de une un axe coins denier couronne laure belle sur "
    "exemplaire degre rarete ouvrages fleur coin siecle patine debout assis frappe legende roi tranche traces",
    "it": "il lo gli della dei del con testa busto destra sinistra d/ r/ gr peso bella moneta zecca re argento oro "
    "bronzo rame raro rara molto qspl qbb bb spl qfdc verso di da nel colpetti conservazione esemplare patina "
    "asta ex ottima bellissimo splendido imperatore stante seduto lire",
    "es": "el los las del con cabeza busto anv rev reverso anverso ceca muy mbc ebc rara raro escasa plata cobre "
    "moneda pesetas reales escudos acunada acunado leves rayas golpe golpes patina ejemplar derecha izquierda "
    "izq ley ceca peso diametro sobre y de en bc oxidaciones limpiada grieta conserva resto brillo",
}  # fmt: skip
_WEIGHTS: dict[str, list[str]] = {}
for _language, _words in _WORDS.items():
    for _word in _words.split():
        _WEIGHTS.setdefault(_word, []).append(_language)


def language_of(words: list[Token]) -> str:
    """The best of the five; "en" where nothing speaks for another."""
    scores = dict.fromkeys(LANGUAGES, 0.0)
    for token in words:
        spoken = _WEIGHTS.get(token.word)
        if spoken:
            for language in spoken:
                scores[language] += 1 / len(spoken)
    best = max(LANGUAGES, key=lambda language: scores[language])
    return best if scores[best] >= 1 and scores[best] > scores["en"] else "en"
