"""Preview unsaved edits in a headless front end."""

from datetime import UTC
from urllib.parse import urlsplit

from django.core.signing import BadSignature
from django.db.models import DateTimeField
from django.http import Http404
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page, Site
from wagtail_headless_preview.models import HeadlessPreviewMixin, PagePreview
from wagtail_headless_preview.settings import headless_preview_settings

from ..conf import conf

PLACEHOLDER = "{SITE_ROOT_URL}"
# How many previews are stored for one page, or for new pages of one type.
MAX_PREVIEWS = 50


class ClientPreviewMixin(HeadlessPreviewMixin):
    """
    Preview a page in the front end configured for its site, else in Wagtail's own preview.

    Front ends are configured in `WAGTAIL_HEADLESS_PREVIEW["CLIENT_URLS"]`.
    """

    def serve_preview(self, request, mode_name):
        """Redirect to the front end of the page's site, or render Wagtail's own preview."""
        if not client_url(self.get_site() or Site.find_for_request(request)):
            return super(HeadlessPreviewMixin, self).serve_preview(request, mode_name)
        response = super().serve_preview(request, mode_name)
        # The response contains a token.
        add_never_cache_headers(response)
        return response

    def get_client_root_url(self, request):
        """Return the preview URL of the front end."""
        # An unsaved page has no site of its own yet: fall back on the site of the request.
        return client_url(self.get_site() or Site.find_for_request(request))

    def create_page_preview(self):
        """
        Store a preview under a new, unguessable token, and delete the oldest ones of the page.
        """
        # The package's tokens collide for two editors of one page within a second.
        page = f"{self._meta.label}:{self.pk or 'new'}:"
        token = self.get_preview_signer().sign(page + get_random_string(22))
        preview, _made = self.update_page_preview(token)
        # Wagtail's panel makes a preview at every pause in typing, and each holds the whole page.
        earlier = PagePreview.objects.filter(token__startswith=page).order_by("-pk")
        past = list(earlier.values_list("pk", flat=True)[MAX_PREVIEWS:])
        PagePreview.objects.filter(pk__in=past).delete()
        return preview


def client_url(site: Site | None) -> str:
    """
    Return the preview URL of a site's front end, "" if none is configured.

    A front end is configured under the site's `host:port`, its `host`, or “default”.
    """
    urls = headless_preview_settings.CLIENT_URLS
    names = [f"{site.hostname}:{site.port}", site.hostname] if site else []
    url = next((urls[name] for name in [*names, "default"] if urls.get(name)), "")
    if site:
        url = url.replace(PLACEHOLDER, site.root_url)
    if url and headless_preview_settings.ENFORCE_TRAILING_SLASH:
        url = url.rstrip("/") + "/"
    return url


def client_origins() -> list[str]:
    """
    Return the origins of all front ends, for the `frame-src` of the admin's content security
    policy.
    """
    urls = set()
    for url in headless_preview_settings.CLIENT_URLS.values():
        if PLACEHOLDER in url:
            urls |= {url.replace(PLACEHOLDER, root.root_url) for root in Site.get_site_root_paths()}
        else:
            urls.add(url)
    return sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, urls)})


def get_previewed_page(content_type: str, token: str) -> Page:
    """
    Return the unsaved page that a preview token stands for.

    Raise `Http404` for an unknown content type, an invalid or expired token, or a removed preview.
    The token is a bearer secret: no other permission is checked.
    """
    try:
        model = resolve_model_string(content_type)
    except (LookupError, ValueError):
        model = None
    if model is None or not issubclass(model, ClientPreviewMixin):
        raise Http404(_("There is no such preview, or it has expired."))
    try:
        model.get_preview_signer().unsign(token, max_age=conf.PREVIEW_SECONDS)
        page = model.get_page_from_preview_token(token)
    except BadSignature:
        page = None
    if page is None:
        raise Http404(_("There is no such preview, or it has expired."))
    if page.pk is None:
        # An unsaved page has no id, but the schema promises clients an integer.
        page.pk = page.id = 0
    for field in page._meta.concrete_fields:
        # Datetimes are read from JSON in local time, from the database in UTC.
        if isinstance(field, DateTimeField) and (instant := getattr(page, field.attname)):
            setattr(page, field.attname, instant.astimezone(UTC))
    return page
