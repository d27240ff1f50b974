"""What a project may set of official documents and of finding them in texts."""

from headless.conf import Setting


class DirectivesSettings:
    """Read as `conf.NAME`; set as `CIVIC_PORTAL_<NAME>`."""

    RECOGNISERS = Setting(
        list[str],
        ["directives.citations.find_citations"],
        "Dotted paths of the functions that find citations in a text, in order of preference.",
    )


conf = DirectivesSettings()
