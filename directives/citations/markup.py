"""The readable text of HTML, with the way back into the HTML.

Rule C1 of docs/citation-grammar.md. This is no parser of documents: it knows what is text
and what is not, in one pass, whatever it is given.
"""

import re
from html import unescape

from .cleaning import BREAK, Projection

# Stands for what readers see and we leave alone: a link, code, a picture.
OPAQUE = "\ufffc"

_MARKUP = re.compile(
    r"<(?=[A-Za-z/!?])|&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,31})")
_TAG_REST = re.compile(r"[^>\"'=]+|=\s*\"[^\"]*\"|=\s*'[^']*'|[=\"']")
_INLINE_NAMES = (
    "abbr b bdi bdo big cite data del dfn em font i ins label mark nobr o:p q ruby s small span"
    " strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_LEFT_ALONE = frozenset(("a", "button", "code", "script", "style", "svg", "template", "textarea"))


def project_html(html: str) -> Projection:
    """Project HTML onto its text, in linear time.

    Inline tags vanish, `<br>` is the end of a line, any other tag the end of a block. Links and
    code become one opaque character. A tag, comment or link that never ends swallows the rest,
    as it does in a browser.
    """
    projection = Projection()
    pieces: list[str] = []
    length = position = 0

    def add(text: str, start: int, end: int, *, verbatim: bool) -> None:
        nonlocal length
        projection.add(length, start, end, verbatim)
        pieces.append(text)
        length += len(text)

    while match := _MARKUP.search(html, position):
        start = match.start()
        if start > position:
            add(html[position:start].replace("\n", " "), position, start, verbatim=True)
        if html[start] == "&":
            position = match.end()
            if character := unescape(match.group()):
                add(character, start, position, verbatim=False)
            continue
        name, position = _read_tag(html, start)
        if name in _LEFT_ALONE:
            position = _end_of_element(html, name, position)
            add(OPAQUE, start, position, verbatim=False)
        elif name == "br":
            add("\n", start, position, verbatim=False)
        elif name and name not in _INLINE:
            add(BREAK, start, position, verbatim=False)
    if position < len(html):
        add(html[position:].replace("\n", " "), position, len(html), verbatim=True)
    projection.text = "".join(pieces)
    return projection


def _read_tag(html: str, start: int) -> tuple[str, int]:
    """Give the name of the tag or comment at `start` ("" if transparent) and where it ends."""
    if html.startswith("<!--", start):
        end = html.find("-->", start + 4)
        return "", len(html) if end < 0 else end + 3
    match = _TAG_NAME.match(html, start)
    if match is None:  # A doctype, a processing instruction, or a stray «</».
        end = html.find(">", start)
        return "", len(html) if end < 0 else end + 1
    position = match.end()
    while position < len(html) and html[position] != ">":
        rest = _TAG_REST.match(html, position)
        position = rest.end() if rest else len(html)
    closing = html[start + 1] == "/"
    name = match.group(1).lower()
    # A closing tag without its opening one says nothing, unless it ends a block.
    return "" if closing and name in _LEFT_ALONE else name, min(position + 1, len(html))


def _end_of_element(html: str, name: str, position: int) -> int:
    closing = _CLOSING[name].search(html, position)
    return closing.end() if closing else len(html)


_CLOSING = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in _LEFT_ALONE}
