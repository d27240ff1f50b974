"""What an answer of the admin shows to a person, and which of it is English."""

import json
import re
from functools import cache
from pathlib import Path

import polib
import wagtail
import wagtail_localize
from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype

ATTRIBUTES = {"title", "aria-label", "aria-description", "placeholder", "alt", "label", "content"}
BUTTONS = {"submit", "button", "reset"}
# Elements whose content is no text of the interface.
NOT_SHOWN = {"style", "code", "pre", "textarea"}
# Proper nouns, abbreviations and technical terms that Vietnamese uses as they are.
# fmt: off
KEPT = {
    "wagtail", "civic", "portal", "url", "urls", "html", "api", "rss", "utf", "csv", "xlsx", "json", "http", "https", "cors", "cname", "csp", "pdf", "docx", "xls", "pptx", "odt", "ods",
    "odp", "txt", "zip", "doc", "ppt", "email", "mail", "e-mail", "youtube", "vimeo", "geojson", "gps", "id", "uuid", "gif", "jpg", "jpeg", "png", "webp", "avif", "avi", "svg", "heic",
    "facebook", "zalo", "google", "markdown", "slug", "openapi", "english", "webhook", "webhooks", "token", "po", "xml", "kml", "gadm", "esc", "ctrl", "alt", "shift", "cmd",
    "enter", "tab", "website", "video", "internet", "bearer", "hmac", "sha", "ip", "seo", "banner", "logo", "ok", "x", "javascript", "web", "menu", "utc", "gmt", "key", "name", "wiki", "tải",
}
# fmt: on
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# A Vietnamese syllable, were its marks taken off.
SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ph|th|tr|ch|gh|gi|kh|qu|[bcdghklmnpqrstvx])?"
    r"(?:[aeiouy]|a[iouy]|e[ou]|i[aeu]|o[aei]|u[aeiouy]|y[eu]|i?eu|o[ae][iouy]|u[aoy][aeiouy]|uye)"
    r"(?:ch|nh|ng|[cmnpt])?"
)
# Not texts: addresses, names of files, classes, icons, formats and identifiers.
NO_TEXT = re.compile(r"^(?:[^\s]*[/_@{}<>=#.:\\-][^\s]*|[a-z]+[A-Z]\w*|[a-z]+|[A-Z_]+)$")
# Keys of JSON whose values are never shown: HTML attributes for scripts, names, formats and content.
NO_TEXT_KEY = re.compile(
    r"^(?:data-|class|icon|id$|name$|url$|href$|type$|value$|features$|blocks$)"
)
# What a text quotes, fills in or is shown as it is: identifiers, placeholders, addresses.
QUOTED = re.compile(r"“[^”]*”|%\(\w+\)[sd]|\{\w*\}|\S*[@/_]\S*|\S+\.\w+|\b[A-Za-z]*\d\w*\b")


@cache
def catalogue_texts() -> dict[str, str]:
    """Return the texts of Wagtail, wagtail-localize and Django as they are in English."""
    roots = [Path(wagtail.__file__).parent, Path(wagtail_localize.__file__).parent]
    paths = [path for root in roots for path in root.rglob("locale/en/LC_MESSAGES/django*.po")]
    texts = {}
    for path in paths:
        for entry in polib.pofile(str(path)):
            for text in filter(None, (entry.msgid, entry.msgid_plural)):
                texts[text.casefold().strip(" .:")] = text
    return texts


def script_texts() -> set[str]:
    """Return the texts of the admin's scripts as they are in English."""
    path = Path(wagtail.__file__).parent / "admin/locale/en/LC_MESSAGES/djangojs.po"
    return {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete}


@cache
def english_words() -> frozenset[str]:
    """Return the words of those texts, without the ones that are syllables of Vietnamese too."""
    words = {word.casefold() for text in catalogue_texts().values() for word in WORD.findall(text)}
    return frozenset(
        word
        for word in words
        if word.isascii() and len(word) > 1 and not SYLLABLE.fullmatch(word) and word not in KEPT
    )


@cache
def english(text: str) -> list[str]:
    """Return what of a text is English: it itself if a catalogue has it so, or words of it."""
    text = " ".join(QUOTED.sub(" ", text).split())
    key = text.casefold().strip(" .:…")
    kept = all(word in KEPT for word in WORD.findall(key))
    if key in catalogue_texts() and not kept and key.isascii() and len(key) > 1:
        return [text]
    return [word for word in WORD.findall(text) if word.casefold() in english_words()]


def shown_texts(content: str, content_type: str = "text/html"):
    """
    Yield the texts that an answer shows: text nodes, attributes that are read out or shown, values of
    buttons, and strings in data that scripts turn into interface.
    """
    if "json" in content_type:
        yield from strings(json.loads(content))
        return
    soup = BeautifulSoup(content, "html.parser")
    for node in soup.find_all(string=True):
        if isinstance(node, Comment | Doctype) or node.parent.name in NOT_SHOWN:
            continue
        if node.parent.name == "script":
            if "json" in node.parent.get("type", ""):
                yield from strings(parsed(node))
        elif node.strip() and "data-side-panel-toggle-counter" not in node.parent.attrs:
            yield str(node)
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            if isinstance(value, list):
                continue
            is_button = element.name == "input" and element.get("type") in BUTTONS
            if (name in ATTRIBUTES and element.name != "meta") or (name == "value" and is_button):
                yield value
            elif name.startswith("data-"):
                data = parsed(value)
                if isinstance(data, dict | list):
                    yield from strings(data)
                elif name.endswith(("-label", "-text", "-title", "-content", "message-value")):
                    yield value


def parsed(text):
    """Return what a text is as JSON, else None."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def strings(data):
    """Yield the texts in JSON: strings that are no names, addresses or HTML, and texts of HTML."""
    if isinstance(data, dict):
        if data.get("isRoot"):  # wagtail-localize's breadcrumb shows a picture of a house.
            return
        for key, value in data.items():
            if not NO_TEXT_KEY.match(key):
                yield from strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings(value)
    elif isinstance(data, str):
        if isinstance(parsed(data), dict):  # A value of the rich text editor.
            return
        if "<" in data and ">" in data:
            yield from shown_texts(data)
        elif not NO_TEXT.match(data):
            yield data
