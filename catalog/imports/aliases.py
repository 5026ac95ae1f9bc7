"""What other people and programs call our fields, in English, German, French and Spanish."""

ALIASES: dict[str, str] = {
    "title": "title, name, coin, coin name, type name, description, bezeichnung, titel, münze, name der münze,"
    " titre, nom, désignation, pièce, título, nombre, moneda, denominación de la moneda",
    "status": "status, state, availability, statut",
    "number": "number, inventory number, inventory no, inventory, inv no, id, my number, item number, nr, no,"
    " inventarnummer, inventarnr, nummer, numéro, numéro d'inventaire, número, número de inventario",
    "type": "type key, catalogue type, reference type",
    "authority": "authority, ruler, issuing authority, ruling authority, emperor, king, issuer name, portrait,"
    " herrscher, kaiser, könig, münzherr, autorité, souverain, empereur, roi, émetteur, autoridad, gobernante,"
    " emperador, rey, emisor",
    "denomination": "denomination, face value, value, nominal, denom, unit, face, nominale, nennwert, wert,"
    " stückelung, dénomination, valeur, valeur faciale, denominación, valor, valor facial, nominación",
    "mint": "mint, mint name, mint city, minted at, münzstätte, prägestätte, prägeort, münzort, atelier,"
    " atelier monétaire, ceca, casa de moneda",
    "metal": "metal, material, composition, alloy, metall, werkstoff, legierung, métal, alliage, aleación,"
    " composición, materia",
    "region": "region, country, state or country, issuer, province, land, staat, gebiet, provinz, region or country,"
    " pays, région, émetteur pays, país, región, provincia",
    "date": "date, year, years, dated, mint date, date struck, struck, date on coin, issue year, gregorian year,"
    " jahr, jahrgang, prägejahr, datierung, zeit, année, millésime, date de frappe, année de frappe, año, fecha,"
    " año de acuñación, issued on",
    "mint_mark": "mint mark, mintmark, mark, münzzeichen, mzz, prägezeichen, marque d'atelier, marca de ceca",
    "variety": "variety, variant, variante, var, variation, sorte, abart, variété, variedad",
    "obverse_legend": "obverse legend, obv legend, obverse lettering, obverse inscription, av legende,"
    " legende avers, legende vorderseite, avers legende, légende avers, légende droit, leyenda anverso",
    "obverse_design": "obverse design, obverse, obverse description, obv, obverse type, avers, vorderseite,"
    " bild vorderseite, beschreibung avers, droit, description avers, anverso, descripción anverso",
    "reverse_legend": "reverse legend, rev legend, reverse lettering, reverse inscription, rv legende,"
    " legende revers, legende rückseite, revers legende, légende revers, leyenda reverso",
    "reverse_design": "reverse design, reverse, reverse description, rev, reverse type, revers, rückseite,"
    " bild rückseite, beschreibung revers, description revers, reverso, descripción reverso",
    "references": "references, reference, catalogue, catalog, catalogue number, catalog number, ric, rpc, rrc, km,"
    " km number, sear, crawford, literatur, referenz, referenzen, katalog, katalognummer, zitat, référence,"
    " références, catalogue n°, numéro de catalogue, referencia, referencias, catálogo, número de catálogo",
    "weight": "weight, mass, wt, weight g, weight grams, gewicht, masse, poids, peso",
    "diameter": "diameter, diam, size, diameter mm, durchmesser, größe, diamètre, module, diámetro, módulo",
    "thickness": "thickness, thickness mm, dicke, stärke, épaisseur, grosor, espesor",
    "die_axis": "die axis, axis, orientation, alignment, stempelstellung, achse, coin alignment, axe, axe des coins,"
    " orientation des coins, eje, posición de cuños",
    "edge": "edge, edge type, edge lettering, rand, randschrift, tranche, canto",
    "grade": "grade, condition, quality, preservation, erhaltung, erhaltungsgrad, zustand, état de conservation, état, estado,"
    " qualité, conservation, grado, conservación, calidad",
    "grade_service": "grading service, grader, grading company, service, slab, tpg, grading dienst, zertifizierer,"
    " service de gradation, société de gradation, servicio de gradación, certificadora",
    "certificate": "certificate, certificate number, cert, cert number, cert no, slab number, certification number,"
    " zertifikat, zertifikatsnummer, certificat, numéro de certificat, certificado, número de certificado",
    "grade_details": "designation, details, grade details, designation or details, strike designation, grading details,"
    " grading designation, zusatz zur erhaltung, détails de l'état, detalles del grado",
    "place": "storage place, location, place, storage, storage location, box, album, stored at, where, aufbewahrung,"
    " aufbewahrungsort, lagerort, standort, kasten, emplacement, lieu de stockage, rangement, boîte, ubicación,"
    " lugar, almacenamiento, caja",
    "tags": "tags, tag, labels, label, keywords, category, categories, collection, list, schlagworte, schlagwörter,"
    " stichworte, kategorie, sammlung, étiquettes, mots clés, catégorie, etiquetas, palabras clave, categoría",
    "notes": "notes, note, comment, comments, remarks, private comment, public comment, personal notes, my notes,"
    " public note, private note, anmerkung, anmerkungen, bemerkung, bemerkungen, notiz, notizen, kommentar,"
    " remarque, remarques, commentaire, commentaires, notas, nota, comentario, comentarios, observaciones",
    "quantity": "quantity, qty, count, pieces, amount of coins, number of coins, anzahl, menge, stück, stückzahl,"
    " quantité, nombre, exemplaires, cantidad, unidades, número de piezas",
    "purchase.price": "purchase price, price, price paid, paid, cost, buying price, bought for, pay price,"
    " acquisition price, kaufpreis, preis, einkaufspreis, bezahlt, anschaffungspreis, prix, prix d'achat, payé,"
    " coût, precio, precio de compra, pagado, coste",
    "purchase.currency": "purchase currency, currency, price currency, currency paid, währung, kaufwährung, devise,"
    " monnaie d'achat, divisa, moneda de compra",
    "purchase.date": "purchase date, date of purchase, bought, bought on, date acquired, acquired, acquisition date,"
    " date bought, pay date, kaufdatum, gekauft am, erworben, erwerbsdatum, anschaffungsdatum, date d'achat,"
    " acheté le, date d'acquisition, fecha de compra, comprado, fecha de adquisición",
    "purchase.fees": "fees, purchase fees, buyer's premium, premium, commission, gebühren, aufgeld, aufschlag, frais,"
    " commissions, comisión, gastos, tasas",
    "purchase.shipping": "shipping, postage, shipping cost, versand, versandkosten, porto, port, frais de port,"
    " envío, gastos de envío",
    "purchase.party": "seller, dealer, bought from, acquired from, purchased from, source of purchase, vendor,"
    " acquisition place, purchase place, auction house, händler, verkäufer, gekauft bei, gekauft von, erworben bei,"
    " auktionshaus, vendeur, marchand, acheté à, acheté chez, vendedor, comprado a, comerciante",
    "purchase.sale": "auction, auction name, shop, auction sale, auktion, vente, vente aux enchères, subasta, tienda",
    "purchase.lot": "lot, lot number, lot no, los, losnummer, numéro de lot, número de lote, lote",
    "purchase.tax_lot": "tax lot, steuerlos",
    "purchase.note": "purchase note, purchase info, kaufinfo, notiz zum kauf, note d'achat, nota de compra",
    "sale.price": "sale price, sold for, selling price, verkaufspreis, verkauft für, prix de vente, precio de venta",
    "sale.currency": "sale currency, verkaufswährung, devise de vente, divisa de venta",
    "sale.date": "sale date, sold on, date sold, verkaufsdatum, verkauft am, date de vente, fecha de venta",
    "sale.party": "buyer, sold to, käufer, verkauft an, acheteur, vendu à, comprador, vendido a",
    "valuation.amount": "valuation, value estimate, estimate, estimated value, market value, current value, catalog value,"
    " catalogue value, worth, insurance value, schätzwert, schätzung, marktwert, katalogwert, estimation,"
    " valeur estimée, cote, tasación, valor estimado, valor de mercado, valor actual",
    "valuation.currency": "valuation currency, estimate currency, currency of the valuation, währung der schätzung",
    "valuation.date": "valuation date, date of valuation, estimated on, datum der schätzung, bewertet am,"
    " date d'estimation, fecha de tasación",
    "valuation.source": "valuation source, source of the valuation, estimated by, quelle der schätzung, source,"
    " source de l'estimation, fuente de la tasación",
    "photo.obverse": "photo obverse, obverse photo, obverse image, obverse picture, image obverse, foto avers,"
    " bild avers, foto vorderseite, photo avers, image avers, foto anverso, imagen anverso",
    "photo.reverse": "photo reverse, reverse photo, reverse image, reverse picture, image reverse, foto revers,"
    " foto rückseite, photo revers, image revers, foto reverso, imagen reverso",
    "photo.edge": "photo edge, edge photo, edge image, foto rand, photo tranche, foto canto",
    "photo.both": "photo, photos, image, picture, photo both, photo file, bild, foto, bilddatei, imagen",
    "photo.other": "photo other, other photo, photo 3, other image, weiteres foto, autre photo, otra foto",
}

# Words for a status that are not one of ours in any language we speak
STATUS_WORDS = {
    "wish": "wanted", "wishlist": "wanted", "wish list": "wanted", "want": "wanted", "want list": "wanted",
    "gesucht": "wanted", "fehlt": "wanted", "recherchée": "wanted", "buscada": "wanted",
    "own": "owned", "have": "owned", "in collection": "owned", "collection": "owned", "besitz": "owned",
    "vorhanden": "owned", "possédée": "owned", "tengo": "owned", "yes": "owned",
    "sale": "for_sale", "sell": "for_sale", "swap": "for_sale", "for swap": "for_sale", "for exchange": "for_sale",
    "zu verkaufen": "for_sale", "à vendre": "for_sale", "en venta": "for_sale", "trade": "for_sale",
    "verkauft": "sold", "vendue": "sold", "vendida": "sold", "lost": "missing", "stolen": "missing",
    "verloren": "missing", "gift": "given", "given": "given", "verschenkt": "given", "bid": "bidding",
    "order": "ordered", "bestellt": "ordered", "draft": "draft", "entwurf": "draft",
}  # fmt: skip


def names_of(target: str) -> list[str]:
    return [name.strip() for name in ALIASES.get(target, "").split(",") if name.strip()]
