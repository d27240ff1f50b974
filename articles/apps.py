"""Configuration of the app: signals, registries and system checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Articles, their lists, feeds and API operations."""

    name = "articles"
    label = "civic_articles"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register the app's API routes, search, citations, feedback, taxonomies and checks."""
        from django.core.checks import register
        from django.db.models.signals import pre_save

        from headless.extending import (
            register_citation_extractor,
            register_feedback,
            register_link_chooser,
            register_list_prefetch,
            register_router,
            register_search_kind,
            register_statistics_page_type,
            register_taxonomy,
        )

        from .api import router
        from .checks import check_required_apps
        from .extraction import ArticleExtractor
        from .list_prefetch import prefetch_articles
        from .models import ArticlePage
        from .search import ArticleSearch
        from .signals import set_published_at
        from .taxonomies import used_categories, used_tags

        # First, because it raises a clear error when INSTALLED_APPS are in the wrong order.
        register_router("/", router)
        register_citation_extractor(ArticlePage, ArticleExtractor())
        register_feedback(ArticlePage, since="published_at", schema_type="NewsArticle")
        register(check_required_apps)
        register_search_kind("articles", ArticleSearch())
        register_taxonomy("categories", used_categories)
        register_taxonomy("tags", used_tags)
        register_list_prefetch(ArticlePage, prefetch_articles)
        register_link_chooser("choose_article:choose", _("Article"))
        register_statistics_page_type(ArticlePage)
        # Without a sender, since that would leave out subclasses of other projects.
        pre_save.connect(set_published_at)
