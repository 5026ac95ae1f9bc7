"""Where a fetch may go: links, addresses, redirects."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import fetch
from catalog.fetch import FetchRefused, Policy, fetch_image, is_public
from tests.catalog.fetching import (
    ANY_PORT,
    LOCAL,
    PICTURE,
    Site,
    answering,
    never,
    public,
    redirecting,
    refusal,
    serving,
)


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serving()


# That it works


def test_fetches_a_picture(site: Site) -> None:
    site.answers["/coin.jpg"] = answering()
    found = site.fetch()
    assert found == fetch.Fetched(PICTURE, "image/jpeg", site.url())


def test_asks_honestly_and_tells_nothing_else(site: Site) -> None:
    site.answers["/coin.jpg"] = answering(Set_Cookie="a=b")
    site.fetch()
    _path, headers = site.asked[0]
    assert headers == {
        "host": f"coins.example:{site.port}",
        "user-agent": "Obverse/0.1 (+self-hosted coin catalogue)",
        "accept": "image/*",
        "accept-encoding": "identity",
        "connection": "close",
    }


def test_follows_redirects_without_cookies(site: Site) -> None:
    site.answers["/coin.jpg"] = answering(b"", 301, Location="/b?x=1", Set_Cookie="a=b")
    site.answers["/b?x=1"] = redirecting(site.url("/c", host="other.example"), 307)
    site.answers["/c"] = answering()
    found = site.fetch()
    assert found.data == PICTURE
    assert found.final_url == site.url("/c", host="other.example")
    assert [headers["host"].split(":")[0] for _path, headers in site.asked] == [
        "coins.example", "coins.example", "other.example",
    ]  # fmt: skip
    assert not any("cookie" in headers for _path, headers in site.asked)


def test_accepts_a_vague_type_and_a_body_without_length(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/octet-stream")
        handler.end_headers()
        handler.wfile.write(PICTURE)

    site.answers["/coin.jpg"] = answer
    assert site.fetch().data == PICTURE


def test_reads_a_body_in_chunks(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "image/png; x=y")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")

    site.answers["/coin.jpg"] = answer
    assert site.fetch() == fetch.Fetched(b"abcde", "image/png", site.url())


def test_letters_of_every_script_may_stand_in_a_link(site: Site) -> None:
    site.answers["/m%C3%BCnze.jpg?q=%C3%A9"] = answering()
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    url = site.url("/münze.jpg?q=é", host="münzen.example")
    assert fetch_image(url, policy=LOCAL, resolver=resolver).data == PICTURE
    assert asked == ["xn--mnzen-kva.example"]


def test_proxies_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.answers["/coin.jpg"] = answering()
    assert site.fetch().data == PICTURE


# Links


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "scheme"),
        ("coins.example/a.jpg", "scheme"),
        ("ftp://coins.example/a.jpg", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:image/png;base64,AAAA", "scheme"),
        ("gopher://coins.example/", "scheme"),
        ("http://user@coins.example/", "userinfo"),
        ("http://user:secret@coins.example/", "userinfo"),
        ("http://coins.example:22/", "port"),
        ("http://coins.example:8080/", "port"),
        ("https://coins.example:0/", "port"),
        ("http:///a.jpg", "url"),
        ("http://coins.example:99999/", "url"),
        ("http://coins.example:x/", "url"),
        ("http://[::1/", "url"),
        ("http://[fe80::1%25eth0]/", "url"),
        ("http://coins.example/a b.jpg", "url"),
        ("http://coins.example/\r\nHost: other", "url"),
        ("http://coins.example\\@127.0.0.1/", "url"),
        ("http://a..b/", "url"),
        ("http://" + "x" * 2000 + "/", "url"),
        ("http://coins.example<>/", "url"),
    ],
)
def test_refuses_a_link(url: str, code: str) -> None:
    assert refusal(lambda: fetch_image(url, resolver=public, opener=never)).code == code


@given(st.text() | st.text(alphabet="htps:/@[]%.?#a1-\\ ", max_size=25).map("http://".__add__))
def test_any_text_is_refused_or_asks_only_for_what_was_resolved(text: str) -> None:
    ports: list[int] = []

    def nobody(host: str, port: int) -> list[str]:
        ports.append(port)
        return []

    with pytest.raises(FetchRefused):
        fetch_image(text, resolver=nobody, opener=never)
    assert set(ports) <= {80, 443}


# Addresses

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "192.88.99.1",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1", "3fff::1", "5f00::1",
    "2002:7f00:1::1", "2002:a00:1::1", "2002:c0a8:101::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8", "nonsense", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_refuses_an_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)
    refused = refusal(
        lambda: fetch_image("https://x.example/", resolver=lambda h, p: [address], opener=never)
    )
    assert refused.code == "address"
    assert not address or address not in refused.message


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "2001:4860:4860::8888", "64:ff9b::8.8.8.8"],
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "0"]
)
def test_refuses_every_way_of_writing_the_loopback(host: str) -> None:
    """Through the system's own resolver."""
    assert refusal(lambda: fetch_image(f"http://{host}/", opener=never)).code in ("address", "dns")


