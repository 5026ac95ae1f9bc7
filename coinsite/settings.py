"""The one settings file. Everything that differs between two sites comes from the environment;
the README has the table, `coinsite/checks.py` says what is wrong with a value."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

import environ
from csp.constants import NONE, SELF
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from coinsite.curating import NAVIGATION
from coinsite.env import Environment, database, mailer, networks, stored_secret

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))  # the real environment wins
env = Environment()
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var")))

# --- What this site is -------------------------------------------------------
DEBUG = env.flag("DEBUG")
BIND = env.text("BIND", "127.0.0.1:8000")
WEB_WORKERS = env.number("WEB_WORKERS", 2, 1, 64)
SITE_URL = env.text("SITE_URL", f"http://{BIND}").rstrip("/")
SERVED_BY_TLS = SITE_URL.startswith("https://")
SECRET_KEY = env.text("SECRET_KEY") or stored_secret(DATA_DIR / "secret_key")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS", SITE_URL)
REGISTRATION_OPEN = env.flag("REGISTRATION_OPEN", default=True)
DEFAULT_CURRENCY = env.text("DEFAULT_CURRENCY", "EUR").upper()

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "django_q",
    "csp",
    "coinsite",
    "catalog",
    "identify",
    "market",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coinsite.middleware.CompressPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "coinsite.middleware.AdminContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "catalog.middleware.PreferredLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "coinsite.urls"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "coinsite.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coinsite.context.site",
            ],
            "builtins": ["catalog.templatetags.coins"],
        },
    }
]

# --- Database and cache ------------------------------------------------------
SQLITE = {
    "transaction_mode": "IMMEDIATE",  # a write waits for its turn instead of failing half-way
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000; PRAGMA journal_size_limit=67108864;"
    ),
}
DATABASES = {
    "default": env.parsed(
        "DATABASE_URL",
        database(f"sqlite:///{DATA_DIR / 'obverse.sqlite3'}"),
        database,
        "Write it like postgres://user:password@host:5432/obverse or sqlite:////path/to/file.",
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = SQLITE
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}

# --- Background work ---------------------------------------------------------
# `retry` is longer than the longest task, or django-q2 would deliver it twice.
TEACHING_CLUSTER = "teaching"  # a queue of its own, so that no photo waits for a lesson
Q_CLUSTER = {
    "name": "obverse",
    "workers": env.number("WORKERS", 1, 1, 64),
    "timeout": 1800,
    "retry": 2400,
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "save_limit": 500,
    "recycle": 500,
    "poll": 0.2,  # a suggestion should not wait for it
    "label": "Background tasks",
    # A lesson takes hours, and goes on from its last checkpoint if its worker dies.
    "ALT_CLUSTERS": {
        TEACHING_CLUSTER: {
            "workers": 1,
            "timeout": 604_800,
            "retry": 605_000,
            "recycle": 1,
            "poll": 1,
            "scheduler": False,
        }
    },
} | ({"redis": REDIS_URL} if REDIS_URL else {"orm": "default"})

# --- Files -------------------------------------------------------------------
MEDIA_ROOT = env.text("MEDIA_ROOT", str(DATA_DIR / "media"))
MEDIA_URL = "/media-is-never-served-directly/"
STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# The fonts for PDFs are never sent to anybody.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")
S3_BUCKET = env.text("S3_BUCKET")
S3_SETTINGS = {
    "S3_ENDPOINT_URL": env.text("S3_ENDPOINT_URL"),
    "S3_REGION": env.text("S3_REGION"),
    "S3_ACCESS_KEY": env.text("S3_ACCESS_KEY"),
    "S3_SECRET_KEY": env.text("S3_SECRET_KEY"),
}
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_SETTINGS["S3_ENDPOINT_URL"] or None,
            "region_name": S3_SETTINGS["S3_REGION"] or None,
            "access_key": S3_SETTINGS["S3_ACCESS_KEY"] or None,
            "secret_key": S3_SETTINGS["S3_SECRET_KEY"] or None,
            "default_acl": None,
            "file_overwrite": False,
        },
    }
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MAX_PHOTO_BYTES = env.number("MAX_PHOTO_MB", 40, 1, 500) * 1024 * 1024
MAX_PHOTO_PIXELS = env.number("MAX_PHOTO_MEGAPIXELS", 80, 1, 500) * 1_000_000
MAX_IMPORT_BYTES = env.number("MAX_IMPORT_MB", 2000, 1, 100_000) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 500
DATA_UPLOAD_MAX_NUMBER_FIELDS = 25_000  # a page of ticked coins in a bulk edit

# --- People ------------------------------------------------------------------
AUTH_USER_MODEL = "catalog.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "coinsite.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SERVED_BY_TLS else "http"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Obverse"
# Every request would be a write, and on SQLite a write waits for an import to finish its chunk.
USERSESSIONS_TRACK_ACTIVITY = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
EMAIL_CONFIG = env.parsed(
    "EMAIL_URL",
    {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
    mailer,
    "Write it like smtp+tls://user:password@mail.example.org:587.",
)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Obverse <obverse@localhost>")

# --- Language and time -------------------------------------------------------
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LANGUAGE_CODE = env.choice("LANGUAGE_CODE", ("en", "de"), "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.parsed(
    "TIME_ZONE", "UTC", lambda name: ZoneInfo(name).key, "Write a name like Europe/Berlin."
)
USE_TZ = True
FORMAT_MODULE_PATH = ["coinsite.formats"]

# --- Security ----------------------------------------------------------------
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=SERVED_BY_TLS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, where there is no TLS
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000 if SERVED_BY_TLS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SERVED_BY_TLS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SERVED_BY_TLS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = env.flag("BEHIND_PROXY")
# Whose word counts for where a caller comes from: rates are counted by it.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- API ---------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "catalog.api.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "catalog.api.auth.TokenScope",
    ],
    "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.NamespaceVersioning",
    "DEFAULT_VERSION": "v1",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "catalog.api.pagination.ByCursor",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["catalog.api.parsers.PlainJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": [
        "catalog.api.throttles.PerUser",
        "catalog.api.throttles.PerStranger",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "user": env.text("API_RATE", "600/min"),
        "anon": env.text("API_RATE_ANONYMOUS", "30/min"),
    },
    "NUM_PROXIES": int(BEHIND_PROXY),
    "EXCEPTION_HANDLER": "catalog.api.problems.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Obverse API",
    "DESCRIPTION": "Everything the site knows about your coins, for programs that you write.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "catalog.api.schema.add_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "StatusEnum": "catalog.models.Status",
        "PhotoRoleEnum": "catalog.models.Photo.Role",
        "MemberRoleEnum": "catalog.models.Membership.Role",
        "TradeKindEnum": "catalog.models.Trade.Kind",
        "IdentificationStateEnum": "identify.models.State",
        "TrainingStateEnum": "identify.models.runs.State",
        "VersionStateEnum": "identify.models.versions.ModelVersion.State",
        "EstimateVerdictEnum": "market.api.appraised.VERDICTS",
        "JobStateEnum": "catalog.models.jobs.Job.State",
    },
}

# --- Identification ----------------------------------------------------------
# Private networks that webhooks may reach, like 192.168.1.0/24; none unless somebody says so.
WEBHOOK_NETWORKS: list[str] = env.parsed(
    "WEBHOOK_NETWORKS",
    list[str](),
    networks,
    "Write networks with commas between them: 192.168.1.0/24.",
)

# So many photos labelled since the last lesson suggest another; 0 suggests none.
RETRAIN_AFTER = env.number("RETRAIN_AFTER", 50, 0, 1_000_000)
RETRAIN_BY_ITSELF = env.flag("RETRAIN_BY_ITSELF")
# So many of the last runs of each matter keep their files; 0 keeps all for ever.
KEEP_RUNS = env.number("KEEP_RUNS", 10, 0, 10_000)

# --- Logging and the rest ----------------------------------------------------
LOG_LEVEL = env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # At INFO it tells of each process that it starts and stops.
    "loggers": {"django-q": {"level": "DEBUG" if LOG_LEVEL == "DEBUG" else "WARNING"}},
}
UNFOLD = {
    "SITE_TITLE": "Obverse",
    "SITE_HEADER": "Obverse",
    "SITE_SUBHEADER": _("Administration"),
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("img/mark.svg"),
    "SHOW_HISTORY": True,
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": NAVIGATION},
    "COLORS": {
        "primary": {
            "50": "#eef6f4", "100": "#d5e9e4", "200": "#abd3ca", "300": "#7cb9ac", "400": "#4d9c8d",
            "500": "#2f7f71", "600": "#1d6a5e", "700": "#17564c", "800": "#13453d", "900": "#0f3731",
            "950": "#08211d",
        },
    },
}  # fmt: skip
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SETTINGS_PROBLEMS = env.problems
