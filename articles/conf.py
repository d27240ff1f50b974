"""Settings of the app `articles` (`CIVIC_PORTAL_ARTICLE_…`)."""

from headless.conf import Setting


class ArticlesSettings:
    """Settings read as `conf.NAME` and set as `CIVIC_PORTAL_<NAME>`."""

    ARTICLE_BLOCKS = Setting(
        dict[str, str],
        {},
        "Additional blocks of an article's body: dotted paths of block classes by block name.",
    )
    ARTICLE_PANELS = Setting(
        list[str],
        [],
        "Additional panels of the article's form: names of relations from models of the project "
        "to articles.",
    )
    ARTICLE_API_FIELDS = Setting(
        list[str], [], "Additional fields of an article in both APIs: names of such relations."
    )


conf = ArticlesSettings()
