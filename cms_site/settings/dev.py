"""Settings for local development: a generated secret and detailed error pages."""

from .. import env
from .base import *  # noqa: F403

DEBUG = env.boolean("DEBUG", True)
SECRET_KEY = env.development_secret()
ALTCHA_HMAC_SECRET = env.derived_secret(SECRET_KEY, "altcha")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", ".localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
