"""Decide the status of a new comment by the settings of its site."""

from typing import NamedTuple
from uuid import UUID

from django.utils.module_loading import import_string
from wagtail.models import Page

from ..conf import conf
from ..models import Comment, CommentSettings


class Post(NamedTuple):
    """A new comment with a solved proof of work, as judges get it."""

    page: Page
    policy: CommentSettings
    visitor: UUID
    name: str
    email: str
    body: str


def initial_status(post: Post) -> Comment.Status:
    """Return the status of a comment by the function that `CIVIC_PORTAL_COMMENT_JUDGE` names."""
    return Comment.Status(import_string(conf.COMMENT_JUDGE)(post))


def judge(post: Post) -> Comment.Status:
    """
    Return the status of a comment by its site's settings: held words, policy, trusted visitors.

    This is the default judge; a project's own judge can call it.
    """
    policy = post.policy
    if policy.holds(f"{post.name}\n{post.body}"):
        return Comment.Status.PENDING
    if policy.policy == policy.Policy.PUBLISH_FIRST:
        return Comment.Status.APPROVED
    if policy.trusted_after:
        # Each site trusts those whom its own moderators approved.
        mine = Comment.objects.of_site(post.page.get_site()).filter(visitor=post.visitor)
        approved = mine.approved()[: policy.trusted_after]
        if len(approved) == policy.trusted_after:
            return Comment.Status.APPROVED
    return Comment.Status.PENDING
