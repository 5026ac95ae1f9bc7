from tests.access import ANYBODY_SIGNED_IN, MINE, OWN_READ, OWN_WRITE, Rule


def of(name):
    return lambda world: {"pk": getattr(world, name).pk}


RULES = {
    "trade-add": Rule(OWN_WRITE, of("coin")),
    "trade-edit": Rule(OWN_WRITE, of("trade")),
    "trade-delete": Rule(OWN_WRITE, of("trade"), "post"),
    "valuation-add": Rule(OWN_WRITE, of("coin")),
    "provenance-add": Rule(OWN_WRITE, of("coin")),
    "provenance-edit": Rule(OWN_WRITE, of("provenance")),
    "provenance-delete": Rule(OWN_WRITE, of("provenance"), "post"),
    "provenance-move": Rule(OWN_WRITE, of("provenance"), "post"),
    "attachment-add": Rule(OWN_WRITE, of("coin")),
    "attachment-edit": Rule(OWN_WRITE, of("attachment")),
    "attachment-delete": Rule(OWN_WRITE, of("attachment"), "post"),
    "attachment": Rule(OWN_READ, of("attachment")),
    "places": Rule(ANYBODY_SIGNED_IN),
    "place": Rule(MINE, of("place")),
    "place-delete": Rule(MINE, of("place"), "post"),
    "tags": Rule(ANYBODY_SIGNED_IN),
    "tag": Rule(MINE, of("tag")),
    "tag-delete": Rule(MINE, of("tag"), "post"),
    "custom-fields": Rule(ANYBODY_SIGNED_IN),
    "custom-field": Rule(MINE, of("field")),
    "custom-field-delete": Rule(MINE, of("field"), "post"),
}
