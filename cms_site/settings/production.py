"""For the open internet: refuses to start without what it needs."""

from cms_site import env

from .base import *  # noqa: F403
from .base import STORAGES

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALTCHA_HMAC_SECRET = env.derived_secret(SECRET_KEY, "altcha")
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS") or [env.text("ALLOWED_HOSTS")]
WAGTAILADMIN_BASE_URL = env.text("BASE_URL")
CSRF_TRUSTED_ORIGINS = env.listed("CSRF_TRUSTED_ORIGINS")

# TLS ends at the proxy, which says so; without a proxy, at the server itself.
if TLS := env.switch("TLS", True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "webmaster@localhost")
