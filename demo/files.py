"""The files that the demo is made of: texts in `content/`, pictures in `pictures/`, PDFs rendered."""

import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from . import papers

CONTENT = Path(__file__).parent / "content"
PICTURES = Path(__file__).parent / "pictures"


def read_content() -> dict[str, dict]:
    """The files in `content/` by name."""
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in CONTENT.glob("*.toml")}


def papers_of(files) -> list[tuple[dict, Callable[[], bytes]]]:
    """Every PDF of the demo: its row (key, title) and what renders it."""
    directives = [
        *files["directives"]["directives"],
        *files["site"]["sites"]["go-say"]["directives"],
    ]
    rendered = [
        (attachment, partial(papers.paper, directive, attachment))
        for directive in directives
        for attachment in directive["attachments"]
    ]
    return [*rendered, *((form, partial(papers.form, form)) for form in files["articles"]["forms"])]


def image_titles() -> list[str]:
    """Return the titles of the demo's pictures."""
    return [path.stem for path in PICTURES.glob("*.webp")]


def document_titles() -> list[str]:
    """The titles of the demo's files."""
    return [row["title"]["vi"] for row, render in papers_of(read_content())]
