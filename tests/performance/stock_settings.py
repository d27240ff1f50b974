"""The test settings with Wagtail's APIs as they come."""

from cms_site.settings.test import *  # noqa: F403
from cms_site.settings.test import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [
    "tests.performance.stock.StockConfig" if app == "headless" else app for app in INSTALLED_APPS
]
MIDDLEWARE = [each for each in MIDDLEWARE if not each.startswith("headless.")]
ROOT_URLCONF = "tests.performance.stock_urls"
