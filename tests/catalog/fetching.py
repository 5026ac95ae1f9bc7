"""A real server on the loopback, which only a wider policy than the usual one may reach."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from catalog import fetch
from catalog.fetch import FetchRefused, Policy, fetch_image

ANY_PORT = frozenset(range(1, 65536))
LOCAL = Policy(allows=lambda address: address == "127.0.0.1", ports=ANY_PORT)
PICTURE = b"\xff\xd8\xff" + b"picture" * 1000

Answer = Callable[[BaseHTTPRequestHandler], None]


class Quiet(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """A client that hangs up is what these tests are about."""


class Site:
    """Answers by path; remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stopped = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                site.answers[self.path](self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def url(
        self, path: str = "/coin.jpg", host: str = "coins.example", scheme: str = "http"
    ) -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def fetch(self, path: str = "/coin.jpg", **more: object) -> fetch.Fetched:
        options = {"policy": LOCAL, "resolver": lambda host, port: ["127.0.0.1"], "timeout": 5}
        return fetch_image(self.url(path), **(options | more))  # type: ignore[arg-type]

    def stop(self) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()


def answering(
    body: bytes = PICTURE, status: int = 200, length: int | None = None, **headers: str
) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in ({"Content_Type": "image/jpeg"} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirecting(location: str, status: int = 302) -> Answer:
    return answering(b"", status, Location=location)


def refusal(act: Callable[[], object]) -> FetchRefused:
    with pytest.raises(FetchRefused) as refused:
        act()
    assert refused.value.message
    return refused.value


def serving() -> Iterator[Site]:
    running = Site()
    yield running
    running.stop()


def public(host: str, port: int) -> list[str]:
    return ["93.184.216.34"]


def never(address: str, port: int, timeout: float) -> socket.socket:
    raise AssertionError(f"connected to {address}")
