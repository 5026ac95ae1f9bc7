"""One polite GET: https only, hosts that are allowed only, never into a private network, and never
longer or larger than said. Every redirect begins again at the first check."""

import ssl
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin

from catalog.fetch.addresses import resolve
from catalog.fetch.links import FetchRefused, Policy, Target, target_of
from catalog.fetch.pinned import Deadline, connect, secured, speaking_http
from catalog.fetch.visiting import Opener, Resolver, Visit, checked_address
from catalog.refusals import gettext_noop as _

MAX_REDIRECTS = 5
PIECE = 2**16


@dataclass(frozen=True)
class Web:
    """How the outside is reached. Tests hand in a server of their own; nothing else widens this."""

    agent: str
    policy: Policy = Policy(ports=frozenset({443}))  # noqa: RUF009  (frozen)
    schemes: frozenset[str] = frozenset({"https"})
    resolver: Resolver = resolve
    opener: Opener = connect
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True)
class Answer:
    """`is_cut`: there was more than we were willing to take."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    is_cut: bool = False


def ask(
    web: Web,
    url: str,
    may_visit: Callable[[str], bool],
    *,
    max_bytes: int,
    timeout: float,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    visit = Visit(Deadline(timeout), web.policy, web.resolver, web.opener, max_bytes, web.tls)
    for _hop in range(MAX_REDIRECTS + 1):
        target = target_of(url, web.policy)
        if target.scheme not in web.schemes:
            raise FetchRefused("scheme", _("Only pages that come encrypted (https) are fetched."))
        if not may_visit(target.host):
            template = _("%(host)s is not among the hosts that may be asked.")
            raise FetchRefused("host", template, host=target.host)
        try:
            answer = _hop_to(target, visit, web.agent, headers or {})
        except TimeoutError as error:
            raise FetchRefused("timeout", _("The other server took too long.")) from error
        except ssl.SSLError as error:
            template = _("The other server cannot prove that it is %(host)s.")
            raise FetchRefused("tls", template, host=target.host) from error
        except (OSError, HTTPException) as error:
            raise FetchRefused("connection", _("The other server broke off.")) from error
        location = answer.headers.get("location")
        if answer.status not in (301, 302, 303, 307, 308) or not location:
            return answer
        url = urljoin(target.url, location)
    raise FetchRefused("redirects", _("The link was passed on too many times."))


def _hop_to(target: Target, visit: Visit, agent: str, headers: Mapping[str, str]) -> Answer:
    address = checked_address(target, visit)
    with closing(visit.opener(address, target.port, visit.deadline.left())) as plain:
        plain.settimeout(visit.deadline.left())
        encrypted = target.scheme == "https"
        with closing(secured(plain, target.host, visit.tls) if encrypted else plain) as sock:
            connection = speaking_http(sock, target.host, visit.deadline)
            said = {
                "Host": target.authority, "User-Agent": agent, "Accept": "text/html,application/json,*/*",
                "Accept-Encoding": "identity", "Connection": "close", **headers,
            }  # fmt: skip
            connection.request("GET", target.path, headers=said)
            with closing(connection.getresponse()) as response:
                body, is_cut = _body(response, visit.max_bytes)
                found = {name.lower(): value for name, value in response.getheaders()}
                return Answer(response.status, found, body, target.url, is_cut)


def _body(response: HTTPResponse, max_bytes: int) -> tuple[bytes, bool]:
    body = bytearray()
    while piece := response.read(min(PIECE, max_bytes + 1 - len(body))):
        body += piece
        if len(body) > max_bytes:
            return bytes(body[:max_bytes]), True
    return bytes(body), False
