"""
Keep whole answers for anonymous readers in the memory of the process.

An answer is kept as it was sent, compressed, with the content version, the versions of the live
figures in it and the local date that it was made under; it is sent again only while all of them are
those of now. The version is read before the content (`content_version`), so that an answer that was
made while something changed is kept under a version that is over.

`CIVIC_PORTAL_PAGE_CACHE_MB` says how much is kept; without it nothing is. Kept are Wagtail's pages,
the APIs, and views with the attribute `shows_content_only`: what others read may change without a
new version.
"""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from time import monotonic
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from ..conf import conf
from .response_cache import Dependencies

# What analytics and social networks add to an address; no page depends on it.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|zaloclid|mc_[ce]id")
# An answer that varies by another header is not kept. Requests with the first two are not looked up.
KNOWN_VARY = {"authorization", "x-portal-visitor", "accept", "accept-encoding", "accept-language"}
KEYED_BY = ("Accept", "Accept-Language")
# A reader waits at most so many seconds for an answer that another request is making.
WAIT_SECONDS = 10
# Shorter bodies do not get smaller.
COMPRESSED_FROM = 500


@dataclass(frozen=True, slots=True)
class Address:
    """What tells answers apart: scheme, host, path and query, without tracking parameters."""

    key: str
    has_tracking: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A kept answer, and what it was made under."""

    version: int
    figures: Mapping[tuple[str, int], int]
    day: date
    until: float
    is_api: bool
    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_compressed: bool

    @property
    def size(self) -> int:
        # What Python needs for the headers and the entry itself, roughly.
        return len(self.body) + 2000

    def is_true_today(self) -> bool:
        """Return whether the answer was made on this day, and has not outlived its figures."""
        return self.day == timezone.localdate() and monotonic() < self.until

    def response_to(self, request: HttpRequest) -> HttpResponse:
        """Return the response for a request: compressed, as it is, or a 304."""
        response = HttpResponse(headers=dict(self.headers))
        body = self.body
        if self.is_compressed and "gzip" in request.headers.get("Accept-Encoding", ""):
            response["Content-Encoding"] = "gzip"
            # The same content in another form.
            if not response["ETag"].startswith("W/"):
                response["ETag"] = f"W/{response['ETag']}"
        elif self.is_compressed:
            body = gzip.decompress(body)
        response.content = body
        response["Content-Length"] = str(len(body))
        return get_conditional_response(request, etag=response["ETag"], response=response)


@dataclass
class Answers:
    """The answers of this process; the least recently used ones go first."""

    kept: OrderedDict[tuple, Answer] = field(default_factory=OrderedDict)
    in_work: dict[tuple, Lock] = field(default_factory=dict)
    size: int = 0
    lock: Lock = field(default_factory=Lock)

    def get(self, key: tuple) -> Answer | None:
        """Return the answer for a key, which may be outdated."""
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def put(self, key: tuple, answer: Answer) -> None:
        """Keep an answer, and drop others while there are more bytes than may be kept."""
        most = conf.PAGE_CACHE_MB * 1024 * 1024
        if answer.size > most / 8:
            return
        with self.lock:
            former = self.kept.pop(key, None)
            self.size += answer.size - (former.size if former else 0)
            self.kept[key] = answer
            while self.size > most:
                self.size -= self.kept.popitem(last=False)[1].size

    def clear(self) -> None:
        """Forget all answers."""
        with self.lock:
            self.kept.clear()
            self.size = 0

    @contextmanager
    def renewing(self, key: tuple) -> Iterator[bool]:
        """
        Let one request at a time renew an outdated answer; give whether this one had to wait.

        Of many readers after a change one pays for the new answer.
        """
        with self.lock:
            lock = self.in_work.setdefault(key, Lock())
        waited = not lock.acquire(blocking=False)
        owned = not waited or lock.acquire(timeout=WAIT_SECONDS)
        try:
            yield waited
        finally:
            if owned:
                with self.lock:
                    self.in_work.pop(key, None)
                lock.release()


answers = Answers()


def address_of(request: HttpRequest) -> Address | None:
    """
    Return what the answer to a public read is kept under, None if none may be kept or sent.
    """
    private = {settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages"}
    if (
        not conf.PAGE_CACHE_MB
        or settings.DEBUG
        # Wagtail's previews run through the middleware too.
        or getattr(request, "is_dummy", False)
        or private & set(request.COOKIES)
        or "Range" in request.headers
    ):
        return None
    try:
        query = parse_qsl(request.META.get("QUERY_STRING", ""), True, max_num_fields=20)
        host = request.get_host()
    except (ValueError, DisallowedHost):
        # What Django's own handling of the request refuses.
        return None
    counted = [(name, value) for name, value in query if not TRACKING.fullmatch(name)]
    text = "\n".join((request.scheme, host, request.path_info, urlencode(counted)))
    return Address(text, has_tracking=len(counted) < len(query))


def key_of(request: HttpRequest, address: Address) -> tuple:
    """Return the key of an answer: the address, and the headers by which answers differ."""
    return (address.key, *(request.headers.get(name, "") for name in KEYED_BY))


def answer_of(
    response: HttpResponse, *, version: int, found: Dependencies, is_api: bool
) -> Answer | None:
    """Return what to keep of a response, or None if it is not for everybody."""
    control = response.get("Cache-Control", "")
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    if (
        response.status_code != 200
        or response.streaming
        or response.cookies
        or response.has_header("Content-Encoding")
        or "public" not in control
        or "no-store" in control
        or varies - KNOWN_VARY
        # Set for one response by decorators of django-csp.
        or any(name.startswith("_csp") for name in vars(response))
    ):
        return None
    patch_vary_headers(response, ["Accept-Encoding"])
    body = response.content
    if not response.has_header("ETag"):
        response["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    is_compressed = len(body) >= COMPRESSED_FROM
    return Answer(
        version=version,
        figures=dict(found.versions),
        day=timezone.localdate(),
        until=monotonic() + found.seconds,
        is_api=is_api,
        headers=tuple(response.items()),
        body=gzip.compress(body, 6, mtime=0) if is_compressed else body,
        is_compressed=is_compressed,
    )
