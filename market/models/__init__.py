from market.models.details import LotAttributes, LotFlag, LotReference, Price
from market.models.estimates import Comparable, Estimate
from market.models.lots import Lot, Sale
from market.models.pages import RawPage, Upload
from market.models.sources import PremiumRule, Source

__all__ = [
    "Comparable",
    "Estimate",
    "Lot",
    "LotAttributes",
    "LotFlag",
    "LotReference",
    "PremiumRule",
    "Price",
    "RawPage",
    "Sale",
    "Source",
    "Upload",
]
