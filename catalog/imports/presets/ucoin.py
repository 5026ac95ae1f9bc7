"""uCoin's "My collection → Export". Sizes and the price are those of its catalogue: the sizes stay out,
the price comes as uCoin's opinion of the value."""

from django.utils.translation import gettext_lazy as _

from catalog.imports.guess import plain
from catalog.imports.presets.base import Preset, bare_metal, listed
from catalog.imports.readers import Table

CORE = ({"country", "denomination", "year"}, {"pais", "denominacao", "ano"})
OWN = {
    "var",
    "number",
    "numero",
    "km",
    "diameter",
    "diametro",
    "subject",
    "quantity",
    "condition",
    "mm",
    "mint mark",
}


def is_ucoin(table: Table) -> bool:
    names = {plain(heading) for heading in table.headings}
    return any(core <= names for core in CORE) and len(OWN & names) > 2


UCOIN = Preset(
    "ucoin",
    "uCoin",
    is_ucoin,
    columns={
        "country": "region", "pais": "region", "denomination": "denomination", "denominacao": "denomination",
        "year": "date", "ano": "date", "mint": "mint_mark", "mm": "mint_mark", "mint mark": "mint_mark",
        "var": "variety", "variety": "variety", "subject": "title", "assunto": "title", "title": "title",
        "condition": "grade", "grade": "grade", "estado": "grade", "price": "valuation.amount",
        "preco": "valuation.amount", "value": "valuation.amount", "number": "references", "numero": "references",
        "km": "references", "quantity": "quantity", "quantidade": "quantity", "metal": "", "material": "",
        "composition": "", "weight": "", "peso": "", "diameter": "", "diametro": "", "thickness": "", "mintage": "",
        "series": "", "period": "", "type": "", "purchase date": "purchase.date", "date of purchase": "purchase.date",
        "purchase price": "purchase.price", "cost": "purchase.price", "comment": "notes", "comments": "notes",
        "notes": "notes", "remark": "notes", "comentario": "notes", "location": "place", "storage": "place",
    },
    clean={"metal": bare_metal, "references": listed},
    constants={"valuation.source": "uCoin"},
    careful=True,
    how_to=_("On uCoin: My collection → Export → Microsoft Excel."),
)  # fmt: skip
