"""How the site is served, by script/server and in the container alike."""

import gc
from pathlib import Path
from typing import Any

from coinsite import settings

wsgi_app = "coinsite.wsgi"
bind = settings.BIND
workers = settings.WEB_WORKERS
worker_class = "gthread"
threads = 4
timeout = 60  # for a worker that hangs as a whole; a slow request keeps only its own thread
graceful_timeout = 25
keepalive = 5
loglevel = "warning"
control_socket_disable = True  # it would lie in the home folder, one for all sites of a user
# One import for all workers: half the memory, and a site that cannot start says so at once.
preload_app = not settings.DEBUG
reload = settings.DEBUG
max_requests = 5000
max_requests_jitter = 500
# The heartbeat is a file; on a slow disk it would get workers killed.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None


def on_starting(server: Any) -> None:
    """Refuses to serve with a bad setting, and leaves the URL table loaded before the first page."""
    from django.core.management.base import SystemCheckError

    from coinsite.checks import refuse_bad_settings

    try:
        refuse_bad_settings()
    except SystemCheckError as error:
        raise SystemExit(str(error)) from None


def when_ready(server: Any) -> None:
    # What all workers share is not walked by their collectors, so it stays shared: 24 MB less each,
    # and a stop that does not take seconds to clear away the whole site three times.
    gc.freeze()
