"""ETag and If-Match for coins. The tag is `"<version>-<digest of the body>"`: the digest keeps 304
honest when only a name beside the coin changed, while a write asks for the version alone."""

import hashlib

from django.utils.http import parse_etags
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from catalog.api.problems import Stale
from catalog.models import Coin


def etag_of(coin: Coin, data: object) -> str:
    digest = hashlib.blake2s(JSONRenderer().render(data), digest_size=6).hexdigest()
    return f'"{coin.version}-{digest}"'


def unchanged(request: Request, etag: str) -> bool:
    wanted = [
        tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))
    ]
    return etag in wanted or wanted == ["*"]


def refuse_if_stale(request: Request, coin: Coin) -> None:
    """`coin` is held by the running transaction, so that of two writers one meets the other's version.
    A weak tag never matches, as RFC 9110 has it."""
    header = request.headers.get("If-Match")
    if header is None:
        return
    tags = parse_etags(header)
    versions = {tag.strip('"').partition("-")[0] for tag in tags if tag.startswith('"')}
    if tags != ["*"] and str(coin.version) not in versions:
        raise Stale
