from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .viewsets import CategoryViewSet

register_snippet(CategoryViewSet)


@hooks.register("register_log_actions")
def register_comment_decisions(actions):
    """What moderators do, under names a person reads in the history."""
    for name, label, message in (
        ("approve", _("Approve"), _("Comment approved")),
        ("reject", _("Reject"), _("Comment rejected")),
        ("spam", _("Mark as spam"), _("Comment marked as spam")),
        ("reopen", _("Put back"), _("Comment put back into the queue")),
        ("erase", _("Erase"), _("Comment erased with its author's data")),
    ):
        actions.register_action(f"articles.comment.{name}", label, message)