@pytest.mark.parametrize("order", [1, -1])
def test_refuses_a_name_with_one_public_and_one_private_address(order: int) -> None:
    both = ["93.184.216.34", "127.0.0.1"][::order]
    act = lambda: fetch_image("http://x.example/", resolver=lambda h, p: both, opener=never)  # noqa: E731
    assert refusal(act).code == "address"


def test_a_name_that_changes_its_address_is_asked_once() -> None:
    """DNS rebinding: the first answer is public, the next is the loopback."""
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    reached: list[str] = []

    def opener(address: str, port: int, timeout: float) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    refused = refusal(
        lambda: fetch_image(
            "http://x.example/", resolver=lambda h, p: answers.pop(0), opener=opener
        )
    )
    assert refused.code == "connection"
    assert reached == ["93.184.216.34"]
    assert answers == [["127.0.0.1"]]


def test_an_unknown_name() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror

    refused = refusal(lambda: fetch_image("http://x.example/", resolver=unknown, opener=never))
    assert refused.code == "dns"
    assert "x.example" in refused.message


# Redirects


def through(site: Site, address_of: dict[str, str], **more: object) -> fetch.Fetched:
    """The strict policy, with one name let through to the site."""
    policy = Policy(lambda address: address == "93.184.216.34" or is_public(address), ANY_PORT)

    def opener(address: str, port: int, timeout: float) -> socket.socket:
        assert address == "93.184.216.34"
        return socket.create_connection(("127.0.0.1", site.port), timeout)

    options = {"policy": policy, "resolver": lambda h, p: [address_of[h]], "opener": opener}
    return fetch_image(site.url(), **(options | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.1/", "address"),
        ("//127.0.0.1/", "address"),
        ("http://inside.example/", "address"),
        ("https://169.254.169.254/latest/meta-data", "address"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://coins.example/", "scheme"),
        ("http://me@coins.example/", "userinfo"),
    ],
)
def test_refuses_a_redirect(site: Site, location: str, code: str) -> None:
    site.answers["/coin.jpg"] = redirecting(location)
    known = {
        "coins.example": "93.184.216.34", "inside.example": "10.0.0.5",
        "127.0.0.1": "127.0.0.1", "169.254.169.254": "169.254.169.254",
    }  # fmt: skip
    assert refusal(lambda: through(site, known)).code == code
    assert len(site.asked) == 1


def test_refuses_a_redirect_to_another_port(site: Site) -> None:
    site.answers["/coin.jpg"] = redirecting("http://coins.example:1/")
    policy = Policy(LOCAL.allows, frozenset({site.port}))
    assert refusal(lambda: site.fetch(policy=policy)).code == "port"


def test_refuses_the_fourth_redirect(site: Site) -> None:
    site.answers["/coin.jpg"] = redirecting("/coin.jpg")
    assert refusal(site.fetch).code == "redirects"
    assert len(site.asked) == 4
