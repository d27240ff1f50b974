"""The portal with an app of an integrator: the worked example of docs/plugin.md."""

from cms_site.settings.test import *  # noqa: F403
from cms_site.settings.test import INSTALLED_APPS

INSTALLED_APPS = ["tests.integrator.weather", "tests.integrator.bulletin", *INSTALLED_APPS]
