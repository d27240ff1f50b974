"""Whether the websites of the link directories answer, asked from our server with care."""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import certifi
import urllib3
from django.utils.translation import gettext as _

from headless.paths import published

from .models import LinkCheck, WebsiteLinksPage

AT_ONCE = 4
SECONDS = 10
MOST_REDIRECTS = 5
USER_AGENT = "CivicPortal-LinkCheck/1.0"
# IPv6 networks that stand for IPv4 addresses, which may be anybody's.
TRANSLATED = [
    ipaddress.ip_network(each)
    for each in ("::ffff:0:0/96", "64:ff9b::/32", "2002::/16", "2001::/32")
]
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


class NotPublic(Exception):
    """An address that is none of the public internet: our own network is nobody's to look into."""


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
    except NotPublic as error:
        return Result(LinkCheck.Status.REFUSED, str(error))
    except socket.gaierror:
        return Result(LinkCheck.Status.BROKEN, _("There is no server of this name."))
    except urllib3.exceptions.SSLError:
        return Result(LinkCheck.Status.BROKEN, _("Its certificate is not valid."))
    except urllib3.exceptions.TimeoutError:
        return Result(LinkCheck.Status.BROKEN, _("It does not answer in time."))
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        return Result(LinkCheck.Status.BROKEN, type(error).__name__)


def _follow(url, is_public):
    for _step in range(MOST_REDIRECTS + 1):
        status, location = _ask("HEAD", url, is_public)
        if status in ASK_AGAIN_WITH_GET:
            status, location = _ask("GET", url, is_public)
        if status in {301, 302, 303, 307, 308} and location:
            url = urljoin(url, location)
            continue
        if status < 400 or status in ANSWERS_PEOPLE_ONLY:
            return Result(LinkCheck.Status.WORKS, f"HTTP {status}")
        return Result(LinkCheck.Status.BROKEN, f"HTTP {status}")
    return Result(LinkCheck.Status.BROKEN, _("It redirects without end."))


def _ask(method, url, is_public):
    """Status and `Location` of one request to the very address that was judged."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise NotPublic(_("Only http:// and https:// addresses are asked."))
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname.encode("idna").decode()
    address = public_address(host, port, is_public)
    options = {"timeout": urllib3.Timeout(connect=SECONDS / 2, read=SECONDS), "retries": False}
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address,
            port,
            server_hostname=host,
            assert_hostname=host,
            ca_certs=certifi.where(),
            cert_reqs="CERT_REQUIRED",
            **options,
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, **options)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # As it is asked for in DNS: a name with marks is no word for a header.
    named = f"[{host}]" if ":" in host else host
    named += f":{parts.port}" if parts.port else ""
    headers = {"Host": named, "User-Agent": USER_AGENT, "Accept": "*/*"}
    with pool:
        # The body is not read: an endless one would not end.
        response = pool.urlopen(
            method, path, headers=headers, redirect=False, preload_content=False
        )
        response.close()
    return response.status, response.headers.get("Location")


def public_address(host: str, port: int, is_public: Callable[[str], bool]) -> str:
    """An address of a host, all of whose addresses must be public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    if not addresses or not all(map(is_public, addresses)):
        raise NotPublic(_("It leads to a private or reserved address."))
    return addresses[0]


def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if any(parsed in network for network in TRANSLATED if network.version == parsed.version):
        return False
    return parsed.is_global and not parsed.is_multicast
