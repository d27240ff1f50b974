"""For the test suite: nothing that outlives it, nothing slow that is not tested."""

import tempfile

from .. import env
from .base import *  # noqa: F403

SECRET_KEY = "only for tests"  # noqa: S105
ALTCHA_HMAC_SECRET = env.derived_secret(SECRET_KEY, "altcha")
ALLOWED_HOSTS = ["*"]
DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-media-")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALTCHA_CHALLENGE = {"cost": 50, "max_number": 20}
# Each hit is written at once: a thread of its own would not see what a test's transaction holds.
CIVIC_PORTAL_VISITS_FLUSH_SECONDS = 0
# Nothing is sent but where a test sends it.
CIVIC_PORTAL_WEBHOOKS_SENT_BY = "command"
