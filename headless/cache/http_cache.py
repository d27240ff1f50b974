"""
Conditional requests and `Cache-Control` for API responses and pages.

An API response's entity tag is derived from all that the response depends on: build id, content
version, local date, language, URL and `Accept` header. It also contains the keys and versions of
the live figures shown, so that any process can validate it without rendering the response.
"""

import hashlib
import re
from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from ..conf import conf
from ..content.requests.rate_limits import RateLimitExceeded, count_api_request
from ..content.requests.render_state import request_state
from ..errors import CacheUnavailable
from ..extending import LIVE_VERSIONS, V3_NAMESPACE, is_api_request
from .build_id import build_id
from .content_version import content_version, current_versions
from .kept_answers import address_of, answer_of, answers, key_of
from .response_cache import SEARCH_PARAMETERS, DependencyRecorder, by_kind

SAFE_METHODS = {"GET", "HEAD"}
# A request with one of these headers gets a private response.
PRIVATE_HEADERS = ("Authorization", "X-Portal-Visitor")
# The schema and its documentation depend on the release alone; their views set the headers.
DOCUMENT_ROUTES = {"openapi-json", "openapi-view"}
# With more keys a tag would not fit into a header; the body is hashed instead.
MAX_KEYS_IN_TAG = 100
ENTITY_TAG = re.compile(r'"([0-9a-f]{32})((?:/[a-z]+(?:\.\d{1,18})+=\d{1,19})*)"')
PAGE_CONTENT_TYPES = ("text/html", "application/atom+xml", "application/xml")


