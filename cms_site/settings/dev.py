"""For one person on one machine: a secret of its own, details of every error."""

from .. import env
from .base import *  # noqa: F403

DEBUG = env.boolean("DEBUG", True)
SECRET_KEY = env.development_secret()
ALTCHA_HMAC_SECRET = env.derived_secret(SECRET_KEY, "altcha")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", ".localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
