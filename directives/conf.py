"""Settings of the app `directives`."""

from headless.conf import Setting


class DirectivesSettings:
    """Settings read as `conf.NAME` and set as `CIVIC_PORTAL_<NAME>`."""

    RECOGNISERS = Setting(
        list[str],
        ["directives.citations.find_citations"],
        "Dotted paths of the functions that find citations in a text, by descending priority.",
    )


conf = DirectivesSettings()
