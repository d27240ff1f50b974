"""Settings of every environment; `dev`, `test` and `production` extend them."""

from csp.constants import NONCE, NONE, SELF
from xstatic.pkg import leaflet

from headless.defaults import (  # noqa: F401
    CORS_ALLOW_HEADERS,
    CORS_EXPOSE_HEADERS,
    CORS_URLS_REGEX,
    WAGTAILDOCS_DOCUMENT_FORM_BASE,
    WAGTAILIMAGES_IMAGE_FORM_BASE,
)

from .. import env

BASE_DIR = env.ROOT

# The project's apps come before Wagtail's: they extend its API before it is built.
INSTALLED_APPS = [
    # Optional; no other app imports it.
    "demo",
    "cms_site",
    "home",
    "articles",
    "directives",
    "widgets",
    "feedback",
    "headless",
    "wagtail_headless_preview",
    "wagtail_localize",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "ninja",
    "django_tasks",
    "altcha_django",
    "corsheaders",
    "csp",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms_site.middleware.ClientAddressMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms_site.middleware.RelaxedCSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "headless.cache.http_cache.HttpCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms_site.middleware.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "headless.middleware.PortalMiddleware",
    "axes.middleware.AxesMiddleware",
    "cms_site.rate_limits.PasswordLimitsMiddleware",
]

ROOT_URLCONF = "cms_site.urls"
WSGI_APPLICATION = "cms_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": env.cache(),
    # Per-process caches, for values that may differ between processes for a while.
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "local",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 10000},
    },
}

# Caching: identifier of the release, cache that stores the content version (empty: the database),
# and `max-age` of API responses and pages for caches in front.
CIVIC_PORTAL_BUILD_ID = env.text("BUILD_ID", "")
CIVIC_PORTAL_VERSION_CACHE = "default" if env.text("CACHE_URL", "") else ""
CIVIC_PORTAL_API_CACHE_SECONDS = env.integer("API_CACHE_SECONDS", 0)
CIVIC_PORTAL_PAGE_CACHE_SECONDS = env.integer("PAGE_CACHE_SECONDS", 0)

# PURGE requests to caches in front; their URLs are already complete for each language.
if FRONT_CACHE_URL := env.text("FRONT_CACHE_URL", ""):
    WAGTAILFRONTENDCACHE = {
        "default": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": FRONT_CACHE_URL,
        }
    }
WAGTAILFRONTENDCACHE_LANGUAGES = []

# Languages: Vietnamese at /, others below their code; Accept-Language is ignored.
LANGUAGE_CODE = "vi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# Vietnamese for strings that Wagtail's own catalogue lacks.
LOCALE_PATHS = [BASE_DIR / "cms_site" / "wagtail_locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
# Day before month in both languages, in input, date pickers and lists.
FORMAT_MODULE_PATH = "headless.formats"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
NUMBER_GROUPING = 3
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Without a list, accounts choose among all names of the system, some of which browsers do not know.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]

# Accounts
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
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
# Failed logins that lock a username at an address, and a whole network. The same limits apply to
# passwords of pages and files.
AXES_FAILURE_LIMIT = 8
NETWORK_FAILURE_LIMIT = 50
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
# Attempts during a lock do not prolong it, so that `Retry-After` is exact.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "cms_site.middleware.axes_client_address"
AXES_HANDLER = "cms_site.rate_limits.LoginHandler"
AXES_LOCKOUT_CALLABLE = "cms_site.rate_limits.refuse_login"
# Networks of the own reverse proxies, whose `X-Forwarded-For` is trusted.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
# Redirect after a login or page password without a safe `next`.
LOGIN_REDIRECT_URL = "/"
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"  # noqa: S105
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"  # noqa: S105
WAGTAIL_FRONTEND_LOGIN_TEMPLATE = "login.html"

# Contact and policy for reports of vulnerabilities (/.well-known/security.txt, RFC 9116).
SECURITY_CONTACT = env.contacts("SECURITY_CONTACT")
SECURITY_POLICY = env.contacts("SECURITY_POLICY")

