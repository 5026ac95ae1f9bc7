import ssl
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin

from catalog.fetch.addresses import resolve
from catalog.fetch.links import FetchRefused, Policy, Target, target_of
from catalog.fetch.pinned import Deadline, connect, secured, speaking_http
from catalog.fetch.visiting import Opener, Resolver, Visit, checked_address
from catalog.refusals import gettext_noop as _

MAX_BYTES = 50 * 2**20
TIMEOUT = 20.0
MAX_REDIRECTS = 3
PIECE = 2**16
HEADERS = {
    "User-Agent": "Obverse/0.1 (+self-hosted coin catalogue)",
    "Accept": "image/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
# Some stores give every file this type; what it is, its bytes will tell
VAGUE_TYPES = ("", "application/octet-stream", "binary/octet-stream")


@dataclass(frozen=True)
class Fetched:
    data: bytes
    content_type: str
    final_url: str


def fetch_image(
    url: str,
    *,
    max_bytes: int = MAX_BYTES,
    timeout: float = TIMEOUT,
    policy: Policy = Policy(),  # noqa: B008  (frozen)
    resolver: Resolver = resolve,
    opener: Opener = connect,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    visit = Visit(Deadline(timeout), policy, resolver, opener, max_bytes, tls)
    for _hop in range(MAX_REDIRECTS + 1):
        target = target_of(url, policy)
        try:
            found = _hop_to(target, visit)
        except TimeoutError as error:
            raise FetchRefused("timeout", _("The other server took too long.")) from error
        except ssl.SSLError as error:
            template = _("The other server cannot prove that it is %(host)s.")
            raise FetchRefused("tls", template, host=target.host) from error
        except (OSError, HTTPException) as error:
            raise FetchRefused("connection", _("The other server broke off.")) from error
        if isinstance(found, Fetched):
            return found
        url = urljoin(target.url, found)
    raise FetchRefused("redirects", _("The link was passed on too many times."))


def _hop_to(target: Target, visit: Visit) -> Fetched | str:
    """The picture, or where the server says that it is."""
    address = checked_address(target, visit)
    with closing(visit.opener(address, target.port, visit.deadline.left())) as plain:
        plain.settimeout(visit.deadline.left())
        encrypted = target.scheme == "https"
        with closing(secured(plain, target.host, visit.tls) if encrypted else plain) as sock:
            connection = speaking_http(sock, target.host, visit.deadline)
            connection.request("GET", target.path, headers={"Host": target.authority, **HEADERS})
            with closing(connection.getresponse()) as response:
                location = response.getheader("Location")
                if response.status in (301, 302, 303, 307, 308) and location:
                    return location
                return Fetched(*_picture(response, visit.max_bytes), target.url)


def _picture(response: HTTPResponse, max_bytes: int) -> tuple[bytes, str]:
    if response.status != 200:
        template = _("The other server answered with error %(status)s.")
        raise FetchRefused("status", template, status=response.status)
    content_type = (response.getheader("Content-Type") or "").split(";")[0].strip().lower()
    if not content_type.startswith("image/") and content_type not in VAGUE_TYPES:
        template = _(
            "The link leads to a page, not a picture. Copy the address of the picture itself."
        )
        raise FetchRefused("type", template)
    if (response.getheader("Content-Encoding") or "identity").strip().lower() != "identity":
        raise FetchRefused("encoded", _("The other server sent the picture in a packed form."))
    return _body(response, max_bytes), content_type


def _body(response: HTTPResponse, max_bytes: int) -> bytes:
    too_large = FetchRefused(
        "too_large", _("The picture is larger than %(limit)s MB."), limit=f"{max_bytes / 2**20:g}"
    )
    if response.length is not None and response.length > max_bytes:
        raise too_large
    body = bytearray()
    while piece := response.read(PIECE):
        body += piece
        if len(body) > max_bytes:
            raise too_large
    if response.length:
        raise FetchRefused("interrupted", _("The other server broke off in the middle. Try again."))
    return bytes(body)
