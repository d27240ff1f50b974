"""
Workaround for wagtail-localize 1.14: a translation may refer to any row by its id.

`edit_override` stores what is sent for an image, document, page or snippet of the translation as it
comes: it judges neither whether the row is there nor whether a chooser would offer it, and publishing
the translation shows it. There is no upstream issue yet.
"""

from functools import wraps

from django.apps import apps
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from ..content.admin.viewers import Viewer


def install() -> None:
    """Judge references of translations as those of forms are judged."""
    from wagtail_localize.views.edit_translation import edit_override

    edit_override.cls.put = _checked(edit_override.cls.put)


def _checked(put):
    @wraps(put)
    def put_checked(self, request, translation_id, overridable_segment_id):
        from wagtail_localize.models import OverridableSegment

        segment = OverridableSegment.objects.filter(pk=overridable_segment_id).first()
        if "value" not in request.POST:
            raise ValidationError({"value": _("This is missing.")})
        if segment is not None:
            _refuse_foreign_reference(request, segment)
        return put(self, request, translation_id, overridable_segment_id)

    return put_checked


def _refuse_foreign_reference(request, segment) -> None:
    """Raise `ValidationError` if the value is the id of a row that a chooser would not offer."""
    models, key = _models_of(segment), request.POST["value"]
    if not models:
        return
    is_id = key.isascii() and key.isdecimal() and len(key) < 19
    found = [model for model in models if is_id and model.objects.filter(pk=key).exists()]
    viewer = Viewer(request.user)
    if not found or any(viewer.refused(_base(model), [key]) for model in found):
        message = _("There is nothing with the number %(id)s, or you may not choose it.")
        raise ValidationError({"value": message % {"id": key[:19]}})


def _base(model):
    return Page if issubclass(model, Page) else model


def _models_of(segment) -> list:
    """
    Return the models of which the value of a segment may name a row; none if it names nothing.

    The library does not know the type of some nested blocks. Where such a block holds a number,
    that is taken for the id of a page, image or document.
    """
    from wagtail_localize.views.edit_translation import (
        FieldHasNoEditPanelError,
        TabHelper,
        get_segment_location_info,
    )

    source = segment.source.get_source_instance()
    try:
        info = get_segment_location_info(
            source,
            TabHelper(source),
            segment.context.path,
            segment.context.get_field_path(source),
            widget=True,
        )
        widget = info["widget"]
    except FieldHasNoEditPanelError:
        widget = {"type": "unknown"}
    if widget["type"] == "page_chooser":
        return [apps.get_model(name) for name in widget["allowed_page_types"]]
    if widget["type"] == "snippet_chooser":
        found = widget["snippet_model"]
        return [apps.get_model(found["app_label"], found["model_name"])]
    known = {"image_chooser": get_image_model(), "document_chooser": get_document_model()}
    if widget["type"] in known:
        return [known[widget["type"]]]
    if widget["type"] == "unknown" and isinstance(segment.data, int):
        return [Page, get_image_model(), get_document_model()]
    return []
