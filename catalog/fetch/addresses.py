"""Which addresses are the public internet."""

import ipaddress
import socket

# What Python's tables of this version miss, or call global without being a place to fetch from
_REFUSED = [
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "100.64.0.0/10",
        "2001::/23", "2001:db8::/32", "3fff::/20", "64:ff9b:1::/48",
    )
]  # fmt: skip
_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        return _is_public_6(address)
    return _is_global(address)


def _is_public_6(address: ipaddress.IPv6Address) -> bool:
    if address in _NAT64:
        return _is_global(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.sixtofour is not None and not _is_global(address.sixtofour):
        return False
    # ordinary unicast only: no mapped, compatible, local or scoped address
    return address in _UNICAST and address.scope_id is None and _is_global(address)


def _is_global(address: Address) -> bool:
    special = address.is_multicast or address.is_reserved or address.is_private
    return address.is_global and not special and not any(address in net for net in _REFUSED)


def resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))
