"""
Wagtail 8 takes from a form any id of a page, image or document, also one that its choosers would
not offer to the user who sends it: no issue is reported yet. Choosers are then the only bound, and
whoever writes a request by hand, or over API v3, which uses the same forms, learns titles,
alternative texts and addresses of what is not theirs.
"""

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from functools import wraps

from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField, Model
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page

from ..content.admin.viewers import Viewer

# A model and the key of one of its rows, as text.
Reference = tuple[type[Model], str]

# For whom the page is whose rows are being validated, and what it refers to already: rows are
# given no user.
_validated: ContextVar[tuple[Viewer, frozenset[Reference]] | None] = ContextVar(
    "validated page", default=None
)


def install() -> None:
    """Have every form of the admin refuse references that its user's choosers do not offer."""
    clean = WagtailAdminModelForm.full_clean

    @wraps(clean)
    def full_clean(form):
        above = _validated.get()
        if not form.is_bound or (above is None and form.for_user is None):
            return clean(form)
        viewer, stored = above or (Viewer(form.for_user), frozenset())
        stored |= _references_of(form.instance)
        # Rows are validated here too, so that a reference may move between them and the page.
        token = _validated.set((viewer, stored))
        try:
            clean(form)
            _refuse_new_references(form, viewer, stored)
            for formset in form.formsets.values():
                for row in formset.forms:
                    row.is_valid()
        finally:
            _validated.reset(token)

    WagtailAdminModelForm.full_clean = full_clean


def _refuse_new_references(form, viewer: Viewer, stored: frozenset[Reference]) -> None:
    new = {}
    for name in form.cleaned_data:
        for model, key in set(_references_in(form.instance, name, form.cleaned_data)) - stored:
            new.setdefault(model, {}).setdefault(key, name)
    for model, names in new.items():
        for key in sorted(viewer.refused(model, names)):
            form.add_error(names[key], _refusal(model, key))


def _refusal(model, key):
    message = _("%(kind)s %(id)s is not there, or not among those that you may choose.")
    kind = str(model._meta.verbose_name).capitalize()
    return ValidationError(message, code="invalid_choice", params={"kind": kind, "id": key})


def _references_of(instance: Model) -> frozenset[Reference]:
    """All that `instance` and its rows refer to as they are stored."""
    names = [field.name for field in instance._meta.get_fields() if field.concrete]
    found = {each for name in names for each in _references_in(instance, name)}
    if isinstance(instance, ClusterableModel):
        for relation in get_all_child_relations(instance):
            for row in getattr(instance, relation.get_accessor_name()).all():
                found |= _references_of(row)
    return frozenset(found)


def _references_in(instance: Model, name: str, cleaned: dict | None = None) -> Iterator[Reference]:
    """
    What one field of `instance` refers to; nothing for a name that is no field.

    Many-to-many relations are set only when a form is saved, and read from `cleaned` before.
    """
    field = next((each for each in instance._meta.get_fields() if each.name == name), None)
    if field is None or isinstance(field, ParentalKey):
        return
    if field.many_to_one and field.related_model:
        key = field.value_from_object(instance)
        found = [] if key is None else [(field.related_model, key)]
    elif isinstance(field, ManyToManyField):
        found = [(field.related_model, row.pk) for row in _many(field, instance, cleaned)]
    elif hasattr(field, "extract_references"):
        found = [each[:2] for each in field.extract_references(field.value_from_object(instance))]
    else:
        return
    for model, key in found:
        # A page is the same by whatever type it is referred to.
        yield (Page if issubclass(model, Page) else model), str(key)


def _many(field, instance, cleaned) -> Iterable[Model]:
    if cleaned is not None:
        return cleaned[field.name]
    return getattr(instance, field.name).all() if instance.pk else ()
