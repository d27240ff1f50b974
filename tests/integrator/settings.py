"""The portal with apps of an integrator: the worked examples of docs/plugin.md."""

from cms_site.settings.test import *  # noqa: F403
from cms_site.settings.test import INSTALLED_APPS

INSTALLED_APPS = [
    "town",
    "tests.integrator.weather",
    "tests.integrator.bulletin",
    *INSTALLED_APPS,
]
CIVIC_PORTAL_ARTICLE_BLOCKS = {"timetable": "town.blocks.TimetableBlock"}
CIVIC_PORTAL_ARTICLE_PANELS = ["sponsors"]
CIVIC_PORTAL_ARTICLE_API_FIELDS = ["sponsors"]
CIVIC_PORTAL_RECOGNISERS = [
    "directives.citations.find_citations",
    "town.recogniser.find_conventions",
]
CIVIC_PORTAL_COMMENT_JUDGE = "town.readers.patient_judge"
CIVIC_PORTAL_COMMENT_VERIFICATION = "town.readers.known_or_working"
