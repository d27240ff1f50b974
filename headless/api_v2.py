"""Wagtail's API v2 for readers: published pages, images, documents and redirects."""

from django.core.exceptions import ValidationError
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import PageSerializer, RichTextFieldSerializer, StreamField
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.redirects.api import RedirectsAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.fields import RichTextField
from wagtail.fields import StreamField as StreamFieldOfModel
from wagtail.images.api.v2.serializers import ImageDownloadUrlField, ImageSerializer
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from .addresses import absolute
from .page_fields import PAGE_FIELDS
from .paths import addressed
from .rich_text import in_language_of, reach_from_anywhere, requested_format
from .schemas import represent_stream


class PageStreamField(StreamField):
    """A stream field whose blocks are told of the `page` they are printed for."""

    def get_attribute(self, instance):
        self.page = instance
        return super().get_attribute(instance)

    def to_representation(self, value):
        return represent_stream(value, self.page, self.context)


class PageRichText(RichTextFieldSerializer):
    """A rich text whose links lead somewhere from anywhere, in the language of its page."""

    def get_attribute(self, instance):
        self.page = instance
        return super().get_attribute(instance)

    def to_representation(self, value):
        with in_language_of(self.page):
            text = super().to_representation(value)
        return reach_from_anywhere(text, requested_format(self.context.get("request")))


class PortalPageSerializer(PageSerializer):
    """A page whose text knows which page it is of."""

    serializer_field_mapping = PageSerializer.serializer_field_mapping | {
        StreamFieldOfModel: PageStreamField,
        RichTextField: PageRichText,
    }


class PortalPagesAPIViewSet(PagesAPIViewSet):
    """Pages without what would tell of drafts: an alias names its source even if that is private."""

    base_serializer_class = PortalPageSerializer
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


class AbsoluteDownloadUrl(ImageDownloadUrlField):
    """Where the picture itself is, for clients elsewhere."""

    def to_representation(self, image):
        return absolute(super().to_representation(image))


class PortalImageSerializer(ImageSerializer):
    """A picture whose file can be reached from anywhere, as a document's can."""

    download_url = AbsoluteDownloadUrl(read_only=True)


class PortalImagesAPIViewSet(ImagesAPIViewSet):
    """Pictures with absolute addresses."""

    base_serializer_class = PortalImageSerializer


# Wagtail's own cache signals know no other name than this.
router_v2 = WagtailAPIRouter("wagtailapi")
router_v2.register_endpoint("pages", PortalPagesAPIViewSet)
router_v2.register_endpoint("images", PortalImagesAPIViewSet)
router_v2.register_endpoint("documents", DocumentsAPIViewSet)
router_v2.register_endpoint("redirects", RedirectsAPIViewSet)
