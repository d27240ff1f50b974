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
        from headless.routers import register_router
        from headless.search import register_search_kind

        from .api import router
        from .checks import check_addresses, check_companions
        from .extraction import ArticleExtractor
        from .models import ArticlePage, Comment, Rating
        from .permissions import FeedbackPermissionPolicy, RatingPermissionPolicy
        from .search import ArticleSearch
        from .services import comment_waits
        from .signals import forget_on_delete, tell_of_waiting_comment

        register_router("/", router)
        register_extractor(ArticlePage, ArticleExtractor())
        post_delete.connect(forget_on_delete, sender=ArticlePage)
        comment_waits.connect(tell_of_waiting_comment, sender=ArticlePage)
        register_permission_policy(Comment, FeedbackPermissionPolicy(Comment))
        register_permission_policy(Rating, RatingPermissionPolicy(Rating))
        register(check_addresses)
        register(check_companions)
        register_search_kind("articles", ArticleSearch())
