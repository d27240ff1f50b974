"""One number a site, raised by every change of content, makes all caches right."""

import hashlib
from functools import wraps

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import (
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.snippets.models import get_snippet_models

from .models import ContentVersion

CONTENT = (
    AbstractDocument,
    AbstractImage,
    BaseGenericSetting,
    BaseSiteSetting,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)


_OWN = LocMemCache("civic-portal", {"OPTIONS": {"MAX_ENTRIES": 2000}})


def local_cache():
    """What a process keeps for itself: the cache `local` of a project that has one, or our own."""
    return caches["local"] if "local" in caches.settings else _OWN


def content_version(request) -> int:
    """The content version of the request's site: one query a request, 0 where no site answers."""
    if not hasattr(request, "_content_version"):
        site = Site.find_for_request(request)
        version = site and ContentVersion.objects.get_or_create(site=site)[0].number
        request._content_version = version or 0
    return request._content_version


def cached(request, name: str, compute):
    """
    What `compute()` gives, kept in this process until the site's content changes or the day ends.

    `name` must tell everything the value depends on but the site and the active language. A
    preview is computed anew.
    """
    if getattr(request, "is_preview", False):
        return compute()
    site = Site.find_for_request(request)
    parts = (
        site and site.pk,
        request.get_host(),
        content_version(request),
        timezone.localdate(),
        get_language(),
        name,
    )
    return local_cache().get_or_set(":".join(map(str, parts)), compute, 3600)


def raise_content_version(**kwargs):
    """Marks the content of all sites as changed, once this transaction is committed."""
    transaction.on_commit(_raise_all)


def _raise_all():
    # Row by row: two publishers that lock all rows at once could wait for each other.
    for pk in ContentVersion.objects.values_list("pk", flat=True):
        ContentVersion.objects.filter(pk=pk).update(number=F("number") + 1)


def raise_on_change(sender, instance, **kwargs):
    """
    Receiver of `post_save` and `post_delete`: counts what readers can see.

    A snippet that changes with every reader says `content_version_ignore = True`.
    """
    if kwargs.get("raw") or getattr(sender, "content_version_ignore", False):
        return
    if isinstance(instance, Page) and not (instance.live or instance.has_unpublished_changes):
        return
    if issubclass(sender, CONTENT) or sender in get_snippet_models():
        raise_content_version()


def kept_for(seconds: int):
    """
    Decorates a view whose answers this process may keep, `seconds` at most.

    They are kept by address, site, language and content version, for requests without a token; no
    answer that sets a cookie or is no 200 is kept.
    """

    def decorate(view):
        @wraps(view)
        def keeping(request, *args, **kwargs):
            if "Authorization" in request.headers:
                return view(request, *args, **kwargs)
            name = f"{request.get_full_path()}:{content_version(request)}"
            digest = hashlib.sha256(
                f"{request.get_host()}:{timezone.localdate()}:{get_language()}:{name}".encode()
            ).hexdigest()
            kept = local_cache().get(digest)
            if kept is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200 or response.cookies:
                    return response
                kept = response.content, response["Content-Type"]
                local_cache().set(digest, kept, seconds)
            content, content_type = kept
            return HttpResponse(content, content_type=content_type)

        return keeping

    return decorate
