"""
Workaround for wagtail-localize 1.14: its views ask for a global permission only.

Whoever may submit translations may submit, update and publish those of any page or snippet of any
site, and whoever may edit a live page may turn it into an alias. There is no upstream issue yet.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permissions import policy_registry


def install() -> None:
    """Ask for permissions on the page or snippet; to be called before the admin's URLs are read."""
    from wagtail_localize.views import convert, submit_translations, update_translations

    for view, check in (
        (submit_translations.SubmitPageTranslationView, _check_submitted),
        (submit_translations.SubmitSnippetTranslationView, _check_submitted),
        (update_translations.UpdateTranslationsView, _check_updated),
    ):
        view.get_object = _checked(view.get_object, check)
    convert.convert_to_alias = _for_publishers(convert.convert_to_alias)


def _checked(get_object, check):
    @wraps(get_object)
    def get_checked(self):
        instance = get_object(self)
        check(self.request, instance)
        return instance

    return get_checked


def _check_submitted(request, instance):
    if isinstance(instance, Page):
        _require_page_permission(request, instance, "can_edit")
    else:
        _require_change(request, type(instance))


def _check_updated(request, source):
    instance = source.get_source_instance()
    if isinstance(instance, Page):
        publishing = "publish_translations" in request.POST
        _require_page_permission(request, instance, "can_publish" if publishing else "can_edit")
    else:
        _require_change(request, type(instance))


def _for_publishers(convert_to_alias):
    @wraps(convert_to_alias)
    def convert(request, page_id):
        _require_page_permission(request, get_object_or_404(Page, pk=page_id), "can_publish")
        return convert_to_alias(request, page_id)

    return convert


def _require_page_permission(request, page, permission):
    if not getattr(page.permissions_for_user(request.user), permission)():
        raise PermissionDenied


def _require_change(request, model):
    if not policy_registry.get_by_type(model).user_has_permission(request.user, "change"):
        raise PermissionDenied
