"""Recognise crawlers, link previews and scripts by their User-Agent."""

import re
from functools import lru_cache

from crawleruseragents import is_crawler

# Link previews of the messenger Zalo, which the package's list does not have. Its in-app browsers,
# used by people, begin with «Mozilla» and end with «Zalo android/…», «ZaloTheme/…».
EXTRA_CRAWLERS = re.compile(r"^zalo|zalo[ -]?(bot|crawler|preview)", re.IGNORECASE)
MAX_LENGTH = 400


def is_bot(user_agent: str) -> bool:
    """Return whether a User-Agent header is a bot's; an empty one is."""
    return _is_bot(user_agent[:MAX_LENGTH])


@lru_cache(maxsize=4096)
def _is_bot(user_agent):
    if not user_agent.strip():
        return True
    return bool(EXTRA_CRAWLERS.search(user_agent)) or is_crawler(user_agent)
