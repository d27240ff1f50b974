"""
Recognise the addresses of YouTube and Vimeo videos.

Players are loaded only on the reader's click, from the providers' privacy-friendly hosts.
"""

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
    """Return the provider's name and the player's URL for a video's URL; None for any other URL."""
    for pattern, name, address in PLAYERS:
        if match := pattern.fullmatch(url):
            return name, address.format(id=match["id"])
    return None