class HttpCacheMiddleware:
    """
    Send an anonymous reader the answer that is kept, if it is current; else make it and keep it.

    Answer a conditional request to the API with 304 before the view runs, if the client's copy is
    current.

    Else set the entity tag of the response. Set `Cache-Control` for caches in front, on pages too;
    a view's own `Cache-Control` is kept. Must stand above the session middleware, to see which
    cookies a response sets.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        may_be_kept = _is_public_read(request) and not _needs_content_hash(request)
        address = address_of(request) if may_be_kept else None
        return self._answer(request, address) if address else self._make(request)[0]

    def _answer(self, request, address):
        """Return the kept answer if it is current, else make it and keep it."""
        key = key_of(request, address)
        kept = answers.get(key)
        if kept is None:
            return self._make_and_keep(request, address, key)
        if response := self._current(request, address, kept):
            return response
        with answers.renewing(key) as waited:
            renewed = answers.get(key) if waited else None
            if renewed and (response := self._current(request, address, renewed)):
                return response
            return self._make_and_keep(request, address, key)

    def _current(self, request, address, kept):
        keys, sums = by_kind(kept.figures)
        versions = current_versions(keys)
        request_state(request).content_version = versions[0]
        # The APIs refuse parameters that they do not know.
        if (
            not kept.is_true_today()
            or versions != (kept.version, sums)
            or (kept.is_api and address.has_tracking)
        ):
            return None
        if kept.is_api:
            try:
                count_api_request(request)
            except RateLimitExceeded:
                # What would make the answer anew counts too, and refuses in words.
                return None
            except CacheUnavailable:
                # Reading goes on without a count.
                pass
        return kept.response_to(request)

    def _make_and_keep(self, request, address, key):
        response, dependencies = self._make(request)
        if request.method == "GET" and not address.has_tracking and _shows_content(request):
            kept = answer_of(
                response,
                version=content_version(request),
                found=dependencies,
                is_api=is_api_request(request),
            )
            if kept:
                answers.put(key, kept)
                return kept.response_to(request)
        return response

    def _make(self, request):
        with DependencyRecorder() as dependencies:
            response = self.get_response(request)
        if _has_entity_tag(request):
            response = _finish_api_response(request, response, dependencies.versions)
        else:
            _finish_page_response(request, response)
        return response, dependencies

    def process_view(self, request, view, args, kwargs):
        """Answer 304 if the entity tag sent by the client is current."""
        if not _is_public_read(request):
            return None
        if not _has_entity_tag(request):
            if conf.PAGE_CACHE_MB and _shows_content(request):
                # Read before the content, for what is kept.
                content_version(request)
            return None
        wanted = request.headers.get("If-None-Match", "")
        known = None if _needs_content_hash(request) else _first_tag(wanted)
        # Read before the content: at worst a new response gets an old tag.
        version, sums = current_versions(known.parts if known else {})
        state = request_state(request)
        state.content_version = version
        state.entity_tag_base = _tag_base(request, version)
        if known is None or _tag(state.entity_tag_base, known.parts, sums) != known.text:
            return None
        response = HttpResponseNotModified(headers={"ETag": known.text})
        _set_cache_headers(request, response)
        return response


def _has_entity_tag(request):
    return is_api_request(request) and request.resolver_match.url_name not in DOCUMENT_ROUTES


def _shows_content(request):
    """Return whether the view shows only what the content version tells of."""
    match = request.resolver_match
    return bool(match) and (
        match.url_name == "wagtail_serve"
        or _has_entity_tag(request)
        or getattr(match.func, "shows_content_only", False)
    )


def _is_public_read(request):
    return request.method in SAFE_METHODS and not any(
        name in request.headers for name in PRIVATE_HEADERS
    )


def _needs_content_hash(request):
    # Search results and random order change without a new content version.
    return bool(SEARCH_PARAMETERS & set(request.GET)) or request.GET.get("order") == "random"


class _EntityTag:
    """
    An entity tag sent by a client; `parts` are the keys of live figures that it names, by kind.
    """

    def __init__(self, text: str, named: str):
        self.text = text
        self.parts: dict[str, list[int]] = {}
        for part in named.split("/")[1:]:
            kind, *keys = part.partition("=")[0].split(".")
            self.parts[kind] = [int(key) for key in keys]


def _first_tag(header: str) -> _EntityTag | None:
    """
    Return the first entity tag of `If-None-Match` if it has our format, else None.

    A proxy may have turned it into a weak tag.
    """
    if not header or len(header) > 4000:
        return None
    for each in parse_etags(header)[:1]:
        match = ENTITY_TAG.fullmatch(each.removeprefix("W/"))
        if match:
            known = _EntityTag(match[0], match[2])
            named = sum(len(keys) for keys in known.parts.values())
            if set(known.parts) <= set(LIVE_VERSIONS) and named <= MAX_KEYS_IN_TAG:
                return known
    return None


def _tag_base(request: HttpRequest, version: int) -> str:
    parts = [
        build_id(),
        str(version),
        timezone.localdate().isoformat(),
        get_language() or "",
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        # v2 chooses between JSON and its browsable pages; v3 has JSON alone.
        request.headers.get("Accept", "") if _negotiates(request) else "",
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _negotiates(request):
    return V3_NAMESPACE not in request.resolver_match.namespaces


def _tag(base: str, parts, sums) -> str:
    named = "".join(
        f"/{kind}.{'.'.join(map(str, parts[kind]))}={sums[kind]}" for kind in sorted(parts)
    )
    return f'"{base}{named}"'


def _finish_api_response(request, response, dependencies):
    if response.has_header("Cache-Control") or response.has_header("ETag"):
        return response
    if response.status_code != 200 or not _is_public_read(request) or response.streaming:
        # Errors too: a missing page may be published at any moment.
        patch_cache_control(response, no_store=True)
        _vary(request, response)
        return response
    _set_cache_headers(request, response)
    if _needs_content_hash(request) or len(dependencies) > MAX_KEYS_IN_TAG:
        if request.method == "HEAD":
            return response
        tag = f'"{hashlib.sha256(response.content).hexdigest()[:40]}"'
    else:
        parts, sums = by_kind(dependencies)
        tag = _tag(request_state(request).entity_tag_base, parts, sums)
    response["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response)


def _set_cache_headers(request, response):
    patch_cache_control(
        response, public=True, max_age=0, s_maxage=_until_midnight(conf.API_CACHE_SECONDS)
    )
    _vary(request, response)


def _vary(request, response):
    patch_vary_headers(response, [*PRIVATE_HEADERS, *(["Accept"] if _negotiates(request) else [])])


def _finish_page_response(request, response):
    """Set `Cache-Control` of a page: public without any cookie, private with a session."""
    if (
        request.method not in SAFE_METHODS
        or response.status_code != 200
        or response.has_header("Cache-Control")
        or response.get("Content-Type", "").partition(";")[0] not in PAGE_CONTENT_TYPES
    ):
        return
    if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        seconds = _until_midnight(conf.PAGE_CACHE_SECONDS)
        patch_cache_control(response, public=True, max_age=0, s_maxage=seconds)


def _until_midnight(seconds: int) -> int:
    """Return `seconds`, limited to the rest of the day: at midnight documents come into force."""
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, tzinfo=now.tzinfo)
    return max(0, min(seconds, int((midnight - now).total_seconds())))
