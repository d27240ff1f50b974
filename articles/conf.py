"""What a project may set of articles."""

from headless.conf import Setting


class ArticlesSettings:
    """Read as `conf.NAME`; set as `CIVIC_PORTAL_<NAME>`."""

    ARTICLE_BLOCKS = Setting(
        dict[str, str],
        {},
        "More blocks of an article's text: dotted paths of block classes by the blocks' names.",
    )
    ARTICLE_PANELS = Setting(
        list[str],
        [],
        "More panels of an article's form: names of relations that a model of the project has to "
        "articles.",
    )
    ARTICLE_API_FIELDS = Setting(
        list[str], [], "More fields of an article in both APIs, by name: of such relations."
    )


conf = ArticlesSettings()
