"""
Recognise the addresses of YouTube and Vimeo videos, without asking either.

Players are loaded only on the reader's click, from the providers' privacy-friendly hosts.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import SplitResult, parse_qsl, urlsplit

# The first address in an embed code, or in what an app shares.
ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>\\]+", re.IGNORECASE)

YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
YOUTUBE_PATH = re.compile(r"/(?:watch|embed|shorts|live|v|e)/(?P<id>[^/]+)/?", re.IGNORECASE)
# Addresses of other things that look like an id.
YOUTUBE_NO_ID = {"videoseries", "live_stream"}
# Neither the lists of one account (Watch later, Liked) nor mixes, which differ for each viewer.
YOUTUBE_LIST = re.compile(r"(?!WL|LL|RD)[A-Za-z0-9_-]{13,64}")

VIMEO_PATH = re.compile(
    r"/(?:(?:video|manage/videos|channels/[^/]+|ondemand/[^/]+|groups/[^/]+/videos"
    r"|(?:showcase|album)/\d+/video|[a-z]{2}(?:-[a-z]{2})?)/)?"
    r"(?P<id>\d{1,12})(?:/(?P<hash>[0-9a-f]{6,32}))?(?:/.*)?",
    re.IGNORECASE,
)
VIMEO_HASH = re.compile(r"[0-9a-f]{6,32}", re.IGNORECASE)

CLOCK = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Video:
    """A video of `provider`: the URL of its page, and of its player for an inline frame."""

    provider: str
    page: str
    player: str


def find_video(text: str) -> Video | None:
    """
    Return the video whose address `text` is or holds, for example in an embed code; None without.

    What an address says besides the video, such as by whom it was shared, is left out.
    """
    # Format characters come along when an address is copied, and are not seen.
    text = "".join(each for each in unescape(text) if unicodedata.category(each) != "Cf").strip()
    for address in ADDRESS.findall(text) or [f"//{text}"]:
        if video := _video_at(address):
            return video
    return None


def _video_at(address: str) -> Video | None:
    # “youtu.be/…&t=30”: appended to an address without a query.
    if "?" not in address:
        address = address.replace("&", "?", 1)
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.username is not None or port not in {None, 80, 443}:
        return None
    finder = FINDERS.get(re.sub(r"^(?:www|m|music)\.", "", host))
    return finder(parts, _values(parts)) if finder else None


def _values(parts: SplitResult) -> dict[str, str]:
    """Return the values of query and fragment, by names in small letters."""
    return {
        name.lower(): value
        for part in (parts.fragment, parts.query)
        for name, value in parse_qsl(part)
    }


def _youtu_be(parts: SplitResult, values: dict[str, str]) -> Video | None:
    return _youtube(parts, values | {"v": parts.path.strip("/")})


def _youtube(parts: SplitResult, values: dict[str, str]) -> Video | None:
    path = YOUTUBE_PATH.fullmatch(parts.path)
    key = values.get("v") or (path["id"] if path else "")
    of_list = values.get("list", "")
    of_list = of_list if YOUTUBE_LIST.fullmatch(of_list) else ""
    host = "https://www.youtube-nocookie.com/embed"
    if not YOUTUBE_ID.fullmatch(key) or key in YOUTUBE_NO_ID:
        if not of_list:
            return None
        page = f"https://www.youtube.com/playlist?list={of_list}"
        return Video("YouTube", page, f"{host}/videoseries?list={of_list}")
    seconds = _seconds(values, "t", "start", "time_continue")
    queried = [f"list={of_list}"] if of_list else []
    started = [f"start={seconds}"] if seconds else []
    page = "&".join([f"v={key}", *queried, *([f"t={seconds}s"] if seconds else [])])
    player = "&".join([*queried, *started])
    return Video(
        "YouTube",
        f"https://www.youtube.com/watch?{page}",
        f"{host}/{key}?{player}" if player else f"{host}/{key}",
    )


def _vimeo(parts: SplitResult, values: dict[str, str]) -> Video | None:
    path = VIMEO_PATH.fullmatch(parts.path)
    if path is None:
        return None
    unlisted = path["hash"] or values.get("h", "")
    unlisted = unlisted if VIMEO_HASH.fullmatch(unlisted) else ""
    seconds = _seconds(values, "t")
    start = f"#t={seconds}s" if seconds else ""
    page, queried = (f"/{unlisted}", f"h={unlisted}&") if unlisted else ("", "")
    return Video(
        "Vimeo",
        f"https://vimeo.com/{path['id']}{page}{start}",
        f"https://player.vimeo.com/video/{path['id']}?{queried}dnt=1{start}",
    )


def _seconds(values: dict[str, str], *names: str) -> int:
    """Return the first start time among the values: “90”, “90s” or “1m30s”; 0 for none."""
    for name in names:
        if clock := CLOCK.fullmatch(values.get(name, "")):
            hours, minutes, seconds = (int(each or 0) for each in clock.groups())
            if total := 3600 * hours + 60 * minutes + seconds:
                return total
    return 0


FINDERS: dict[str, Callable[[SplitResult, dict[str, str]], Video | None]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtu_be,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
}
