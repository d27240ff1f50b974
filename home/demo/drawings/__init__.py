"""Draws the demo's pictures: flat, warm, poster-like, the same at every run.

`draw("river-dawn")` gives an image of 1600 x 900 or 1600 x 1200 pixels, a mark one of 800 x 800.
"""

from PIL import ImageOps

from . import indoors, outdoors
from .gallery import SCENES, render
from .marks import MARKS

NAMES = (*SCENES, *MARKS)


def draw(name, size=None):
    """The picture of this name, cut to `size` (width, height) if one is given."""
    image = MARKS[name]() if name in MARKS else render(name)
    return ImageOps.fit(image, size) if size else image


__all__ = ["NAMES", "draw", "indoors", "outdoors"]
