"""A message to a link that somebody typed, as carefully as a picture is fetched. No redirect is followed:
what is signed for one server is not for another."""

import ssl
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPException

from catalog.fetch.addresses import resolve
from catalog.fetch.links import FetchRefused, Policy, target_of
from catalog.fetch.pinned import Deadline, connect, secured, speaking_http
from catalog.fetch.visiting import Opener, Resolver, Visit, checked_address
from catalog.refusals import gettext_noop as _

TIMEOUT = 10.0
HEADERS = {"User-Agent": "Obverse/0.1 (+self-hosted coin catalogue)", "Connection": "close"}


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    timeout: float = TIMEOUT,
    policy: Policy = Policy(),  # noqa: B008  (frozen)
    resolver: Resolver = resolve,
    opener: Opener = connect,
    tls: ssl.SSLContext | None = None,
) -> int:
    """The status that the server answers with; what it says beyond that is not read."""
    target = target_of(url, policy)
    visit = Visit(Deadline(timeout), policy, resolver, opener, 0, tls)
    try:
        address = checked_address(target, visit)
        with closing(opener(address, target.port, visit.deadline.left())) as plain:
            plain.settimeout(visit.deadline.left())
            encrypted = target.scheme == "https"
            with closing(secured(plain, target.host, tls) if encrypted else plain) as sock:
                connection = speaking_http(sock, target.host, visit.deadline)
                told = {"Host": target.authority, **HEADERS, **headers}
                connection.request("POST", target.path, body, told)
                with closing(connection.getresponse()) as response:
                    return response.status
    except TimeoutError as error:
        raise FetchRefused("timeout", _("The other server took too long.")) from error
    except ssl.SSLError as error:
        template = _("The other server cannot prove that it is %(host)s.")
        raise FetchRefused("tls", template, host=target.host) from error
    except (OSError, HTTPException) as error:
        raise FetchRefused("connection", _("The other server broke off.")) from error
