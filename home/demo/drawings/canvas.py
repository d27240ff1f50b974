"""A canvas in logical pixels: flat shapes, gradients and glows, drawn at twice the size."""

import math
import random
from contextlib import contextmanager
from functools import lru_cache

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

SUPERSAMPLING = 2

LACQUER = "#9e2b25"
LACQUER_DEEP = "#6f1d1b"
CORAL = "#d9674a"
ORANGE = "#e38b3d"
GOLD = "#c9973f"
SUN = "#f0c766"
PAPER = "#f6ecd9"
CREAM = "#fcf5e6"
SAND = "#e3cfa6"
EARTH = "#a9794f"
WOOD = "#7c5233"
WOOD_DARK = "#4e3325"
RIVER = "#1f6f78"
RIVER_LIGHT = "#62a8a3"
RIVER_DEEP = "#12434b"
MIST = "#c6dfd8"
LEAF = "#5b7f3a"
LEAF_LIGHT = "#93ab5a"
LEAF_DEEP = "#34562f"
INK = "#22303a"
SLATE = "#4c6272"
DUSK = "#27435c"
NIGHT = "#14233a"
WHITE = "#fffdf6"
SKINS = ("#dca77f", "#c98d66", "#e6b48f")
HAIR = "#2b2427"
HAIR_GREY = "#cfc9bd"


def dice(seed):
    """Chance that falls the same way at every run; nothing secret hangs on it."""
    return random.Random(seed)


def rgba(colour, alpha=1.0):
    """A colour name as the four numbers that Pillow blends with."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue, round(255 * alpha)


def mix(first, second, share):
    """The colour that lies `share` of the way from the first to the second."""
    pairs = zip(rgba(first)[:3], rgba(second)[:3], strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in pairs))


@lru_cache(maxsize=4)
def grain(size):
    """Paper-like noise around 128; the same at every run, unlike Pillow's own."""
    width, height = size
    noise = Image.frombytes("L", size, dice(7).randbytes(width * height))
    soft = noise.filter(ImageFilter.BoxBlur(0.8))
    return soft.point([round(128 + (value - 128) * 0.05) for value in range(256)])


class Canvas:
    """What the scenes draw on; coordinates are those of the finished picture."""

    def __init__(self, width, height, background=PAPER):
        self.width, self.height = width, height
        size = (width * SUPERSAMPLING, height * SUPERSAMPLING)
        self.image = Image.new("RGB", size, background)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def scaled(self, points):
        return [(x * SUPERSAMPLING, y * SUPERSAMPLING) for x, y in points]

    def box(self, x0, y0, x1, y1):
        return [
            value * SUPERSAMPLING for value in (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        ]

    def polygon(self, points, colour, alpha=1.0):
        self.pen.polygon(self.scaled(points), fill=rgba(colour, alpha))

    def rectangle(self, x0, y0, x1, y1, colour, alpha=1.0, radius=0):
        self.pen.rounded_rectangle(
            self.box(x0, y0, x1, y1), radius * SUPERSAMPLING, fill=rgba(colour, alpha)
        )

    def ellipse(self, x, y, rx, ry, colour, alpha=1.0):
        self.pen.ellipse(self.box(x - rx, y - ry, x + rx, y + ry), fill=rgba(colour, alpha))

    def circle(self, x, y, radius, colour, alpha=1.0):
        self.ellipse(x, y, radius, radius, colour, alpha)

    def ring(self, x, y, radius, colour, width, alpha=1.0):
        self.pen.ellipse(
            self.box(x - radius, y - radius, x + radius, y + radius),
            outline=rgba(colour, alpha),
            width=round(width * SUPERSAMPLING),
        )

    def slice(self, x, y, rx, ry, start, end, colour, alpha=1.0):
        """A piece of an ellipse between two angles, clockwise from the right."""
        box = self.box(x - rx, y - ry, x + rx, y + ry)
        self.pen.pieslice(box, start, end, fill=rgba(colour, alpha))

    def arc(self, x, y, rx, ry, start, end, colour, width, alpha=1.0):
        box = self.box(x - rx, y - ry, x + rx, y + ry)
        self.pen.arc(box, start, end, rgba(colour, alpha), round(width * SUPERSAMPLING))

    def line(self, points, colour, width, alpha=1.0):
        """A stroke; opaque ones have round ends."""
        wide = max(1, round(width * SUPERSAMPLING))
        self.pen.line(self.scaled(points), rgba(colour, alpha), wide, joint="curve")
        if alpha == 1.0 and width > 3:
            for x, y in (points[0], points[-1]):
                self.circle(x, y, width / 2, colour)

    def gradient(self, x0, y0, x1, y1, top, bottom):
        """A rectangle that changes from one colour at its top to another at its bottom."""
        left, upper, right, lower = (round(value) for value in self.box(x0, y0, x1, y1))
        size = (right - left, lower - upper)
        blend = Image.linear_gradient("L").resize(size, Image.Resampling.BILINEAR)
        two = (Image.new("RGB", size, bottom), Image.new("RGB", size, top))
        self.image.paste(Image.composite(*two, blend), (left, upper))

    def glow(self, x, y, radius, colour, strength=0.8):
        """Light that fades out around a point."""
        size = (round(radius * 2 * SUPERSAMPLING),) * 2
        # Pillow's radial gradient is 181, not 255, where it meets the middle of an edge.
        shares = [max(0, 1 - value / 180) for value in range(256)]
        fading = [round(255 * strength * share * share) for share in shares]
        mask = Image.radial_gradient("L").point(fading).resize(size, Image.Resampling.BILINEAR)
        corner = (round((x - radius) * SUPERSAMPLING), round((y - radius) * SUPERSAMPLING))
        self.image.paste(Image.new("RGB", size, colour), corner, mask)

    def blob(self, x, y, rx, ry, colour, seed=0, alpha=1.0, bumps=9, depth=0.09):
        """A soft, irregular round, for leaves, clouds and stones."""
        chance = dice(seed)
        turn, low = chance.random() * 6, chance.random() * 6
        points = []
        for step in range(72):
            angle = step * math.tau / 72
            reach = 1 + depth * math.sin(bumps * angle + turn) + depth * math.sin(4 * angle + low)
            points.append((x + rx * reach * math.cos(angle), y + ry * reach * math.sin(angle)))
        self.polygon(points, colour, alpha)

    @contextmanager
    def clipped(self, x0, y0, x1, y1):
        """Keep what is drawn meanwhile inside a rectangle, as a view in its window."""
        before, box = self.image.copy(), [round(value) for value in self.box(x0, y0, x1, y1)]
        yield
        inside = self.image.crop(box)
        self.image.paste(before)
        self.image.paste(inside, box)

    def cap(self, x, y, rx, ry, start, end, colour, alpha=1.0):
        """The part of an ellipse that a straight line cuts off."""
        self.pen.chord(
            self.box(x - rx, y - ry, x + rx, y + ry), start, end, fill=rgba(colour, alpha)
        )

    def finished(self):
        """The picture at its own size, with a breath of paper grain."""
        small = self.image.reduce(SUPERSAMPLING)
        noise = Image.merge("RGB", [grain(small.size)] * 3)
        return ImageChops.add(small, noise, 1, -128)
