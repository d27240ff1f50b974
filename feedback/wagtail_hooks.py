from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.widgets import Button
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

from .models import Comment
from .moderation import bulk_actions
from .moderation.viewsets import CommentViewSet, RatingViewSet, count_waiting_for
from .pages import has_feedback

register_snippet(CommentViewSet)
register_snippet(RatingViewSet)

for action in (*bulk_actions.DECISION_ACTIONS, bulk_actions.EraseBulkAction):
    # After Wagtail's own, one of which is replaced.
    hooks.register("register_bulk_action", action, order=10)


@hooks.register("register_admin_urls")
def register_undo_url():
    return [
        path(
            "comments/undo/<str:token>/",
            bulk_actions.undo_decisions,
            name="undo_comment_decisions",
        )
    ]


@hooks.register("register_snippet_listing_buttons")
def add_decision_buttons(instance, user, next_url=None):
    """Add the buttons approve, reject and spam to each comment of the list."""
    if not isinstance(instance, Comment):
        return
    policy = policy_registry.get_by_type(Comment)
    if not policy.user_has_permission(user, "change"):
        return
    for action in bulk_actions.DECISION_ACTIONS:
        if instance.status != action.status:
            address = reverse(
                "wagtail_bulk_action",
                args=[Comment._meta.app_label, Comment._meta.model_name, action.action_type],
            )
            yield Button(
                action.display_name,
                f"{address}?id={instance.pk}&next={next_url}",
                priority=action.action_priority,
            )


class WaitingComments(SummaryItem):
    """Summary item of the admin's home: the number of comments the user should decide on."""

    order = 400
    template_name = "civic_feedback/admin/summary.html"

    def get_context_data(self, parent_context):
        return {
            "number": count_waiting_for(self.request.user),
            "address": reverse(CommentViewSet.model.snippet_viewset.get_url_name("list")),
        }

    def is_shown(self):
        policy = policy_registry.get_by_type(Comment)
        return policy.user_has_permission(self.request.user, "change")


@hooks.register("construct_homepage_summary_items")
def add_waiting_comments(request, items):
    items.append(WaitingComments(request))


@hooks.register("register_log_actions")
def register_comment_decisions(actions):
    """Register the log actions of moderation with their labels."""
    for name, label, message in (
        ("approve", _("Approve"), _("Comment approved")),
        ("reject", _("Reject"), _("Comment rejected")),
        ("spam", _("Mark as spam"), _("Comment marked as spam")),
        ("reopen", _("Put back"), _("Comment put back into the queue")),
        ("erase", _("Erase"), _("Comment erased with its author's data")),
    ):
        actions.register_action(f"civic_feedback.comment.{name}", label, message)


@hooks.register("on_serve_page")
def prevent_caching_of_messages(serve):
    """Mark a page with a message to one reader (`?posted=`) as not cacheable."""

    def serving(page, request, args, kwargs):
        response = serve(page, request, args, kwargs)
        if "posted" in request.GET and has_feedback(type(page)):
            add_never_cache_headers(response)
        return response

    return serving
