"""A collection file of OpenNumismat, photos and all. Columns that we have no field for become own fields
of the collector, so that nothing is left behind; catalogue prices of four grades are left (a coin has one
value, with a date)."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from catalog.imports.presets.base import Preset, with_columns
from catalog.imports.readers import Table
from catalog.imports.targets import NEW

STATUSES = {
    "demo": "draft", "pass": "draft", "owned": "owned", "ordered": "ordered", "sold": "sold", "sale": "for_sale",
    "wish": "wanted", "missing": "missing", "bidding": "bidding", "duplicate": "owned", "replacement": "owned",
}  # fmt: skip
PAY_FEES, SALE_FEES = "payfees", "salefees"


def adapt(table: Table) -> Table:
    """The program keeps the price and what was paid or received in all; the fees are between them."""

    def values(row: dict[str, str]) -> list[str]:
        return [
            difference(row.get("totalpayprice", ""), row.get("payprice", "")),
            difference(row.get("saleprice", ""), row.get("totalsaleprice", "")),
        ]

    return with_columns(table, [PAY_FEES, SALE_FEES], values)


def difference(more: str, less: str) -> str:
    try:
        fees = round(Decimal(more) - Decimal(less), 2)
    except InvalidOperation:
        return ""
    return str(fees) if fees > 0 else ""


def year(text: str) -> str:
    return f"{text[1:]} BC" if text.startswith("-") else "" if text == "0" else text


OPENNUMISMAT = Preset(
    "opennumismat",
    "OpenNumismat",
    lambda table: table.kind == "opennumismat",
    columns={
        "title": "title", "value": "denomination", "unit": "denomination", "country": "region", "year": "date",
        "mint": "mint", "mintmark": "mint_mark", "status": "status", "material": "metal", "ruler": "authority",
        "diameter": "diameter", "thickness": "thickness", "weight": "weight", "grade": "grade", "edge": "edge",
        "edgelabel": "edge", "axis": "die_axis", "catalognum1": "references", "catalognum2": "references",
        "catalognum3": "references", "catalognum4": "references", "variety": "variety", "obversedesign": "obverse_design",
        "reversedesign": "reverse_design", "storage": "place", "note": "notes", "features": "notes", "subject": "notes",
        "defect": "notes", "varietydesc": "notes", "grader": "grade_service", "quantity": "quantity", "tags": "tags",
        "paydate": "purchase.date", "payprice": "purchase.price", "payfees": "purchase.fees", "saller": "purchase.party",
        "payplace": "purchase.sale", "payinfo": "purchase.note", "saledate": "sale.date", "saleprice": "sale.price",
        "salefees": "sale.fees", "buyer": "sale.party", "saleplace": "sale.sale", "saleinfo": "sale.note",
        "obverseimg": "photo.obverse", "reverseimg": "photo.reverse", "edgeimg": "photo.edge",
        "varietyimg": "photo.other", "signatureimg": "photo.other", "photo1": "photo.other", "photo2": "photo.other",
        "photo3": "photo.other", "photo4": "photo.other", "photo5": "photo.other", "photo6": "photo.other",
        "price1": "", "price2": "", "price3": "", "price4": "", "price5": "", "price6": "", "price7": "",
        "totalpayprice": "", "totalsaleprice": "", "obversecolor": "", "reversecolor": "", "format": "",
        "latitude": "", "longitude": "", "address": "",
    },
    adapt=adapt,
    clean={"status": lambda text: STATUSES.get(text.casefold(), text), "date": year},
    other=NEW,
    careful=True,
    how_to=_("Choose the collection file itself: in OpenNumismat, File → Open shows where it lies. Its name ends in .db."),
)  # fmt: skip

# What the program shows for its columns, and what own fields made of them are called
TITLES = {
    "title": "Name", "value": "Value", "unit": "Unit", "country": "Country", "year": "Year", "period": "Period",
    "mint": "Mint", "mintmark": "Mint mark", "issuedate": "Date of issue", "type": "Kind", "series": "Series",
    "subjectshort": "Subject", "status": "Status", "material": "Material", "fineness": "Fineness", "shape": "Shape",
    "diameter": "Diameter", "thickness": "Thickness", "weight": "Weight", "grade": "Grade", "edge": "Edge",
    "edgelabel": "Edge label", "obvrev": "Alignment", "quality": "Quality", "mintage": "Mintage",
    "dateemis": "Emission period", "catalognum1": "Catalogue 1", "catalognum2": "Catalogue 2",
    "catalognum3": "Catalogue 3", "catalognum4": "Catalogue 4", "rarity": "Rarity", "price1": "Price in Fine",
    "price2": "Price in VF", "price3": "Price in XF", "price4": "Price in Unc", "variety": "Variety",
    "obversevar": "Obverse variety", "reversevar": "Reverse variety", "edgevar": "Edge variety",
    "paydate": "Bought on", "payprice": "Bought for", "totalpayprice": "Paid in all", "saller": "Seller",
    "payplace": "Bought at", "payinfo": "About the purchase", "payfees": "Fees (paid less price)",
    "saledate": "Sold on", "saleprice": "Sold for", "totalsaleprice": "Received in all", "buyer": "Buyer",
    "saleplace": "Sold at", "saleinfo": "About the sale", "salefees": "Fees (price less received)", "note": "Note",
    "obverseimg": "Photo of the obverse", "obversedesign": "Obverse", "obversedesigner": "Obverse designer",
    "reverseimg": "Photo of the reverse", "reversedesign": "Reverse", "reversedesigner": "Reverse designer",
    "edgeimg": "Photo of the edge", "subject": "Story", "photo1": "Photo 1", "photo2": "Photo 2",
    "photo3": "Photo 3", "photo4": "Photo 4", "photo5": "Photo 5", "photo6": "Photo 6", "defect": "Defect",
    "storage": "Storage", "features": "Features", "quantity": "Quantity", "url": "Link", "barcode": "Barcode",
    "ruler": "Ruler", "region": "Region", "obverseengraver": "Obverse engraver", "tags": "Tags",
    "reverseengraver": "Reverse engraver", "varietydesc": "About the variety", "varietyimg": "Photo of the variety",
    "condition": "Condition", "category": "Category", "emitent": "Issuer", "signature": "Signature",
    "signatureimg": "Photo of the signature", "grader": "Grader", "seat": "Seat", "native_year": "Native year",
    "composition": "Composition", "rating": "Rating", "real_weight": "Actual weight",
    "real_diameter": "Actual diameter", "width": "Width", "height": "Height", "axis": "Axis",
}  # fmt: skip
