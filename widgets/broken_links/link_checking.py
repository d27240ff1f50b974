"""Check the external links of link directories, without requests to private addresses (SSRF)."""

import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urljoin

import urllib3
from django.utils.translation import gettext as _

from headless.content.visibility import published
from headless.webhooks.safe_http import PrivateAddressError, is_public_address, send_request

from ..models import LinkCheck, WebsiteLinksPage

CONCURRENCY = 4
MAX_REDIRECTS = 5
HEADERS = {"User-Agent": "CivicPortal-LinkCheck/1.0", "Accept": "*/*"}
# Statuses with which servers refuse HEAD.
RETRY_WITH_GET = {400, 403, 404, 405, 406, 501, 503}
# Statuses with which servers refuse programs: the page exists.
REFUSES_PROGRAMS = {401, 403, 429}


@dataclass(frozen=True, slots=True)
class Link:
    """An external link in a directory."""

    page_id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Result:
    """The status of a link, with a detail for editors."""

    status: str
    detail: str = ""


def published_links() -> list[Link]:
    """Return the external links of all published directories, each once for its page."""
    found = {}
    for page in published(WebsiteLinksPage.objects.all()).order_by("pk"):
        for group in page.groups:
            for link in group.value["links"]:
                if link["url"]:
                    found.setdefault(
                        (page.pk, link["url"]), Link(page.pk, link["title"], link["url"])
                    )
    return list(found.values())


def check_links(links: Iterable[Link], is_public: Callable[[str], bool] | None = None):
    """
    Yield (link, result) for each link.

    Checks `CONCURRENCY` URLs concurrently, and each URL only once. `is_public` replaces the check of IP
    addresses, for tests.
    """
    links = list(links)
    urls = list(dict.fromkeys(link.url for link in links))
    with ThreadPoolExecutor(CONCURRENCY) as pool:
        asked = {url: pool.submit(check_url, url, is_public or is_public_address) for url in urls}
        for link in links:
            yield link, asked[link.url].result()


def check_url(url: str, is_public: Callable[[str], bool]) -> Result:
    """Request a URL and follow redirects; refuse private addresses at each step (SSRF)."""
    try:
        return _follow(url, is_public)
    except PrivateAddressError as error:
        return Result(LinkCheck.Status.REFUSED, str(error))
    except socket.gaierror:
        return Result(LinkCheck.Status.BROKEN, _("There is no server of this name."))
    except urllib3.exceptions.SSLError:
        return Result(LinkCheck.Status.BROKEN, _("Its certificate is not valid."))
    except (TimeoutError, urllib3.exceptions.TimeoutError):
        return Result(LinkCheck.Status.BROKEN, _("It does not answer in time."))
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        return Result(LinkCheck.Status.BROKEN, type(error).__name__)


def _follow(url, is_public):
    for _step in range(MAX_REDIRECTS + 1):
        answer = send_request("HEAD", url, headers=HEADERS, is_public=is_public)
        if answer.status in RETRY_WITH_GET:
            answer = send_request("GET", url, headers=HEADERS, is_public=is_public)
        status = answer.status
        if status in {301, 302, 303, 307, 308} and answer.location:
            url = urljoin(url, answer.location)
            continue
        if status < 400 or status in REFUSES_PROGRAMS:
            return Result(LinkCheck.Status.WORKS, f"HTTP {status}")
        return Result(LinkCheck.Status.BROKEN, f"HTTP {status}")
    return Result(LinkCheck.Status.BROKEN, _("It redirects without end."))
