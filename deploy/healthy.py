"""The container's health check: asks the site inside for /healthz under the name it is known by."""

import os
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit


def main() -> int:
    port = int(os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2])
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    name = urlsplit(os.environ.get("SITE_URL", "")).hostname or "localhost"
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return int(connection.getresponse().status != 200)
    except (OSError, HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main())
