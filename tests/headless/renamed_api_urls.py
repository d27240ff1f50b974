"""A URL configuration in which both APIs have other namespaces."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

router = WagtailAPIRouter("inhalte")
router.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [path("inhalte/", router.urls), path("", include(wagtail_urls))]
