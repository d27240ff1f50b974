from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import TranslationSource


class TranslationRightsMiddleware:
    """
    Asks for rights on the page or snippet where wagtail-localize asks only for a global one.

    In 1.14.5 whoever may submit translations may submit, update and publish those of any page of
    any site, and whoever may edit a live page may turn it into an alias.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if "wagtail_localize" not in match.namespaces or not request.user.is_authenticated:
            return
        if match.url_name == "submit_page_translation":
            self._require(request, kwargs["page_id"], "can_edit")
        elif match.url_name == "convert_to_alias":
            self._require(request, kwargs["page_id"], "can_publish")
        elif match.url_name == "submit_snippet_translation":
            model = resolve_model_string(f"{kwargs['app_label']}.{kwargs['model_name']}")
            self._require_change(request, model)
        elif match.url_name == "update_translations":
            source = get_object_or_404(TranslationSource, pk=kwargs["translation_source_id"])
            instance = source.get_source_instance()
            if isinstance(instance, Page):
                publishing = "publish_translations" in request.POST
                right = "can_publish" if publishing else "can_edit"
                self._require(request, instance.pk, right)
            else:
                self._require_change(request, type(instance))

    def _require(self, request, page_id, right):
        page = get_object_or_404(Page, pk=page_id)
        if not getattr(page.permissions_for_user(request.user), right)():
            raise PermissionDenied

    def _require_change(self, request, model):
        if not policy_registry.get_by_type(model).user_has_permission(request.user, "change"):
            raise PermissionDenied
