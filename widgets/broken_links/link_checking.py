"""Whether the websites of the link directories answer, asked from our server with care."""

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

AT_ONCE = 4
MOST_REDIRECTS = 5
HEADERS = {"User-Agent": "CivicPortal-LinkCheck/1.0", "Accept": "*/*"}
# Some servers know no HEAD, or say so in other words.
ASK_AGAIN_WITH_GET = {400, 403, 404, 405, 406, 501, 503}
# They answer, but not to programs.
ANSWERS_PEOPLE_ONLY = {401, 403, 429}


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a link directory."""

    page_id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Result:
    """What was found behind an address."""

    status: str
    detail: str = ""


def links_of_live_pages() -> list[Link]:
    """Every address of another website that readers find in a directory, once a page."""
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
    """Yields each link with what was found, a few asked at a time; an address is asked once."""
    links = list(links)
    urls = list(dict.fromkeys(link.url for link in links))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = {url: pool.submit(check, url, is_public or is_public_address) for url in urls}
        for link in links:
            yield link, asked[link.url].result()


def check(url: str, is_public: Callable[[str], bool]) -> Result:
    """Asks for a page, following redirects; each step must lead to a public address."""
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
    for _step in range(MOST_REDIRECTS + 1):
        answer = send_request("HEAD", url, headers=HEADERS, is_public=is_public)
        if answer.status in ASK_AGAIN_WITH_GET:
            answer = send_request("GET", url, headers=HEADERS, is_public=is_public)
        status = answer.status
        if status in {301, 302, 303, 307, 308} and answer.location:
            url = urljoin(url, answer.location)
            continue
        if status < 400 or status in ANSWERS_PEOPLE_ONLY:
            return Result(LinkCheck.Status.WORKS, f"HTTP {status}")
        return Result(LinkCheck.Status.BROKEN, f"HTTP {status}")
    return Result(LinkCheck.Status.BROKEN, _("It redirects without end."))