# Proof of work for comments: 500 to 1000 iterations of `cost` rounds, which take 0.3 to 0.4 seconds
# on a two-core desktop computer, and 0.8 to 2.2 on a sixth of its power, about a cheap phone. Without
# `max_number` one challenge in fifty would take four times the average.
ALTCHA_CHALLENGE = {
    "cost": env.integer("VERIFICATION_COST", 2000),
    "max_number": 1000,
    "expires_seconds": 1800,
}

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # pages with many blocks
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv", "txt", "zip",
]  # fmt: skip
WAGTAILDOCS_CONTENT_TYPES = {"pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv"}
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# The form for many files refuses others in the browser; those after “jpeg” are stored as “jpg”.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "jfif", "jpe", "pjpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000

# Wagtail
WAGTAIL_SITE_NAME = "Civic Portal"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", "http://localhost:8000")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
WAGTAILAPI_LIMIT_MAX = 50
# Rendered HTML for display; programs that edit request `?rich_text_format=db_html`.
WAGTAILAPI_RICH_TEXT_FORMAT = "html"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": True},
}
# API v2 ignores session cookies, so its responses can be cached publicly.
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": []}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TAGGIT_CASE_INSENSITIVE = True

# Pages link the apps' own style sheets; shared styles are in portal.css.
CIVIC_PORTAL_STYLES = "apps"

# The APIs: rate limit by client address, and origins allowed by CORS.
CIVIC_PORTAL_API_RATE = env.text("API_RATE", "")
CORS_ALLOWED_ORIGINS = [each for each in env.text_list("CORS_ALLOWED_ORIGINS") if each != "*"]
CORS_ALLOW_ALL_ORIGINS = "*" in env.text_list("CORS_ALLOWED_ORIGINS")

# Counting of visits: seconds between writes of buffered hits (0 writes each immediately), and
# whether page views with DNT or Sec-GPC are excluded.
CIVIC_PORTAL_VISITS_FLUSH_SECONDS = env.integer("VISITS_FLUSH_SECONDS", 5)
CIVIC_PORTAL_VISITS_HONOUR_DO_NOT_TRACK = env.boolean("VISITS_HONOUR_DO_NOT_TRACK", True)

# Maps: Leaflet's static files, and the URL template of background tiles (empty: no background).
STATICFILES_DIRS = [("leaflet", leaflet.BASE_DIR)]
CIVIC_PORTAL_MAP_TILE_URL = env.text("MAP_TILE_URL", "")
CIVIC_PORTAL_MAP_TILE_ATTRIBUTION = env.text("MAP_TILE_ATTRIBUTION", "")

# Front ends that show previews; without one, Wagtail renders them.
WAGTAIL_HEADLESS_PREVIEW = {
    "CLIENT_URLS": env.urls_by_host("PREVIEW_CLIENTS"),
    "REDIRECT_ON_PREVIEW": env.boolean("PREVIEW_REDIRECTS", False),
}
CIVIC_PORTAL_PREVIEW_SECONDS = env.integer("PREVIEW_SECONDS", 3600)

# Webhooks: the dispatcher that sends them, and whether private addresses are allowed.
CIVIC_PORTAL_WEBHOOKS_SENT_BY = env.text("WEBHOOKS_SENT_BY", "thread")
CIVIC_PORTAL_WEBHOOKS_TO_PRIVATE_ADDRESSES = env.boolean("WEBHOOKS_TO_PRIVATE_ADDRESSES", False)

# Browser security policies
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *env.origins(CIVIC_PORTAL_MAP_TILE_URL)],
        "font-src": [SELF],
        "frame-src": [SELF, "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
# For Wagtail's admin and the API's documentation, whose inline scripts and styles have no nonces.
RELAXED_CSP = {
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:", *env.origins(CIVIC_PORTAL_MAP_TILE_URL)],
    "frame-src": [SELF],
}
PERMISSIONS_POLICY = {
    "accelerometer": [],
    "camera": [],
    "geolocation": ["self"],
    "gyroscope": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "axes": {"level": "WARNING"},
        # The immediate task backend reports exceptions only through this logger.
        "django_tasks": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
