"""Tell the editor of a page why a moderator returned it."""

from django.http import HttpRequest
from django.template.defaultfilters import linebreaks_filter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState


def tell_why_returned(request: HttpRequest, page: Page) -> None:
    """
    Show why a page was returned, above its form (hook `before_edit_page`).

    A form that is posted and refused shows it itself, in the override of its template: a message
    would be shown on the next page if the form is accepted.
    """
    if request.method == "GET" and (note := why_returned(page)):
        messages.warning(request, note)


def why_returned(page: Page) -> str:
    """
    Return, as HTML, who returned a page in its workflow, when and with which comment.

    "" once the page is submitted again or its workflow has ended.
    """
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    if state.current_task_state is None:  # The task was deleted.
        return ""
    task = state.current_task_state.specific
    sentence = _("Returned for changes by %(moderator)s on %(moment)s.") % {
        "moderator": _name(task.finished_by),
        "moment": date_format(timezone.localtime(task.finished_at), "DATETIME_FORMAT"),
    }
    comment = linebreaks_filter(task.get_comment())
    return format_html("<strong>{}</strong> {}", sentence, comment)


def _name(user):
    if user is None:
        return _("an account that was deleted")
    return user.get_full_name() or user.get_username()
