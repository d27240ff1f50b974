"""The documentation's site, built by `make docs`: Sphinx, MyST for Markdown, the theme Furo."""

import os
import re
import sys
from pathlib import Path

import django
from pygments.lexers.special import TextLexer

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_site.settings.dev")
django.setup()

from docs import reference  # noqa: E402 - needs the settings

project = "Civic Portal"
author = "The Civic Portal developers"
copyright = f"2026, {author}"
html_title = project

extensions = ["myst_parser"]
exclude_patterns = ["openapi.json"]
nitpicky = True
# Links to headings, as GitHub makes them: `api.md#webhooks`.
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
# Text between quotation marks and dashes stays as it is written.
smartquotes = False

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
# Furo's own fonts are those of the reader's system; nothing is loaded from another host.
html_theme_options = {"navigation_with_keys": True, "top_of_page_buttons": []}


# Documents at the root of the repository have a page of their own here.
IN_ROOT = {
    "CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "SECURITY.md",
}  # fmt: skip
INCLUDED = re.compile(r"<!-- included: (\w+\.md) -->")
GENERATED = re.compile(r"<!-- generated: ([\w ]+) -->")
LINK = re.compile(r"\]\((?:\.\./)*(docs/)?([\w./-]+\.md)(#[\w-]+)?\)")


def fill_in(app, docname, source):
    """Put documents of the root and generated parts in place of the comments that name them."""
    text = INCLUDED.sub(lambda match: (ROOT / match[1]).read_text(), source[0])
    text = GENERATED.sub(lambda match: reference.PARTS[match[1]](), text)
    source[0] = LINK.sub(site_link, text)


def site_link(match):
    """Return a link as it is within the site: from the root of docs, or to a page made of a file."""
    from_root, path, fragment = match.groups()
    if path in IN_ROOT:
        path = f"/contributor/{path.lower()}"
    elif from_root:
        path = f"/{path}"
    else:
        return match[0]
    return f"]({path}{fragment or ''})"


def setup(app):
    """Connect to Sphinx."""
    app.add_lexer("cron", TextLexer)  # Pygments has none
    app.connect("source-read", fill_in)
