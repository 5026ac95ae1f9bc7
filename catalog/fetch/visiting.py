"""Where a visit may go: the name is resolved once, and every address it has is checked."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from socket import socket
from threading import Thread

from catalog.fetch.links import FetchRefused, Policy, Target
from catalog.fetch.pinned import Deadline
from catalog.refusals import gettext_noop as _

Resolver = Callable[[str, int], list[str]]
Opener = Callable[[str, int, float], socket]


@dataclass(frozen=True)
class Visit:
    """What stays the same from hop to hop."""

    deadline: Deadline
    policy: Policy
    resolver: Resolver
    opener: Opener
    max_bytes: int
    tls: ssl.SSLContext | None


def checked_address(target: Target, visit: Visit) -> str:
    addresses = resolved(target, visit)
    # all of them, or a name with one good and one bad address would be a matter of luck
    if not all(visit.policy.allows(address) for address in addresses):
        template = _("That link leads into a private network, which is not fetched from.")
        raise FetchRefused("address", template)
    return addresses[0]


def resolved(target: Target, visit: Visit) -> list[str]:
    """In a thread of its own, for the system's resolver knows no deadline."""
    answers: SimpleQueue[list[str]] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(visit.resolver(target.host, target.port))
        except (OSError, UnicodeError):
            answers.put([])

    Thread(target=ask, daemon=True).start()
    try:
        addresses = answers.get(timeout=visit.deadline.left())
    except Empty as error:
        raise TimeoutError from error
    if not addresses:
        template = _("There is no server called %(host)s. Check the link for a typing error.")
        raise FetchRefused("dns", template, host=target.host)
    return addresses
