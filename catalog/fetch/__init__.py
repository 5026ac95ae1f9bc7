"""One picture from a link that somebody typed, without becoming their door into our network.

Every hop: check the link -> resolve once -> check every address -> connect to the address that was
checked -> ask. A redirect begins again at the first step.
"""

from catalog.fetch.addresses import is_public
from catalog.fetch.links import FetchRefused, Policy
from catalog.fetch.pictures import MAX_BYTES, TIMEOUT, Fetched, fetch_image
from catalog.fetch.posting import post

__all__ = [
    "MAX_BYTES",
    "TIMEOUT",
    "FetchRefused",
    "Fetched",
    "Policy",
    "fetch_image",
    "is_public",
    "post",
]
