"""Wagtail's API v2 for readers: published pages, images, documents and redirects."""

from django.core.exceptions import ValidationError
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.redirects.api import RedirectsAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from .page_fields import PAGE_FIELDS
from .paths import addressed


class PortalPagesAPIViewSet(PagesAPIViewSet):
    """Pages without what would tell of drafts: an alias names its source even if that is private."""

    body_fields = [*PagesAPIViewSet.body_fields, *PAGE_FIELDS]
    meta_fields = [name for name in PagesAPIViewSet.meta_fields if name != "alias_of"]

    def get_queryset(self):
        # Aliases are left out by id: a search over pages of all types knows no other field.
        listed = Page.objects.filter(alias_of=None)
        return super().get_queryset().filter(pk__in=listed.values("pk")).select_related("locale")

    def filter_queryset(self, queryset):
        try:
            return super().filter_queryset(queryset)
        except ValidationError as error:
            # Wagtail 8.0.1 lets an impossible date through to the database.
            raise BadRequestError("; ".join(error.messages)) from error

    def paginate_queryset(self, queryset):
        return addressed(super().paginate_queryset(queryset))


# Wagtail's own cache signals know no other name than this.
router_v2 = WagtailAPIRouter("wagtailapi")
router_v2.register_endpoint("pages", PortalPagesAPIViewSet)
router_v2.register_endpoint("images", ImagesAPIViewSet)
router_v2.register_endpoint("documents", DocumentsAPIViewSet)
router_v2.register_endpoint("redirects", RedirectsAPIViewSet)
