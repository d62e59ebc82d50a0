"""The one settings module, read from the environment (deploy/README.md lists the variables).

Without any environment it is the embedded mode: SQLite, a channel layer in memory, and everything
that is written goes to `var/`.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from botocore.config import Config
from csp.constants import NONE, SELF

from sidepro import environment
from sidepro.environment import BASE_DIR
from sidepro.operation import logs

django_stubs_ext.monkeypatch()

# Everything the program writes while it runs goes here.
VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / "var")

# --- Security -------------------------------------------------------------------------------

DEBUG = environment.switch("DEBUG", default=True)
if not DEBUG:
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        environment.required(name, "when DEBUG is off")
SECRET_KEY = environment.text("SECRET_KEY", "embedded-mode-only-never-in-production" * 2)
# Keys that were valid before: tokens they signed stay readable while the key is rotated.
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

# Where people open the site: links in mails, WebSocket origins and the Django admin trust it.
FRONTEND_URL = environment.origin("FRONTEND_URL", "http://localhost:8000")
# Other origins that may call the API and the sockets, for a front end on another host.
CORS_ALLOWED_ORIGINS = environment.origins("CORS_ALLOWED_ORIGINS")
CORS_ALLOW_CREDENTIALS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = (
    "accept",
    "authorization",
    "content-type",
    "if-match",
    "x-client",
    "x-request-id",
)
CORS_EXPOSE_HEADERS = ("etag", "ratelimit", "ratelimit-policy", "retry-after")
CSRF_TRUSTED_ORIGINS = [FRONTEND_URL] if FRONTEND_URL.startswith("https://") else []

# Nginx ends TLS and says so in this header, overwriting whatever a client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if not DEBUG else None
SECURE_SSL_REDIRECT = environment.switch("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS = environment.whole("SECURE_HSTS_SECONDS", 0 if DEBUG else 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
COOKIES_SECURE = environment.switch("COOKIES_SECURE", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = COOKIES_SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        # Mantine and Toast UI set style attributes; scripts are what must not be inline.
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:", "https:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Applications ---------------------------------------------------------------------------

INSTALLED_APPS = [
    "daphne",
    "sidepro.apps.SideproAdminConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "django_crontab",
    "storages",
    "user",
    "moderation",
    "notification",
    "project",
    "chat",
    "ai",
    "sidepro",
]

MIDDLEWARE = [
    "sidepro.middleware.ProbeMiddleware",
    "sidepro.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "user.api.throttling.RateLimitMiddleware",
]

ROOT_URLCONF = "sidepro.urls"
WSGI_APPLICATION = "sidepro.wsgi.application"
ASGI_APPLICATION = "sidepro.asgi.application"
# Gunicorn's (gunicorn.conf.py), here so that every program refuses wrong ones.
BIND = environment.text("BIND", "0.0.0.0:8000", r"(\S+:\d{1,5}|unix:\S+)", "0.0.0.0:8000")
WEB_CONCURRENCY = environment.whole("WEB_CONCURRENCY", 2, least=1, most=100)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before those of Django's admin, which they extend.
        "DIRS": [BASE_DIR / "sidepro" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database, cache, channel layer ---------------------------------------------------------

conn_max_age = environment.whole("CONN_MAX_AGE", 60)
DATABASES: dict[str, Any] = {
    "default": environment.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes the lock at the start, so that two writers wait instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = conn_max_age
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    # To start parallel workers takes longer than a page's query (`python -m bench.notification`).
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c max_parallel_workers_per_gather=0")
# What Gunicorn's requests may ask of PostgreSQL in one statement, in seconds; 0 for no end.
STATEMENT_TIMEOUT = environment.whole("STATEMENT_TIMEOUT", 10, most=600)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.redis("REDIS_URL")
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "sidepro",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # A worker's own, for what each may find out by itself.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
CHANNEL_LAYERS: dict[str, Any] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

# --- People ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "user.User"
PASSWORD_HASHERS = [
    "user.login.hashing.BoundedArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600

SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(
        minutes=environment.whole("ACCESS_TOKEN_MINUTES", 10, least=1, most=24 * 60)
    ),
    "REFRESH_TOKEN_LIFETIME": timedelta(
        days=environment.whole("REFRESH_TOKEN_DAYS", 14, least=1, most=400)
    ),
    "AUTH_TOKEN_CLASSES": ("user.login.authentication.AccessToken",),
    "UPDATE_LAST_LOGIN": True,
}
REFRESH_COOKIE_NAME = "sidepro_refresh"
REFRESH_COOKIE_PATH = "/api/v1/auth/"
# Two tabs may use the same refresh token within this time; later reuse counts as theft.
REFRESH_REUSE_GRACE = timedelta(seconds=10)

# Without a server, mails are printed and kept in var/mail/, where `/mail/` shows them.
EMAIL_BACKEND = environment.dotted("EMAIL_BACKEND", "sidepro.mailbox.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 10
EMAIL_URL = environment.text("EMAIL_URL")
globals().update(environment.email("EMAIL_URL"))
# On a public site, mails that would reach no user are not written.
MAIL_ENABLED = DEBUG or EMAIL_BACKEND != "sidepro.mailbox.EmailBackend"
MAIL_DOMAIN = urlsplit(FRONTEND_URL).hostname or "localhost"
DEFAULT_FROM_EMAIL = environment.mailbox("DEFAULT_FROM_EMAIL", "SidePro <no-reply@localhost>")
# Whether an address must be confirmed before its owner publishes, comments, uploads or asks.
EMAIL_VERIFICATION = environment.choice(
    "EMAIL_VERIFICATION",
    "required" if EMAIL_URL else "off",
    ("off", "required"),
)

# Web Push: both are printed by `manage.py make_vapid_keys`; without them it is not offered.
VAPID_PUBLIC_KEY = environment.text("VAPID_PUBLIC_KEY", "", r"[A-Za-z0-9_-]{87}", "87 letters")
VAPID_PRIVATE_KEY = environment.text("VAPID_PRIVATE_KEY", "", r"[A-Za-z0-9_-]{43}", "43 letters")
if VAPID_PUBLIC_KEY or VAPID_PRIVATE_KEY:
    for name in ("VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY"):
        environment.required(name, "with the other one of `manage.py make_vapid_keys`")
PUSH_ENABLED = bool(VAPID_PUBLIC_KEY)

# --- API ------------------------------------------------------------------------------------

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["user.login.authentication.AccessTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["sidepro.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "sidepro.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": [
        "user.api.throttling.WriteThrottle",
        "user.api.throttling.SearchThrottle",
    ],
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    # Proxies in front that append to X-Forwarded-For; 0 trusts only the socket's address.
    "NUM_PROXIES": environment.whole("NUM_PROXIES", 0, most=10),
    "DEFAULT_THROTTLE_RATES": {
        "availability": environment.rate("THROTTLE_AVAILABILITY", "60/min"),
        "login": environment.rate("THROTTLE_LOGIN", "10/min"),
        "login_address": environment.rate("THROTTLE_LOGIN_ADDRESS", "120/min"),
        "register": environment.rate("THROTTLE_REGISTER", "30/hour"),
        "password_reset": environment.rate("THROTTLE_PASSWORD_RESET", "10/hour"),
        "email_verify": environment.rate("THROTTLE_EMAIL_VERIFY", "60/hour"),
        "email_send": environment.rate("THROTTLE_EMAIL_SEND", "10/hour"),
        "images": environment.rate("THROTTLE_IMAGES", "60/min"),
        "reports": environment.rate("THROTTLE_REPORTS", "30/hour"),
        "markdown": environment.rate("THROTTLE_MARKDOWN", "120/min"),
        "drafts": environment.rate("THROTTLE_DRAFTS", "120/min"),
        "skill_suggestions": environment.rate("THROTTLE_SKILL_SUGGESTIONS", "20/day"),
        "write": environment.rate("THROTTLE_WRITE", "600/min"),
        # A search of the board is two requests, and whoever types searches twice a second.
        "search": environment.rate("THROTTLE_SEARCH", "300/min"),
    },
}
# Bytes of a JSON body; the longest legitimate one is a project's text.
API_MAX_BODY_BYTES = 1024 * 1024

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "SidePro",
    "DESCRIPTION": (
        "Share side projects, find people with your stack, talk over a coffee chat.\n\n"
        "The chat's sockets are described as [AsyncAPI](/api/docs/asyncapi.yaml). Limited answers "
        "carry `RateLimit` and `RateLimit-Policy`; lists and pages carry an `ETag`."
    ),
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "sidepro.openapi.describe",
    ],
    "SERVERS": [{"url": "/", "description": "This site"}],
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "sidepro.errors.ExceptionHandler",
    "EXCEPTION_FORMATTER_CLASS": "sidepro.errors.ErrorFormatter",
}

# --- Static files, uploads ------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# The built front end, served at `/` by the embedded server (Nginx or S3 in production).
FRONTEND_DIR = BASE_DIR / "frontend" / "dist"
# Pretendard as the front end's package has it, for the pictures of shared links.
CARD_FONTS = BASE_DIR / "frontend/node_modules/pretendard/dist/public/static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = FRONTEND_DIR if FRONTEND_DIR.is_dir() else None
# Vite puts a hash of the content in these names.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}

MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
AWS_STORAGE_BUCKET_NAME = environment.bucket("AWS_STORAGE_BUCKET_NAME")
AWS_S3_ENDPOINT_URL = environment.address("AWS_S3_ENDPOINT_URL", ("https", "http")) or None
AWS_S3_REGION_NAME = environment.text(
    "AWS_S3_REGION_NAME", "ap-northeast-2", r"[a-z0-9-]+", "ap-northeast-2"
)
AWS_S3_CUSTOM_DOMAIN = (
    environment.text("AWS_S3_CUSTOM_DOMAIN", "", environment.DOMAIN, "cdn.sidepro.example") or None
)
# The second bucket, where a backup goes each night.
BACKUP_BUCKET_NAME = environment.bucket("BACKUP_BUCKET_NAME")
BACKUP_KEEP_DAYS = environment.whole("BACKUP_KEEP_DAYS", 30, least=1, most=3650)
AWS_QUERYSTRING_AUTH = False
# Names are random, so storing need not ask first whether one is taken (nor be allowed to ask).
AWS_S3_FILE_OVERWRITE = True
# An upload has to fail before Gunicorn ends the worker that waits for the bucket.
AWS_S3_CLIENT_CONFIG = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 2})
AWS_DEFAULT_ACL = None
# Names are random and never reused, so a browser may keep a file for good.
AWS_S3_OBJECT_PARAMETERS = {"CacheControl": "public, max-age=31536000, immutable"}
STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage"
        if AWS_STORAGE_BUCKET_NAME
        else "django.core.files.storage.FileSystemStorage"
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
IMAGE_MAX_BYTES = 5 * 1024 * 1024

# --- Coffee chat ------------------------------------------------------------------------------

# Limits of one socket and of one person; the protocol's fixed numbers stand in chat/constants.py.
CHAT_FRAMES_PER_SECOND = environment.whole("CHAT_FRAMES_PER_SECOND", 20, least=1)
CHAT_FRAMES_BURST = environment.whole("CHAT_FRAMES_BURST", 60, least=1)
CHAT_SOCKETS_PER_USER = environment.whole("CHAT_SOCKETS_PER_USER", 20, least=1)

# --- Jobs (django-crontab) --------------------------------------------------------------------

# cron starts its jobs without the container's environment; this reads it back.
CRONTAB_COMMAND_PREFIX = environment.text("CRONTAB_COMMAND_PREFIX")
CRONTAB_EXECUTABLE = environment.text("CRONTAB_EXECUTABLE", "/usr/bin/crontab")
CRONTAB_LOG = f">> {BASE_DIR / 'log' / 'crontab.log'} 2>&1"
CRONJOBS = [
    ("7 4 * * *", "project.drafts.services.remove_expired_drafts", CRONTAB_LOG),
    ("17 4 * * *", "project.services.remove_unused_images", CRONTAB_LOG),
    ("22 4 * * *", "sidepro.pages.cards.remove_outdated", CRONTAB_LOG),
    ("27 4 * * *", "user.accounts.remove_expired_usernames", CRONTAB_LOG),
    ("* * * * *", "notification.cron.announce_projects", CRONTAB_LOG),
    ("* * * * *", "chat.notifying.notify_unread", CRONTAB_LOG),
    ("* * * * *", "notification.cron.send_mails", CRONTAB_LOG),
    ("* * * * *", "notification.cron.send_pushes", CRONTAB_LOG),
    ("37 4 * * *", "notification.cron.remove_old", CRONTAB_LOG),
    ("* * * * *", "project.text.rendering.render_outdated", CRONTAB_LOG),
    ("*/10 * * * *", "project.services.refresh_skill_counts", CRONTAB_LOG),
    ("*/10 * * * *", "project.trending.refresh", CRONTAB_LOG),
    ("* * * * *", "ai.cron.run", CRONTAB_LOG),
    ("23 3 * * *", "sidepro.operation.nightly_backup.run", CRONTAB_LOG),
]

# --- Recommendation job ---------------------------------------------------------------------

SIMILARITY_DIR = environment.folder_or_bucket("SIMILARITY_DIR", VAR_DIR / "similarity")
# What the job remembers between its runs; stays on this machine also when the files do not.
SIMILARITY_STATE_DIR = environment.folder("SIMILARITY_STATE_DIR", VAR_DIR / "similarity-state")
SIMILARITY_K = environment.whole("SIMILARITY_K", 100, least=1, most=10_000)
# Of each person with bookmarks, so many whose bookmarks are most like theirs. With 300 recall is
# 1.05 times as good (1.02 to 1.08; strict 1.05, 1.01 to 1.10), but .48 of the catalogue is shown
# instead of .54, and the files of taste are half as large again (`manage.py
# evaluate_recommendations` on 1,500 users who are never judged).
SIMILARITY_TASTE_K = environment.whole("SIMILARITY_TASTE_K", 200, least=1, most=10_000)
SIMILARITY_DASK = environment.address("SIMILARITY_DASK", ("tcp", "tls"))

# --- Language, time, logs -------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
# What libraries say goes by our catalogue: Django's Korean is in another tone, and Django REST
# framework has none that is found under "ko".
LOCALE_PATHS = [BASE_DIR / "sidepro" / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True

LOGGING = logs.config(
    environment.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")),
    debug=DEBUG,
)
# What Prometheus sends as a bearer token; without one, /metrics answers only past no proxy.
METRICS_TOKEN = environment.text("METRICS_TOKEN", "", r"[!-~]+", "letters and digits")
# Who finds a hole writes here (`/.well-known/security.txt`).
SECURITY_CONTACT = environment.text(
    "SECURITY_CONTACT", "", r"(mailto:|https://)\S+", "mailto:security@sidepro.example"
)
# The operator's own terms and privacy policy, in place of the site's.
TERMS_URL = environment.text("TERMS_URL", "", r"https?://\S+", "https://sidepro.example/terms.html")
PRIVACY_URL = environment.text(
    "PRIVACY_URL", "", r"https?://\S+", "https://sidepro.example/privacy.html"
)
SENTRY_DSN = environment.sentry("SENTRY_DSN")
SENTRY_ENVIRONMENT = environment.text(
    "SENTRY_ENVIRONMENT", "production", r"[^\s/]{1,64}", "production"
)
