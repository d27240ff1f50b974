"""Settings of the test suite: temporary files, in-memory mail, cheap hashes."""

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
# Write each hit immediately: a thread would not see the data of a test's transaction.
CIVIC_PORTAL_VISITS_FLUSH_SECONDS = 0
# Tests change settings, the clock and code, of which no content version tells: those of kept answers
# set it themselves.
CIVIC_PORTAL_PAGE_CACHE_MB = 0
# Only tests send webhooks.
CIVIC_PORTAL_WEBHOOKS_SENT_BY = "command"
