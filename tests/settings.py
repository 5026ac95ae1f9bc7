"""The site's own settings with what a test run must differ in, and nothing else."""

import os
import tempfile

os.environ["ENV_FILE"] = os.devnull  # a developer's .env must not reach the tests
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="obverse-tests-"))
# Threads of two workers on two cores would spend the time in waiting for one another.
if workers := os.environ.get("PYTEST_XDIST_WORKER_COUNT"):
    share = max(1, (os.cpu_count() or 1) // int(workers))
    os.environ.setdefault("OMP_NUM_THREADS", str(share))

from coinsite.settings import *  # noqa: F403

DEBUG = False
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
Q_CLUSTER = {"name": "tests", "sync": True, "orm": "default", "timeout": 60, "retry": 120}
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file and not memory: each thread of a browser test's server needs a connection of its own.
    DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['DATA_DIR']}/tests.sqlite3"}  # noqa: F405
# No test loads a network unless it says so
IDENTIFY_PREDICTOR = "tests.identify.fakes.nobody"
