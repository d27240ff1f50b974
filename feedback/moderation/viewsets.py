from django.contrib.admin.utils import unquote
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import (
    EditView,
    HistoryView,
    IndexView,
    InspectView,
    SnippetViewSet,
    UsageView,
)

from ..models import Comment, Rating
from ..services import decide
from .bulk_actions import undo_button
from .filters import CommentFilterSet
from .reports import COMMENT_FIELDS

EARLIER = 10
# The e-mail address as `CommentQuerySet.with_contact_for` shows it.
CONTACT = "contact"


def count_waiting_for(user):
    """Return the number of waiting comments that `user` may decide on."""
    policy = policy_registry.get_by_type(Comment)
    return policy.instances_user_has_permission_for(user, "change").waiting().count()


class CommentMenuItem(MenuItem):
    """Menu item of the moderation desk, with the number of waiting comments."""

    def is_shown(self, request):
        policy = policy_registry.get_by_type(Comment)
        return policy.user_has_any_permission(request.user, {"view", "change"})

    def render_component(self, request):
        number = count_waiting_for(request.user)
        label = f"({number}) {self.label}" if number else str(self.label)
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )


class ReaderPanel(Panel):
    """Panel with the comment, its author, its page and the author's earlier comments."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_feedback/admin/comment.html"

        def get_context_data(self, parent_context=None):
            """
            Add `comment`, its `contact` and `page`, and `earlier`: what the same person wrote where this moderator may read.
            """
            context = super().get_context_data(parent_context)
            comment, user = self.instance, self.request.user
            policy = policy_registry.get_by_type(Comment)
            mine = policy.instances_user_has_permission_for(user, "view").with_contact_for(user)
            earlier = mine.filter(visitor=comment.visitor) if comment.visitor else mine.none()
            if comment.email:
                earlier |= mine.filter(contact=comment.email)
            context["comment"] = comment
            # Only moderators of its page reach this panel.
            context["contact"] = comment.email
            context["page"] = comment.page.specific
            context["earlier"] = (
                earlier.exclude(pk=comment.pk).select_related("page").newest_first()[:EARLIER]
            )
            return context


class CommentIndexView(IndexView):
    """List and export of comments."""

    list_export = [CONTACT if name == "email" else name for name in COMMENT_FIELDS]
    export_headings = COMMENT_FIELDS | {CONTACT: COMMENT_FIELDS["email"]}

    def search_queryset(self, queryset):
        return queryset.containing(self.search_query) if self.search_query else queryset


class PermittedCommentMixin:
    """Mixin: a view of one comment, for users with permission to view it."""

    def get_object(self, queryset=None):
        policy = policy_registry.get_by_type(Comment)
        user = self.request.user
        mine = policy.instances_user_has_permission_for(user, "view").with_contact_for(user)
        return get_object_or_404(
            mine.select_related("page", "parent"), pk=unquote(str(self.kwargs["pk"]))
        )


class CommentHistoryView(PermittedCommentMixin, HistoryView):
    """History of decisions on a comment."""


class CommentUsageView(PermittedCommentMixin, UsageView):
    """Nothing refers to comments; the view says so."""


class CommentEditView(EditView):
    """Form for the decision on one comment; its text cannot be edited."""

    success_message = gettext_lazy("The comment is now: %(status)s.")

    def get_object(self, queryset=None):
        policy = policy_registry.get_by_type(Comment)
        mine = policy.instances_user_has_permission_for(self.request.user, self.permission_required)
        get_object_or_404(mine, pk=self.object_pk)
        return super().get_object(queryset)

    def save_instance(self):
        comment = self.form.instance
        decisions = {comment.pk: self.form.cleaned_data["status"]}
        self.changed = decide(decisions=decisions, moderator=self.request.user)
        comment.refresh_from_db()
        return comment

    def get_success_message(self):
        return self.success_message % {"status": self.object.get_status_display()}

    def get_success_buttons(self):
        buttons = super().get_success_buttons()
        return [*buttons, undo_button(self.request.user, self.changed)] if self.changed else buttons


class CommentInspectView(PermittedCommentMixin, InspectView):
    """Read-only view of a comment for users who may not decide on it."""

    template_name = "civic_feedback/admin/inspect.html"

    def get_fields(self):
        return []

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            comment=self.object,
            contact=self.object.contact,
            page=self.object.page.specific,
            earlier=[],
            **kwargs,
        )


class UnchosenViewSet(SnippetViewSet):
    """
    Snippets that nothing links to.

    They have no chooser, which would list those of all sites to whoever may enter the admin.
    """

    def register_chooser_viewset(self):
        return None


class CommentViewSet(UnchosenViewSet):
    """The moderation desk: readers' comments, newest first."""

    model = Comment
    icon = "comment"
    menu_label = gettext_lazy("Reader comments")
    menu_name = "reader-comments"
    menu_order = 250
    add_to_admin_menu = True
    menu_item_class = CommentMenuItem
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = CommentIndexView
    edit_view_class = CommentEditView
    inspect_view_class = CommentInspectView
    history_view_class = CommentHistoryView
    usage_view_class = CommentUsageView
    index_template_name = "civic_feedback/admin/list.html"
    inspect_template_name = "civic_feedback/admin/inspect.html"
    filterset_class = CommentFilterSet
    search_fields = ["body", "name", CONTACT, "page__title"]
    search_backend_name = None
    ordering = ["-created_at"]
    list_per_page = 50
    export_filename = "comments"
    list_display = [
        "excerpt",
        Column("page", label=gettext_lazy("Page")),
        Column("name", label=gettext_lazy("Name"), sort_key="name"),
        Column("stars", label=gettext_lazy("Stars"), sort_key="stars"),
        StatusTagColumn(
            "status",
            label=gettext_lazy("Status"),
            accessor="get_status_display",
            sort_key="status",
            primary=lambda comment: comment.status == Comment.Status.APPROVED,
        ),
        Column("reports", label=gettext_lazy("Reports"), sort_key="reports"),
        DateColumn("created_at", label=gettext_lazy("Written"), sort_key="created_at"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("status", heading=gettext_lazy("Decision")),
            ReaderPanel(heading=gettext_lazy("Comment")),
        ]
    )

    @cached_property
    def menu_url(self):
        return reverse_lazy(self.get_url_name("list"))

    def get_queryset(self, request):
        policy = policy_registry.get_by_type(Comment)
        mine = policy.instances_user_has_any_permission_for(request.user, {"view", "change"})
        return mine.select_related("page").with_contact_for(request.user)


class RatingViewSet(UnchosenViewSet):
    """Read-only list of ratings."""

    model = Rating
    icon = "pick"
    menu_label = gettext_lazy("Ratings")
    copy_view_enabled = False
    ordering = ["-created_at"]
    list_filter = {"stars": ["exact"], "created_at": ["date"]}
    list_per_page = 50
    list_display = [
        "__str__",
        Column("page_title", label=gettext_lazy("Page")),
        Column("stars", label=gettext_lazy("Stars"), sort_key="stars"),
        DateColumn("created_at", label=gettext_lazy("Rated"), sort_key="created_at"),
    ]

    def get_queryset(self, request):
        policy = policy_registry.get_by_type(Rating)
        pages = Page.objects.filter(translation_key=OuterRef("translation_key"))
        title = pages.order_by("pk").values("title")[:1]
        mine = policy.instances_user_has_permission_for(request.user, "view")
        return mine.annotate(page_title=Subquery(title))
