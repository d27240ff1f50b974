"""All URLs of the project."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.home import default as admin_default
from wagtail.api.v3.urls import api as api_v3
from wagtail.documents import urls as wagtaildocs_urls

from articles.feeds import ArticleFeed
from directives.feeds import DirectiveFeed
from headless.api.v2 import router_v2

from . import views
from .sitemaps import sitemap_index, sitemap_part

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    re_path(r"^agency-(?P<colour>[0-9a-f]{6})\.css$", views.agency_colour, name="agency_colour"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_part, name="sitemap_part"),
    # Overrides a Wagtail view that raises an error on purpose, for any visitor.
    path("admin/failwhale/", admin_default),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("widgets/", include("widgets.urls")),
    path("api/v2/", router_v2.urls),
    path("api/v3/", api_v3.urls),
    # Images only: documents may be private, so Wagtail's view serves them.
    *(
        pattern
        for folder in ("images", "original_images")
        for pattern in static(
            f"{settings.MEDIA_URL}{folder}/", document_root=f"{settings.MEDIA_ROOT}/{folder}"
        )
    ),
    *i18n_patterns(
        path(_("search/"), views.search, name="search"),
        path("feeds/articles/", ArticleFeed(), name="article_feed"),
        path("feeds/articles/<slug:category>/", ArticleFeed(), name="category_feed"),
        path("feeds/directives/", DirectiveFeed(), name="directive_feed"),
        path("", include("feedback.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
