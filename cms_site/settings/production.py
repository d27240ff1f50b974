"""Settings for production; missing required variables stop the start."""

from .. import env
from .base import *  # noqa: F403
from .base import STORAGES

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALTCHA_HMAC_SECRET = env.derived_secret(SECRET_KEY, "altcha")
ALLOWED_HOSTS = env.text_list("ALLOWED_HOSTS") or [env.text("ALLOWED_HOSTS")]
WAGTAILADMIN_BASE_URL = env.text("BASE_URL")
CSRF_TRUSTED_ORIGINS = env.text_list("CSRF_TRUSTED_ORIGINS")

# TLS ends at the proxy, which sets X-Forwarded-Proto, or at the server itself.
if TLS := env.boolean("TLS", True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
# HSTS for this host. Subdomains and preloading are the domain owner's decision, because neither can
# be revoked for months.
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 31_536_000) if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS and env.boolean("HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = TLS and env.boolean("HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS

# Ten requests a second: more than a front end sends, far fewer than a server can answer.
CIVIC_PORTAL_API_RATE = env.text("API_RATE", "600/m")

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "webmaster@localhost")
