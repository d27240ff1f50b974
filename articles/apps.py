from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.core.checks import register

        from directives.extraction import register_extractor
        from headless.extending import register_feedback
        from headless.preparation import register_preparation
        from headless.routers import register_router
        from headless.search import register_search_kind
        from headless.taxonomies import register_taxonomy

        from .api import router
        from .checks import check_companions
        from .extraction import ArticleExtractor
        from .models import ArticlePage
        from .preparation import prepare_articles
        from .search import ArticleSearch
        from .taxonomies import used_categories, used_tags

        # First of all: it refuses a start in another order, which the others would fail on.
        register_router("/", router)
        register_extractor(ArticlePage, ArticleExtractor())
        register_feedback(ArticlePage, since="published_at", schema_type="NewsArticle")
        register(check_companions)
        register_search_kind("articles", ArticleSearch())
        register_taxonomy("categories", used_categories)
        register_taxonomy("tags", used_tags)
        register_preparation(ArticlePage, prepare_articles)
