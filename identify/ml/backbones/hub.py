"""Weights that others have trained, where there is a network."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

log = logging.getLogger(__name__)
WAIT = 3.0  # seconds


def with_weights(name: str, options: dict[str, Any]) -> Any | None:
    """None where the hub has none, or cannot be reached and the cache has none either."""
    import timm

    told = timm.models.get_pretrained_cfg(name)
    if told is None or not told.has_weights:
        return None
    try:
        with _cache_only_unless(_reachable()):
            return timm.create_model(name, pretrained=True, **options)
    except (OSError, RuntimeError) as error:
        # not in the cache, a broken download, or weights that do not fit the options
        log.warning("The weights of %s could not be had: %s", name, error)
        return None


def _reachable() -> bool:
    """Asked first: without a network the hub's client tries for a minute before it gives up."""
    from huggingface_hub import constants

    if os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy"):
        return True
    where = urlsplit(constants.ENDPOINT)
    try:
        port = where.port or (443 if where.scheme == "https" else 80)
        socket.create_connection((where.hostname or "", port), WAIT).close()
    except OSError:
        return False
    return True


@contextmanager
def _cache_only_unless(reachable: bool) -> Iterator[None]:
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = before or not reachable
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before
