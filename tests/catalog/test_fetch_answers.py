"""What a fetch accepts: answers, sizes, times, certificates."""

import datetime
import ssl
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from catalog import fetch
from catalog.fetch import fetch_image
from tests.catalog.fetching import (
    LOCAL,
    PICTURE,
    Answer,
    Site,
    answering,
    never,
    redirecting,
    refusal,
    serving,
)


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serving()


# Answers


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (answering(status=404), "status"),
        (answering(status=500), "status"),
        (answering(status=302), "status"),
        (answering(Content_Type="text/html; charset=utf-8"), "type"),
        (answering(Content_Encoding="gzip"), "encoded"),
        (answering(length=10**9), "too_large"),
        (answering(b"x" * 200_000), "too_large"),
        (answering(length=50_000), "interrupted"),
    ],
)
def test_refuses_an_answer(site: Site, answer: Answer, code: str) -> None:
    site.answers["/coin.jpg"] = answer
    assert refusal(lambda: site.fetch(max_bytes=100_000)).code == code


def test_refuses_an_endless_body(site: Site) -> None:
    sent = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "image/jpeg")
        handler.end_headers()
        while not site.stopped.is_set():
            handler.wfile.write(b"x" * 65536)
            sent.append(65536)

    site.answers["/coin.jpg"] = answer
    assert refusal(lambda: site.fetch(max_bytes=500_000)).code == "too_large"
    assert sum(sent) < 20_000_000


def dripping(site: Site, start: bytes) -> Answer:
    """Never silent for long enough to trip a timeout per read."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        while not site.stopped.wait(0.05):
            handler.wfile.write(b"x")

    return answer


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX-", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"]
)
def test_refuses_a_slow_server_at_the_deadline(site: Site, start: bytes) -> None:
    site.answers["/coin.jpg"] = dripping(site, start)
    began = time.monotonic()
    assert refusal(lambda: site.fetch(timeout=0.4)).code == "timeout"
    assert time.monotonic() - began < 3


def test_redirects_share_one_deadline(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.25)
        redirecting("/coin.jpg")(handler)

    site.answers["/coin.jpg"] = answer
    assert refusal(lambda: site.fetch(timeout=0.4)).code == "timeout"


def test_refuses_a_slow_resolver_at_the_deadline() -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(2)
        return ["93.184.216.34"]

    began = time.monotonic()
    act = lambda: fetch_image("http://x.example/", resolver=slow, opener=never, timeout=0.2)  # noqa: E731
    assert refusal(act).code == "timeout"
    assert time.monotonic() - began < 1.5


def test_refuses_what_does_not_speak_http(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")

    site.answers["/coin.jpg"] = answer
    assert refusal(site.fetch).code == "connection"


# TLS: the name is what is checked, the address is where it goes


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "coins.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("coins.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure_site(site: Site, certificate: Path) -> tuple[Site, list[str | None]]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    greeted: list[str | None] = []
    context.sni_callback = lambda sock, name, own: greeted.append(name)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.answers["/coin.jpg"] = answering()
    return site, greeted


def over_tls(site: Site, host: str, tls: ssl.SSLContext | None) -> fetch.Fetched:
    return fetch_image(
        site.url(host=host, scheme="https"),
        policy=LOCAL,
        resolver=lambda host, port: ["127.0.0.1"],
        tls=tls,
        timeout=5,
    )


def test_greets_and_checks_the_host_by_name(
    secure_site: tuple[Site, list[str | None]], certificate: Path
) -> None:
    site, greeted = secure_site
    trusting = ssl.create_default_context(cafile=str(certificate))
    assert over_tls(site, "coins.example", trusting).data == PICTURE
    assert greeted == ["coins.example"]
    assert refusal(lambda: over_tls(site, "other.example", trusting)).code == "tls"


def test_refuses_a_certificate_that_nobody_vouches_for(
    secure_site: tuple[Site, list[str | None]],
) -> None:
    assert refusal(lambda: over_tls(secure_site[0], "coins.example", None)).code == "tls"
