from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    label = "civic_feedback"
    verbose_name = _("Readers' feedback")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.core.checks import register
        from wagtail.api import APIField
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from headless.extending import (
            PagePart,
            register_list_prefetch,
            register_live_versions,
            register_page_field,
            register_page_figures,
            register_page_part,
            register_router,
            register_written_relation,
        )

        from .api import router
        from .checks import check_required_apps, check_urls
        from .counts.figures import FEEDBACK, describe_figures, feedback_versions
        from .fields import CommentsOpenField, FeedbackField, RatingsOpenField
        from .models import Comment, Rating
        from .moderation.permissions import FeedbackPermissionPolicy, RatingPermissionPolicy
        from .moderation.signals import delete_ratings_of_page, notify_of_waiting_comment
        from .page_feedback import is_shown, render_feedback
        from .pages import has_feedback, prefetch_feedback
        from .services import comment_waits

        # First of all: it refuses a start in another order, which the others would fail on.
        register_router("/", router)
        register_page_field(APIField("feedback", serializer=FeedbackField()), has_feedback)
        register_page_field(APIField("comments_open", serializer=CommentsOpenField()), has_feedback)
        register_page_field(APIField("ratings_open", serializer=RatingsOpenField()), has_feedback)
        register_written_relation("feedback_modes", has_feedback)
        register_page_figures("feedback", describe_figures)
        register_page_part(PagePart(render_feedback, is_shown, ("civic_feedback/comments.css",)))
        register_list_prefetch(Page, prefetch_feedback)
        register_live_versions(FEEDBACK, feedback_versions)
        register_permission_policy(Comment, FeedbackPermissionPolicy(Comment))
        register_permission_policy(Rating, RatingPermissionPolicy(Rating))
        register(check_urls)
        register(check_required_apps)
        post_delete.connect(delete_ratings_of_page, sender=Page)
        comment_waits.connect(notify_of_waiting_comment)
