from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.core.checks import register
        from django.db.models.signals import post_delete
        from wagtail.permissions import register_permission_policy

        from directives.extraction import register_extractor
        from headless.caching import register_live_part
        from headless.preparation import register_preparation
        from headless.routers import register_router
        from headless.search import register_search_kind
        from headless.taxonomies import register_taxonomy

        from .api import articles, feedback
        from .checks import check_addresses, check_companions
        from .extraction import ArticleExtractor
        from .models import ArticlePage, Comment, Rating
        from .models.feedback import FEEDBACK, feedback_versions
        from .permissions import FeedbackPermissionPolicy, RatingPermissionPolicy
        from .preparation import prepare_articles
        from .search import ArticleSearch
        from .services import comment_waits
        from .signals import forget_on_delete, tell_of_waiting_comment
        from .taxonomies import used_categories, used_tags

        # First of all: it refuses a start in another order, which the others would fail on.
        register_router("/", articles.router)
        register_router("/", feedback.router)
        register_extractor(ArticlePage, ArticleExtractor())
        post_delete.connect(forget_on_delete, sender=ArticlePage)
        comment_waits.connect(tell_of_waiting_comment, sender=ArticlePage)
        register_permission_policy(Comment, FeedbackPermissionPolicy(Comment))
        register_permission_policy(Rating, RatingPermissionPolicy(Rating))
        register(check_addresses)
        register(check_companions)
        register_search_kind("articles", ArticleSearch())
        register_taxonomy("categories", used_categories)
        register_taxonomy("tags", used_tags)
        register_live_part(FEEDBACK, feedback_versions)
        register_preparation(ArticlePage, prepare_articles)
