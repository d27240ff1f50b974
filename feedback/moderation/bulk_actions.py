"""Bulk actions on comments, and undoing a decision."""

import secrets
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from headless.conf import shared_cache

from ..models import Comment
from ..services import decide
from .erasure import erase_reader
from .filters import CommentFilterSet

UNDO_SECONDS = 3600
# More would lock the comments of a page for too long.
MOST_AT_ONCE = 500


def keys_in(asked) -> list[int]:
    """Return the primary keys in a query string, without those that no database can hold."""
    return [
        int(key) for key in map(str, asked) if key.isascii() and key.isdigit() and len(key) < 19
    ]


def store_undo_token(user, changed) -> str:
    """Store what a decision changed for an hour; return the token that undoes it."""
    token = secrets.token_urlsafe(16)
    shared_cache.set(f"feedback.undo:{token}", (user.pk, changed), UNDO_SECONDS)
    return token


def undo_button(user, changed):
    return messages.button(
        reverse("undo_comment_decisions", args=[store_undo_token(user, changed)]), _("Undo")
    )


def undo_decisions(request, token):
    """Restore the status of comments after confirmation, except those decided on since."""
    owner, changed = shared_cache.get(f"feedback.undo:{token}") or (None, {})
    if owner is None:
        raise Http404(_("This can no longer be undone."))
    if owner != request.user.pk:
        raise PermissionDenied
    policy = policy_registry.get_by_type(Comment)
    mine = policy.instances_user_has_permission_for(request.user, "change")
    rows = mine.filter(pk__in=changed).values_list("pk", "status")
    decisions = {pk: changed[pk][0] for pk, status in rows if status == changed[pk][1]}
    if request.method == "POST":
        settled = {pk: changed[pk][2] for pk in decisions}
        decide(decisions=decisions, moderator=request.user, reports=settled)
        shared_cache.delete(f"feedback.undo:{token}")
        messages.success(
            request,
            ngettext(
                "%(count)d comment is as it was before.",
                "%(count)d comments are as they were before.",
                len(decisions),
            )
            % {"count": len(decisions)},
        )
        return redirect(reverse(Comment.snippet_viewset.get_url_name("list")))
    comments = Comment.objects.filter(pk__in=decisions).select_related("page")
    return render(request, "civic_feedback/admin/undo.html", {"comments": comments})


class CommentBulkAction(SnippetBulkAction):
    """Base of actions on the selected comments, or on all that match the list's filters."""

    template_name = "civic_feedback/admin/bulk.html"
    question = ""
    explanation = ""

    @classproperty
    def models(cls):
        return [Comment]

    @classmethod
    def get_queryset(cls, model, object_ids):
        found = Comment.objects.filter(pk__in=keys_in(object_ids))
        return list(found.select_related("page", "parent").newest_first()[:MOST_AT_ONCE])

    def get_all_objects_in_listing_query(self, parent_id):
        policy = policy_registry.get_by_type(Comment)
        shown = policy.instances_user_has_permission_for(self.request.user, "change")
        asked = QueryDict(urlsplit(self.next_url).query)
        shown = CommentFilterSet(asked, queryset=shown, request=self.request).qs
        if words := asked.get("q"):
            shown = shown.with_contact_for(self.request.user).containing(words)
        return shown.newest_first().values_list("pk", flat=True)[:MOST_AT_ONCE]

    def check_perm(self, comment):
        return comment.pk in self.permitted

    @cached_property
    def permitted(self) -> set[int]:
        """The primary keys of requested comments that this moderator may change."""
        mine = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        asked = self.request.GET.getlist("id")
        if "all" in asked:
            asked = list(self.get_all_objects_in_listing_query(None))
        return set(mine.filter(pk__in=keys_in(asked)).values_list("pk", flat=True))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            question=self.question,
            explanation=self.explanation,
            button=self.display_name,
            serious="serious" in self.classes,
            **kwargs,
        )


class DecisionBulkAction(CommentBulkAction):
    """Set the status of comments; the success message has a button to undo it."""

    status = ""

    @classmethod
    def execute_action(cls, objects, self=None, **kwargs):
        decisions = {comment.pk: cls.status for comment in objects}
        changed = decide(decisions=decisions, moderator=self.request.user)
        if changed:
            message = ngettext(
                "%(count)d comment: %(status)s.", "%(count)d comments: %(status)s.", len(changed)
            )
            messages.success(
                self.request,
                message % {"count": len(changed), "status": Comment.Status(cls.status).label},
                buttons=[undo_button(self.request.user, changed)],
            )
        return len(changed), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return None


class ApproveBulkAction(DecisionBulkAction):
    display_name = gettext_lazy("Approve")
    action_type = "approve"
    aria_label = gettext_lazy("Approve the selected comments")
    action_priority = 10
    status = "approved"
    question = gettext_lazy("Show these comments to all readers?")


class RejectBulkAction(DecisionBulkAction):
    display_name = gettext_lazy("Reject")
    action_type = "reject"
    aria_label = gettext_lazy("Reject the selected comments")
    action_priority = 20
    status = "rejected"
    question = gettext_lazy("Keep these comments from readers?")


class SpamBulkAction(DecisionBulkAction):
    display_name = gettext_lazy("Spam")
    action_type = "spam"
    aria_label = gettext_lazy("Mark the selected comments as spam")
    action_priority = 30
    status = "spam"
    question = gettext_lazy("Mark these comments as spam?")


DECISION_ACTIONS = (ApproveBulkAction, RejectBulkAction, SpamBulkAction)


class EraseBulkAction(CommentBulkAction):
    """Erase comments with their authors' data; replaces Wagtail's bulk deletion."""

    display_name = gettext_lazy("Erase")
    action_type = "delete"
    aria_label = gettext_lazy("Erase the selected comments with their authors' data")
    action_priority = 40
    classes = {"serious"}
    question = gettext_lazy("Erase these comments for good?")
    explanation = gettext_lazy(
        "At the request of the person who wrote them. Name, e-mail address, text and the person's "
        "ratings of these pages are deleted; this cannot be undone. Replies of others stay."
    )

    @classmethod
    def execute_action(cls, objects, self=None, **kwargs):
        visitors = {comment.visitor for comment in objects if comment.visitor}
        keys = {comment.page.translation_key for comment in objects}
        erased, _ratings = erase_reader(
            comments=objects,
            visitors=visitors,
            translation_keys=keys,
            moderator=self.request.user,
        )
        return erased, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return ngettext(
            "%(count)d comment was erased.", "%(count)d comments were erased.", num_parent_objects
        ) % {"count": num_parent_objects}
