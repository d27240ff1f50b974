"""Our components keep their looks below the CSS resets of projects that have a base template of their own."""

from pathlib import Path

import pytest
from csp.constants import SELF, UNSAFE_INLINE

from tests.factories import make_article, make_directive, make_portal

HOSTS = Path(__file__).parent / "hosts"
RESETS = sorted(each.name for each in HOSTS.iterdir() if each.is_dir())

# What a reader sees of every button, field and title: sRGB by way of a canvas, whatever the notation.
MEASURE = """
() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour) => {
        const [r, g, b] = colour.slice(0, 3).map((each) => {
            const part = each / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const behind = (element) => {
        for (let each = element; each; each = each.parentElement) {
            const colour = rgba(getComputedStyle(each).backgroundColor);
            if (colour[3] === 255) return colour;
        }
        return [255, 255, 255, 255];
    };
    const texts = [...document.querySelectorAll("main *")].filter(
        (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    );
    const fields = "input:not([type=hidden], [type=radio], [tabindex='-1']), select, textarea";
    return [...new Set([...document.querySelectorAll(`main h1, main button, main a.button, ${fields}`), ...texts])]
        .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest(".visually-hidden"))
        .map((each) => {
            const style = getComputedStyle(each);
            const box = each.getBoundingClientRect();
            return {
                what: `${each.tagName.toLowerCase()}.${each.className}`,
                field: each.matches(fields),
                button: each.matches("button, a.button"),
                title: each.matches("h1"),
                text: contrast(rgba(style.color), behind(each)),
                edge: contrast(rgba(style.borderTopColor), behind(each)),
                border: parseFloat(style.borderTopWidth),
                padding: parseFloat(style.paddingLeft),
                size: parseFloat(style.fontSize),
                x: box.x,
                height: box.height,
            };
        });
}
"""


@pytest.fixture
def host(settings):
    """Makes the portal a project with another base template, whose style sheet is a reset."""

    def become(reset):
        project, *rest = settings.TEMPLATES
        folders = [HOSTS / reset, HOSTS, *project.get("DIRS", [])]
        settings.TEMPLATES = [{**project, "DIRS": folders}, *rest]

    settings.CIVIC_PORTAL_STYLES = "all"
    # The resets stand within the pages.
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": directives | {"style-src": [SELF, UNSAFE_INLINE]}
    }
    settings.TEMPLATES = [*settings.TEMPLATES]
    return become


def faults(seen):
    for each in seen:
        if each["text"] < 4.5:
            yield "text", each
        if each["field"] and (each["border"] < 1 or each["edge"] < 3 or each["padding"] < 4):
            yield "field", each
        if each["button"] and (each["height"] < 24):
            yield "button", each
        if each["title"] and (each["x"] <= 0 or each["size"] < 24):
            yield "title", each


def test_forms_and_titles_hold_their_own_against_resets(page, host):
    portal = make_portal()
    article = make_article(portal.news)
    make_directive(portal.register)
    addresses = [article.url, portal.register.url, portal.news.url]

    found = []
    for reset in RESETS:
        host(reset)
        for address in addresses:
            page.goto(address)
            seen = page.evaluate(MEASURE)
            assert any(each["title"] for each in seen)
            found += [(reset, address, *fault) for fault in faults(seen)]
    assert found == []
