"""
Values that no script of Wagtail 8.0.1's editor posts, as a program that fills in forms sends them.

Blocks come with their number, each with its place, rich text as JSON of its editor, a chooser's
choice as an id, a row with its place. The widgets rely on it: anything else is a server error while
they read it, or while the refused form is shown again. A chooser that makes no objects has an
address for making them, whose view fails without its form. There is no issue yet.
"""

from functools import wraps

from django.core.exceptions import BadRequest, ValidationError
from django.forms.formsets import ORDERING_FIELD_NAME
from django.http import Http404
from modelcluster.forms import BaseTransientModelFormSet
from wagtail.admin.panels import InlinePanel
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.views.generic.chooser import CreateViewMixin
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks.base import BlockWidget

NO_ID = (ValueError, TypeError, OverflowError, ValidationError)
UNREADABLE = (*NO_ID, LookupError, AttributeError, RecursionError)


def install() -> None:
    """Refuse the request if a widget cannot read it, and show no choice for what is no id."""
    for widget in (BlockWidget, DraftailRichTextArea):
        widget.value_from_datadict = _refusing(widget.value_from_datadict)
    BaseChooser.get_instance = _finding(BaseChooser.get_instance)
    InlinePanel.BoundPanel.__init__ = _placing_rows(InlinePanel.BoundPanel.__init__)
    BaseTransientModelFormSet._construct_form = _naming_rows(
        BaseTransientModelFormSet._construct_form
    )
    CreateViewMixin.dispatch = _with_a_form(CreateViewMixin.dispatch)


def _refusing(value_from_datadict):
    @wraps(value_from_datadict)
    def read(widget, data, files, name):
        """Return the posted value; raise BadRequest (400) if it is not of the editor's form."""
        try:
            return value_from_datadict(widget, data, files, name)
        except UNREADABLE as error:
            raise BadRequest(f"{name} is not what the editor posts.") from error

    return read


def _finding(get_instance):
    @wraps(get_instance)
    def find(widget, value):
        """Return the chosen object; None if there is none, also if `value` is no id."""
        try:
            return get_instance(widget, value)
        except NO_ID:
            return None

    return find


def _placing_rows(init):
    @wraps(init)
    def bind(bound, *, panel, form, **kwargs):
        """Sort the rows of a valid formset also if one, empty and without a place, was not cleaned."""
        formset = form.formsets[panel.relation_name] if form is not None else None
        if formset is not None and formset.can_order and formset.is_valid():
            for row in formset.forms:
                row.cleaned_data.setdefault(ORDERING_FIELD_NAME, None)
        init(bound, panel=panel, form=form, **kwargs)

    return bind


def _naming_rows(construct_form):
    @wraps(construct_form)
    def construct(formset, i, **kwargs):
        """Return the form of a row; raise BadRequest (400) if a stored one is posted without its id."""
        if formset.is_bound and i < formset.initial_form_count():
            key = formset.model._meta.pk
            name = f"{formset.add_prefix(i)}-{key.name}"
            try:
                key.to_python(formset.data[name] or None)
            except (*NO_ID, LookupError) as error:
                raise BadRequest(f"{name} is no id of a row.") from error
        return construct_form(formset, i, **kwargs)

    return construct


def _with_a_form(dispatch):
    @wraps(dispatch)
    def respond(view, request, *args, **kwargs):
        """Answer the chooser's form for a new object; raise Http404 if the chooser has none."""
        if view.can_create() and view.get_creation_form_class() is None:
            raise Http404("This chooser makes no objects.")
        return dispatch(view, request, *args, **kwargs)

    return respond
