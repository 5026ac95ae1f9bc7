"""Tells whether a port can be listened on, and if not, why and what to do. Knows no other module,
because it runs before anything is installed.  Usage: port.py HOST PORT"""

import errno
import shutil
import socket
import subprocess
import sys


def main(host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # What gunicorn does: connections of a site stopped a moment ago do not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError:
            return f"{port} is not a port: --port wants a number from 1 to 65535."
        except OSError as error:
            return explain(error, host, port)
    return None


def explain(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken{holder(port)}.\n"
            f"Stop that program, or start Obverse on another port: script/server --port {port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is for the system's own programs. Take one above 1023: --port 8000"
    return f"Cannot listen on {host}:{port}: {error.strerror}."


def holder(port: int) -> str:
    for command in (
        ["ss", "-Hltnp", f"sport = :{port}"],
        ["lsof", "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"],
    ):
        if shutil.which(command[0]):
            said = subprocess.run(command, capture_output=True, text=True).stdout
            if name := program(said):
                return f" by {name}"
    return " by another program"


def program(said: str) -> str:
    """From `users:(("gunicorn",pid=7,fd=5))` of ss, or the lines `p7` and `cgunicorn` of lsof."""
    if "users:((" in said:
        name, pid, *_ = said.split("users:((", 1)[1].split(",")
        return f"{name.strip(chr(34))} (process {pid.removeprefix('pid=')})"
    fields = {line[0]: line[1:] for line in said.splitlines() if line}
    return f"{fields['c']} (process {fields['p']})" if {"c", "p"} <= fields.keys() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
