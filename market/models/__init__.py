from market.models.details import LotAttributes, LotFlag, LotReference, Price
from market.models.doubts import Doubt
from market.models.estimates import Comparable, Estimate
from market.models.fetching import FetchDay, FetchHost, FetchTask
from market.models.levels import PriceLevel
from market.models.lots import Lot, Sale
from market.models.metals import MetalPrice
from market.models.pages import RawPage, Upload
from market.models.pictures import LotLook, LotPicture
from market.models.quotes import Quote
from market.models.sources import PremiumRule, Source
from market.models.watches import Watch, WatchHit

__all__ = [
    "Comparable",
    "Doubt",
    "Estimate",
    "FetchDay",
    "FetchHost",
    "FetchTask",
    "Lot",
    "LotAttributes",
    "LotFlag",
    "LotLook",
    "LotPicture",
    "LotReference",
    "MetalPrice",
    "PremiumRule",
    "Price",
    "PriceLevel",
    "Quote",
    "RawPage",
    "Sale",
    "Source",
    "Upload",
    "Watch",
    "WatchHit",
]
