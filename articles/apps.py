from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_delete
        from wagtail.permissions import register_permission_policy
        from wagtail.signals import page_published, page_unpublished

        from headless.routers import register_router

        from .api import router
        from .models import ArticlePage, Comment, Rating
        from .permissions import FeedbackPermissionPolicy, RatingPermissionPolicy
        from .services import comment_waits
        from .signals import (
            forget_on_delete,
            forget_on_unpublish,
            record_on_publish,
            tell_of_waiting_comment,
        )

        page_published.connect(record_on_publish, sender=ArticlePage)
        page_unpublished.connect(forget_on_unpublish, sender=ArticlePage)
        post_delete.connect(forget_on_delete, sender=ArticlePage)
        comment_waits.connect(tell_of_waiting_comment, sender=ArticlePage)
        register_permission_policy(Comment, FeedbackPermissionPolicy(Comment))
        register_permission_policy(Rating, RatingPermissionPolicy(Rating))
        register_router("/", router)
