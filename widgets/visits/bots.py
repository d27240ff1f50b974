"""Who is no reader: crawlers, link previews, scripts."""

import re
from functools import lru_cache

from crawleruseragents import is_crawler

# Link previews of a messenger that the list, kept abroad, does not know. Its own browsers, in
# which people read, begin with «Mozilla» and end with «Zalo android/…», «ZaloTheme/…».
OUR_CRAWLERS = re.compile(r"^zalo|zalo[ -]?(bot|crawler|preview)", re.IGNORECASE)
LONGEST = 400


def is_bot(user_agent: str) -> bool:
    """Whether a User-Agent header is that of a program; an empty one is."""
    return _is_bot(user_agent[:LONGEST])


@lru_cache(maxsize=4096)
def _is_bot(user_agent):
    if not user_agent.strip():
        return True
    return bool(OUR_CRAWLERS.search(user_agent)) or is_crawler(user_agent)
