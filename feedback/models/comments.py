from django.conf import settings
from django.contrib.admin import display
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ..querysets import CommentQuerySet
from .ratings import STARS


class Comment(models.Model):
    """
    A reader's comment on a page, or a reply to another comment.

    The author's name is public. E-mail address, random visitor id and network hash are for
    moderators, and are cleared after the site's retention period.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        SPAM = "spam", _("Spam")

    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("in reply to"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="replies",
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    body = models.TextField(_("comment"), blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    verified = models.BooleanField(
        _("verified"),
        default=False,
        help_text=_("Whether the comment came with a valid proof of work."),
    )
    visitor = models.UUIDField(_("visitor"), null=True, blank=True)
    network = models.CharField(_("hash of the network"), max_length=32, blank=True)
    reports = models.PositiveIntegerField(_("reports"), default=0)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("moderator"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    # Otherwise each comment would write to the reference index and invalidate all caches.
    wagtail_reference_index_ignore = True
    content_version_ignore = True

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader comment")
        verbose_name_plural = _("reader comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["pending", "approved", "rejected", "spam"]),
                name="comment_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__in=STARS),
                name="comment_stars_from_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="comment_is_no_reply_to_itself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["page", "status", "created_at", "id"],
                condition=Q(parent__isnull=True),
                name="comment_threads",
            ),
            models.Index(fields=["status", "-created_at", "-id"], name="comment_queue"),
            models.Index(fields=["-created_at", "-id"], name="comment_newest"),
            models.Index(fields=["visitor", "status"], name="comment_visitor"),
            models.Index(fields=["email"], condition=~Q(email=""), name="comment_email"),
            models.Index(
                fields=["-created_at"], condition=Q(reports__gt=0), name="comment_reported"
            ),
        ]

    def __str__(self):
        # Stands in logs, which outlive what a reader asks us to erase: no words of theirs.
        return f"#{self.pk}"

    @property
    def is_erased(self):
        """Whether the author's data were erased; the comment stays because it has replies."""
        return not self.body

    @property
    @display(description=_("Comment"))
    def excerpt(self):
        """The beginning of the text, for lists in the admin."""
        return Truncator(" ".join(self.body.split())).chars(90) or str(self)

    @property
    def anchor(self):
        return f"comment-{self.pk}"


class CommentCount(models.Model):
    """
    The number of public comments on a page, with replies, and of threads.

    `version` rises whenever the public comments change, even if their number does not.
    """

    page = models.OneToOneField(
        Page,
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        # For queries alone: a page is read with its figures, and has no attribute of that name.
        related_query_name="civic_comment_count",
    )
    comments = models.PositiveIntegerField(_("comments"), default=0)
    threads = models.PositiveIntegerField(_("threads"), default=0)
    version = models.PositiveBigIntegerField(_("version number"), default=0, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("number of comments")
        verbose_name_plural = _("numbers of comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(threads__lte=F("comments")), name="commentcount_threads_are_comments"
            )
        ]

    def __str__(self):
        return f"{self.page_id}: {self.comments}"


class CommentReport(models.Model):
    """A visitor's report of an improper comment; each visitor counts once."""

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="+"
    )
    visitor = models.UUIDField(_("visitor"))
    created_at = models.DateTimeField(_("reported at"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report of a comment")
        verbose_name_plural = _("reports of comments")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "visitor"], name="commentreport_once_per_visitor"
            )
        ]
        indexes = [models.Index(fields=["visitor"], name="commentreport_visitor")]

    def __str__(self):
        return f"#{self.comment_id}"
