"""Bars as SVG, drawn on the server; what they show stands in a table beside them."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from .figures import Period

# In units of the drawing; the template scales it to the column.
WIDTH, HEIGHT = 640, 190
TOP, BOTTOM, LEFT = 22, 30, 72
GAP = 0.28


def draw_bars(periods: list[Period], *, monthly: bool = False) -> dict:
    """
    What a template needs to print a chart of visits: `width`, `height`, `bars` and `lines`.

    A bar has `x`, `y`, `width`, `height`, `title` (what it says in words) and `label` (beneath
    it, where there is room, else ""; the `last` one's ends at `end`); a line `y` and `label`. Measures are strings, which no
    template localises.
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
                # The last one ends with its bar: beyond it the picture ends.
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
    """The next round number that is even, so that half of it is whole too."""
    digits = 10 ** max(len(str(number)) - 1, 0)
    for factor in (1, 2, 4, 6, 8, 10):
        if factor * digits >= max(number, 2) and factor * digits % 2 == 0:
            return factor * digits
    return 20 * digits
