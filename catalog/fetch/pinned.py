"""A connection to one address that was checked, with one deadline for all that happens on it."""

import io
import socket
import ssl
import time
from http.client import HTTPConnection
from typing import Any, cast


class Deadline:
    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for this fetch is over")
        return left


class _Reader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self.sock = sock
        self.deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        # a timeout per read alone would let a server drip for ever
        self.sock.settimeout(self.deadline.left())
        return self.sock.recv_into(buffer)


class _Timed:
    """The little of a socket that http.client asks for. Who opened the socket closes it: http.client
    would do so before the body has been read."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self.sock = sock
        self.deadline = deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self.sock, self.deadline))

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(self.deadline.left())
        self.sock.sendall(data)

    def close(self) -> None:
        pass


def connect(address: str, port: int, timeout: float) -> socket.socket:
    return socket.create_connection((address, port), timeout)


def secured(sock: socket.socket, host: str, context: ssl.SSLContext | None) -> socket.socket:
    """The certificate is checked against the name in the link, whatever address it led to."""
    return (context or ssl.create_default_context()).wrap_socket(sock, server_hostname=host)


def speaking_http(sock: socket.socket, host: str, deadline: Deadline) -> HTTPConnection:
    connection = HTTPConnection(host)
    connection.sock = cast(socket.socket, _Timed(sock, deadline))
    return connection
