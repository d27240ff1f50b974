"""Videos of other sites, shown only when a reader asks for them."""

import re

PLAYERS = [
    (
        re.compile(
            r"https://(?:www\.|m\.)?(?:youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/)|youtu\.be/)"
            r"(?P<id>[\w-]{11})(?:[?&#].*)?"
        ),
        "YouTube",
        "https://www.youtube-nocookie.com/embed/{id}",
    ),
    (
        re.compile(r"https://(?:www\.)?vimeo\.com/(?P<id>\d{1,12})(?:[/?#].*)?"),
        "Vimeo",
        "https://player.vimeo.com/video/{id}?dnt=1",
    ),
]


def player(url: str) -> tuple[str, str] | None:
    """The name of a video's site and the address of its player; None for any other address."""
    for pattern, name, address in PLAYERS:
        if match := pattern.fullmatch(url):
            return name, address.format(id=match["id"])
    return None
