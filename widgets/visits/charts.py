"""Draw bar charts as SVG on the server; a table beside them has the same data."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from .figures import Period

# In units of the SVG's view box; the template scales it.
WIDTH, HEIGHT = 640, 190
TOP, BOTTOM, LEFT = 22, 30, 72
GAP = 0.28


def draw_bars(periods: list[Period], *, monthly: bool = False) -> dict:
    """
    Return the data a template needs to print a bar chart of visits.

    The result has `width`, `height`, `baseline`, `foot`, `bars` and `lines`. A bar has `x`, `y`,
    `width`, `height`, `title` (its value in words), `label` (below the bar, or ""), `middle`, and
    `last` and `end` to align the last label; a line has `y`, `label_y` and `label`. Measures are
    strings, so that templates do not published_translations them.
    """
    highest = _round_up(max((period.visits for period in periods), default=0))
    step = (WIDTH - LEFT) / max(len(periods), 1)
    room = HEIGHT - TOP - BOTTOM
    every = 1 if monthly else 5
    bars = []
    for number, period in enumerate(periods):
        height = room * period.visits / highest
        day = date_format(period.start, "m/Y" if monthly else "d/m/Y")
        labelled = (len(periods) - 1 - number) % every == 0
        short = date_format(period.start, "n" if monthly else "j/n")
        bars.append(
            {
                "x": f"{LEFT + step * (number + GAP / 2):.1f}",
                "y": f"{HEIGHT - BOTTOM - height:.1f}",
                "width": f"{step * (1 - GAP):.1f}",
                "height": f"{height:.1f}",
                "middle": f"{LEFT + step * (number + 0.5):.1f}",
                "title": _("%(day)s: %(visits)s visits")
                % {"day": day, "visits": number_format(period.visits, force_grouping=True)},
                "label": short if labelled else "",
                # The last label is right-aligned: the drawing ends with its bar.
                "last": number == len(periods) - 1,
                "end": f"{LEFT + step * (number + 1 - GAP / 2):.1f}",
            }
        )
    lines = [
        {
            "y": f"{HEIGHT - BOTTOM - room * part:.1f}",
            "label_y": f"{HEIGHT - BOTTOM - room * part - 4:.1f}",
            "label": number_format(round(highest * part), force_grouping=True),
        }
        for part in (0.5, 1)
    ]
    return {
        "width": str(WIDTH),
        "height": str(HEIGHT),
        "baseline": str(HEIGHT - BOTTOM),
        "foot": str(HEIGHT - 8),
        "bars": bars,
        "lines": lines,
    }


def _round_up(number: int) -> int:
    """Return the next even round number, so that half of it is an integer too."""
    digits = 10 ** max(len(str(number)) - 1, 0)
    for factor in (1, 2, 4, 6, 8, 10):
        if factor * digits >= max(number, 2) and factor * digits % 2 == 0:
            return factor * digits
    return 20 * digits
