"""
Wagtail's API v2 with precise types and absolute URLs, and without anything that is not public.
"""

from django.db.models import QuerySet
from rest_framework.fields import Field, IntegerField
from wagtail.api.querysets import get_public_pages_queryset
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import (
    PageSerializer,
    RichTextFieldSerializer,
    StreamField,
    TagsField,
)
from wagtail.api.v2.utils import page_models_from_string
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.redirects.api import RedirectsAPIViewSet
from wagtail.documents.api.v2.serializers import DocumentSerializer
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.fields import RichTextField
from wagtail.fields import StreamField as StreamFieldOfModel
from wagtail.images.api.v2.serializers import ImageDownloadUrlField, ImageSerializer
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from ..content.files.download_names import given_name, with_given_names
from ..content.files.renditions import display_size
from ..content.links.absolute_urls import absolute_url
from ..content.links.page_urls import cache_site_roots
from ..content.links.redirects import public_redirects
from ..content.texts.rich_text import (
    expand_public_links,
    override_language,
    render_for_display,
    requested_format,
)
from ..extending import V2_NAMESPACES, PortalEndpoint
from .block_types import represent_stream
from .list_prefetch import prefetch_for_list
from .page_schemas import page_fields_of
from .pagination import CountedList, kept_count


class PageStreamField(StreamField):
    """Serialise a stream field; its blocks get the page in their context."""

    def get_attribute(self, instance):
        self.page = instance
        return super().get_attribute(instance)

    def to_representation(self, value):
        return represent_stream(value, self.page, self.context)


class PageRichTextField(RichTextFieldSerializer):
    """Serialise rich text with absolute URLs, in the language of its page."""

    def get_attribute(self, instance):
        self.page = instance
        return super().get_attribute(instance)

    def to_representation(self, value):
        request = self.context.get("request")
        with override_language(self.page):
            source = expand_public_links(value, requested_format(request))
            text = super().to_representation(source)
        return render_for_display(text, self.page, request)


class PrefetchedTagsField(TagsField):
    """Serialise the names of prefetched tags in alphabetical order."""

    def to_representation(self, value):
        return sorted(tag.name for tag in value.all())


class PrefetchedTagsMixin:
    """A serializer that reads tags from the prefetch instead of the database."""

    def build_property_field(self, field_name, model_class):
        field_class, options = super().build_property_field(field_name, model_class)
        return (PrefetchedTagsField if field_class is TagsField else field_class), options


class PortalPageSerializer(PageSerializer):
    """Serialise a page with the fields above."""

    serializer_field_mapping = PageSerializer.serializer_field_mapping | {
        StreamFieldOfModel: PageStreamField,
        RichTextField: PageRichTextField,
    }


class PortalPagesAPIViewSet(PortalEndpoint, PagesAPIViewSet):
    """Pages without what would tell of drafts: an alias names its source even if that is private."""

    base_serializer_class = PortalPageSerializer
    meta_fields = [name for name in PagesAPIViewSet.meta_fields if name != "alias_of"]

    @classmethod
    def get_body_fields(cls, model):
        return [*super().get_body_fields(model), *page_fields_of(model)]

    def get_queryset(self):
        # Excluded by id, because search backends can filter pages by few fields.
        aliases = Page.objects.filter(alias_of__gt=0)
        pages = self._pages_of_one_type()
        if pages is None:
            pages = super().get_queryset()
        return pages.exclude(pk__in=aliases.values("pk")).select_related("locale")

    def _pages_of_one_type(self):
        """
        Return the pages of the type that is asked for, None if it is not one that exists.

        Wagtail reads the ids of all public pages of the site first.
        """
        try:
            [model] = page_models_from_string(self.request.GET.get("type", ""))
            return get_public_pages_queryset(self.request, model)
        except (LookupError, ValueError):
            return None  # Wagtail says why.

    def paginate_queryset(self, queryset):
        if isinstance(queryset, QuerySet):
            queryset = CountedList(queryset, kept_count(self.request, queryset))
        pages = cache_site_roots(super().paginate_queryset(queryset))
        # Without `fields` a list shows no fields of specific types.
        if "fields" in self.request.GET:
            prefetch_for_list(pages)
        return pages


class AbsoluteDownloadUrlField(ImageDownloadUrlField):
    """Serialise the absolute URL of an image file."""

    def to_representation(self, image):
        return absolute_url(super().to_representation(image))


class DisplaySize(IntegerField):
    """The width or height that a picture is shown with, by the name of the field."""

    def to_representation(self, image):
        return display_size(image)[self.field_name == "height"]


class PortalImageSerializer(PrefetchedTagsMixin, ImageSerializer):
    """A picture whose file can be reached from anywhere, as a document's can."""

    width = DisplaySize(source="*", read_only=True)
    height = DisplaySize(source="*", read_only=True)
    download_url = AbsoluteDownloadUrlField(read_only=True)


class PortalImagesAPIViewSet(PortalEndpoint, ImagesAPIViewSet):
    """Pictures with absolute addresses, whose tags are read for a whole list at once."""

    base_serializer_class = PortalImageSerializer

    def get_queryset(self):
        return super().get_queryset().prefetch_related("tags")


class GivenFileName(Field):
    """The name that a file was uploaded under."""

    def to_representation(self, document):
        return given_name(document)


class PortalDocumentSerializer(PrefetchedTagsMixin, DocumentSerializer):
    """A document with its file's name, whose tags cost nothing where they were read with the list."""

    filename = GivenFileName(source="*", read_only=True)


class PortalDocumentsAPIViewSet(PortalEndpoint, DocumentsAPIViewSet):
    """Documents, whose tags are read for a whole list at once."""

    base_serializer_class = PortalDocumentSerializer
    body_fields = [*DocumentsAPIViewSet.body_fields, "filename"]

    def get_queryset(self):
        return with_given_names(super().get_queryset()).prefetch_related("tags")


class PortalRedirectsAPIViewSet(PortalEndpoint, RedirectsAPIViewSet):
    """Redirects that lead to something public."""

    def get_queryset(self):
        return public_redirects(super().get_queryset())

    def find_object(self, queryset, request):
        found = super().find_object(queryset, request)
        return found if found and queryset.filter(pk=found.pk).exists() else None


ENDPOINTS = {
    "pages": PortalPagesAPIViewSet,
    "images": PortalImagesAPIViewSet,
    "documents": PortalDocumentsAPIViewSet,
    "redirects": PortalRedirectsAPIViewSet,
}


def register_v2_endpoints(router: WagtailAPIRouter) -> None:
    """
    Add our endpoints to the router of a project that serves API v2 itself.

    An endpoint that the router has already is kept; `manage.py check` names it.
    """
    for name, view in ENDPOINTS.items():
        # Wagtail's router has no public way to ask for a name.
        if name not in router._endpoints:
            router.register_endpoint(name, view)
    if router.url_namespace not in V2_NAMESPACES:
        V2_NAMESPACES.append(router.url_namespace)


router_v2 = WagtailAPIRouter("civic_api_v2")
register_v2_endpoints(router_v2)
