"""Things that several scenes share: sky and water, trees, houses, people, bicycles, boats."""

import math

from .canvas import (
    CORAL,
    CREAM,
    EARTH,
    GOLD,
    HAIR,
    INK,
    LACQUER,
    LACQUER_DEEP,
    LEAF,
    LEAF_DEEP,
    LEAF_LIGHT,
    MIST,
    ORANGE,
    PAPER,
    RIVER,
    RIVER_LIGHT,
    SAND,
    SKINS,
    SLATE,
    SUN,
    WHITE,
    WOOD,
    WOOD_DARK,
    dice,
    mix,
)

# --- Air, land, water -------------------------------------------------------------------------


def sky(c, top, bottom, horizon=None):
    c.gradient(0, 0, c.width, horizon or c.height, top, bottom)


def sun(c, x, y, radius, colour=SUN, halo="#ffe9b0"):
    c.glow(x, y, radius * 5, halo, 0.75)
    c.circle(x, y, radius, colour)


def cloud(c, x, y, width, colour=WHITE, alpha=0.75):
    """A flat cloud made of a bar and three rounds."""
    height = width * 0.13
    c.rectangle(x - width / 2, y - height, x + width / 2, y, colour, alpha, radius=height / 2)
    inner = width * 0.72
    c.rectangle(
        x - inner * 0.3, y - height * 2, x + inner * 0.5, y - height, colour, alpha, height / 2
    )


def hills(c, base, height, colour, seed=1, alpha=1.0, bottom=None):
    """A rolling ridge across the picture."""
    chance = dice(seed)
    turns = [chance.random() * 6 for _ in range(3)]
    points = []
    for x in range(0, c.width + 20, 20):
        wave = sum(
            math.sin(x / span + turn) for span, turn in zip((310, 170, 90), turns, strict=True)
        )
        points.append((x, base - height * (0.55 + wave / 5)))
    bottom = bottom or c.height
    c.polygon([*points, (c.width, bottom), (0, bottom)], colour, alpha)


def ripples(c, x0, y0, x1, y1, colour, count=60, seed=3, alpha=0.35):
    """Short strokes on water, longer and thicker towards the viewer."""
    chance = dice(seed)
    for _ in range(count):
        depth = chance.random()
        y = y0 + (y1 - y0) * depth
        x = chance.uniform(x0, x1)
        reach = 14 + 80 * depth * chance.random()
        c.rectangle(x - reach, y - 1, x + reach, y + 1 + 3 * depth, colour, alpha, radius=2)


def birds(c, x, y, count=5, colour=INK, seed=2, span=130):
    chance = dice(seed)
    for _ in range(count):
        bx, by = x + chance.uniform(-span, span), y + chance.uniform(-span / 3, span / 3)
        size = chance.uniform(9, 17)
        c.arc(bx - size, by, size, size * 0.6, 200, 340, colour, 2.6)
        c.arc(bx + size, by, size, size * 0.6, 200, 340, colour, 2.6)


def shadow(c, x, y, rx, ry=None, alpha=0.16):
    c.ellipse(x, y, rx, ry or rx * 0.2, INK, alpha)


# --- Plants -----------------------------------------------------------------------------------


def tree(c, x, y, height, tones=(LEAF_DEEP, LEAF, LEAF_LIGHT), seed=1, spread=0.36):
    """A broad tree: trunk, then its crown in three tones lit from the upper left."""
    chance = dice(seed)
    dark, middle, light = tones
    trunk = height * 0.045
    c.polygon(
        [
            (x - trunk, y),
            (x - trunk * 0.6, y - height * 0.6),
            (x + trunk * 0.6, y - height * 0.6),
            (x + trunk * 1.1, y),
        ],
        WOOD,
    )
    for side in (-1, 1):
        reach = (x + side * height * spread * 0.55, y - height * 0.66)
        c.line([(x, y - height * 0.36), reach], WOOD, height * 0.03)
    cy, rx, ry = y - height * 0.7, height * spread, height * 0.27
    clumps = [
        (chance.uniform(-0.75, 0.75), chance.uniform(-0.6, 0.5), chance.uniform(0.38, 0.56))
        for _ in range(11)
    ]
    for colour, dx, dy, shrink in (
        (dark, 0.06, 0.12, 1.0),
        (middle, 0, 0, 0.88),
        (light, -0.1, -0.2, 0.5),
    ):
        for index, (px, py, size) in enumerate(clumps):
            radius = rx * size * shrink
            c.blob(
                x + rx * (px + dx),
                cy + ry * (py + dy),
                radius,
                radius * 0.78,
                colour,
                seed * 31 + index,
            )
    for _ in range(26):
        angle, reach = chance.random() * math.tau, chance.random() ** 0.5
        spot = (x + rx * 1.05 * reach * math.cos(angle), cy + ry * reach * math.sin(angle))
        c.circle(*spot, height * 0.009, mix(light, WHITE, 0.35), 0.6)


def frond(c, x, y, reach, angle, colour):
    """A palm leaf that leaves (x, y) at an angle and bends under its weight."""
    dx, dy = reach * math.cos(angle), -reach * math.sin(angle)
    spine = [
        (x + dx * t, y + dy * t + reach * 0.62 * t * t) for t in (step / 10 for step in range(11))
    ]
    for step in range(1, 11):
        (px, py), long = spine[step], reach * 0.3 * math.sin(math.pi * min(0.97, step / 11 + 0.08))
        for lean in (-0.5, 0.35):
            tip = (
                px + (1 if dx >= 0 else -1) * long * 0.5 + lean * long * 0.3,
                py + long * (0.75 if lean > 0 else 0.35),
            )
            c.polygon([(px - reach * 0.035, py), tip, (px + reach * 0.035, py)], colour)
    c.line(spine, colour, max(2, reach * 0.03))


def palm(c, x, y, height, colour=LEAF_DEEP, light=LEAF, lean=0.0, trunk="#8d7458"):
    """An areca or coconut palm with a ringed trunk."""
    top = (x + lean * height, y - height)
    width = height * 0.02
    c.polygon(
        [
            (x - width * 1.4, y),
            (top[0] - width, top[1]),
            (top[0] + width, top[1]),
            (x + width * 1.4, y),
        ],
        trunk,
    )
    for step in range(1, 12):
        t = step / 12
        px, py = x + lean * height * t, y - height * t
        c.line([(px - width, py), (px + width, py)], mix(trunk, INK, 0.35), height * 0.005, 0.6)
    reach = height * 0.38
    for tone, angles in (
        (colour, (-0.15, 0.25, 0.9, 2.25, 2.9, 3.3)),
        (light, (0.55, 1.3, 1.85, 2.6)),
    ):
        for angle in angles:
            frond(c, *top, reach * (0.85 if tone == light else 1), angle, tone)


def bush(c, x, y, width, colour=LEAF, seed=1, flowers=None):
    chance = dice(seed)
    c.blob(x, y - width * 0.2, width * 0.5, width * 0.28, mix(colour, INK, 0.25), seed)
    c.blob(x - width * 0.06, y - width * 0.25, width * 0.4, width * 0.22, colour, seed + 1)
    for _ in range(14 if flowers else 0):
        fx = x + chance.uniform(-0.42, 0.38) * width
        c.circle(fx, y - chance.uniform(0.08, 0.42) * width, width * 0.035, flowers)
    c.rectangle(
        x - width * 0.5, y - 2, x + width * 0.5, y + 2, mix(colour, INK, 0.4), 0.5, radius=2
    )


def reeds(c, x, y, height, count=14, seed=4, colours=(LEAF_DEEP, LEAF), plume=SAND):
    """A stand of reeds with feathery heads."""
    chance = dice(seed)
    for index in range(count):
        bx = x + chance.uniform(-1, 1) * height * 0.55
        tall = height * chance.uniform(0.6, 1)
        bend = chance.uniform(-0.16, 0.2) * tall
        tip = (bx + bend, y - tall)
        c.line(
            [(bx, y), (bx + bend * 0.3, y - tall * 0.55), tip],
            colours[index % len(colours)],
            height * 0.018,
        )
        c.ellipse(tip[0] + bend * 0.05, tip[1], height * 0.022, height * 0.085, plume)
        side = 1 if index % 2 else -1
        mid = (bx + bend * 0.3, y - tall * 0.5)
        c.polygon(
            [
                mid,
                (mid[0] + side * height * 0.17, mid[1] - height * 0.12),
                (mid[0], mid[1] + height * 0.05),
            ],
            colours[index % len(colours)],
        )


def lotus(c, x, y, size, colour="#d98c8f"):
    c.ellipse(x, y + size * 0.25, size * 0.9, size * 0.2, LEAF_DEEP, 0.6)
    for turn in (-1, 1, -0.5, 0.5, 0):
        tip = (x + turn * size * 0.75, y - size * (0.75 - abs(turn) * 0.45))
        shade = mix(colour, WHITE, 0.45 - abs(turn) * 0.35)
        c.polygon(
            [
                (x - size * 0.16, y + size * 0.2),
                ((x + tip[0]) / 2 - size * 0.2, (y + tip[1]) / 2),
                tip,
                ((x + tip[0]) / 2 + size * 0.2, (y + tip[1]) / 2),
                (x + size * 0.16, y + size * 0.2),
            ],
            shade,
        )


def pot_plant(c, x, y, size, pot=CORAL, seed=1):
    for turn in (-0.9, -0.45, 0, 0.45, 0.9):
        tip = (x + turn * size * 0.7, y - size * (1.25 - abs(turn) * 0.35))
        middle = (x + turn * size * 0.2, y - size * 0.7)
        c.polygon(
            [
                (x - 4, y - size * 0.4),
                (middle[0] - size * 0.12, middle[1]),
                tip,
                (middle[0] + size * 0.12, middle[1]),
            ],
            LEAF if seed % 2 else LEAF_DEEP,
        )
    c.polygon(
        [
            (x - size * 0.32, y - size * 0.45),
            (x + size * 0.32, y - size * 0.45),
            (x + size * 0.22, y),
            (x - size * 0.22, y),
        ],
        pot,
    )
    c.rectangle(
        x - size * 0.36,
        y - size * 0.52,
        x + size * 0.36,
        y - size * 0.4,
        mix(pot, INK, 0.15),
        radius=3,
    )


# --- Buildings --------------------------------------------------------------------------------


def tiled_roof(c, x0, x1, eaves, ridge, inset, colour=LACQUER):
    """A roof seen from the front, with rows of tiles."""
    c.polygon([(x0, eaves), (x0 + inset, ridge), (x1 - inset, ridge), (x1, eaves)], colour)
    rows = max(3, round((eaves - ridge) / 16))
    for row in range(1, rows):
        t = row / rows
        y, slip = ridge + (eaves - ridge) * t, inset * (1 - t)
        c.line([(x0 + slip, y), (x1 - slip, y)], LACQUER_DEEP, 1.6, 0.45)
    c.rectangle(
        x0 + inset - 6, ridge - 7, x1 - inset + 6, ridge + 3, mix(colour, INK, 0.35), radius=4
    )
    c.rectangle(x0 - 4, eaves - 5, x1 + 4, eaves + 4, mix(colour, INK, 0.45), radius=3)


def window(c, x, y, width, height, glass=RIVER_LIGHT, frame=CREAM, lit=False):
    c.rectangle(x - 4, y - 4, x + width + 4, y + height + 4, frame, radius=2)
    c.rectangle(x, y, x + width, y + height, SUN if lit else glass)
    if not lit:
        c.polygon(
            [(x, y + height), (x, y + height * 0.4), (x + width * 0.7, y), (x + width, y)],
            WHITE,
            0.18,
        )
    c.line([(x + width / 2, y), (x + width / 2, y + height)], frame, 3)
    c.line([(x, y + height / 2), (x + width, y + height / 2)], frame, 3)


def awning(c, x0, x1, y, drop, colours=(LACQUER, PAPER), stripes=8):
    """A striped shop awning with a scalloped edge."""
    step = (x1 - x0) / stripes
    flare = drop * 0.28
    for index in range(stripes):
        left, right = x0 + index * step, x0 + (index + 1) * step
        shift = [flare * (2 * (edge - x0) / (x1 - x0) - 1) for edge in (left, right)]
        colour = colours[index % len(colours)]
        c.polygon(
            [(left, y), (right, y), (right + shift[1], y + drop), (left + shift[0], y + drop)],
            colour,
        )
        centre = (left + right + sum(shift)) / 2
        c.slice(
            centre,
            y + drop - 1,
            (right - left + shift[1] - shift[0]) / 2,
            step * 0.32,
            0,
            180,
            colour,
        )
    c.rectangle(x0 - 2, y - 5, x1 + 2, y + 4, WOOD_DARK, radius=2)


def town_house(c, x, y, width, height, wall, seed=1, lit=(), roof=LACQUER):
    """A narrow two-storey house as in any old Vietnamese street."""
    c.rectangle(x, y - height, x + width, y, wall)
    c.rectangle(x + width * 0.86, y - height, x + width, y, INK, 0.07)
    tiled_roof(
        c, x - 10, x + width + 10, y - height + 6, y - height - width * 0.22, width * 0.13, roof
    )
    pane = width * 0.22
    for index in range(2):
        px = x + width * (0.16 + 0.46 * index)
        window(c, px, y - height * 0.78, pane, height * 0.2, lit=index in lit)
        for side in (-1, 1):
            edge = px - pane * 0.42 if side < 0 else px + pane * 1.06
            c.rectangle(
                edge,
                y - height * 0.79,
                edge + pane * 0.36,
                y - height * 0.57,
                RIVER if seed % 2 else LEAF_DEEP,
            )
    c.rectangle(x, y - height * 0.48, x + width, y - height * 0.455, mix(wall, INK, 0.25))


def street_lamp(c, x, y, height, lit=True):
    c.line([(x, y), (x, y - height)], INK, 7)
    c.arc(x + 28, y - height, 28, 26, 180, 270, INK, 6)
    c.line([(x + 26, y - height - 24), (x + 52, y - height - 24)], INK, 6)
    c.slice(x + 58, y - height - 20, 24, 16, 180, 360, INK)
    if lit:
        c.glow(x + 58, y - height - 12, 190, SUN, 0.55)
        c.ellipse(x + 58, y - height - 17, 18, 8, "#fff3c4")


# --- People -----------------------------------------------------------------------------------


def head(c, x, y, radius, skin, hair=HAIR, style="short", hat=None):
    """A face without features, its hair, and perhaps a hat."""
    if style == "long":
        c.rectangle(
            x - radius * 1.08,
            y - radius * 0.5,
            x + radius * 1.08,
            y + radius * 1.25,
            hair,
            radius=radius * 0.8,
        )
    if style == "bun":
        c.circle(x, y - radius * 1.15, radius * 0.45, hair)
    c.rectangle(
        x - radius * 0.4,
        y + radius * 0.5,
        x + radius * 0.4,
        y + radius * 1.45,
        mix(skin, EARTH, 0.3),
        radius=radius * 0.3,
    )
    c.circle(x, y, radius, skin)
    c.cap(x, y - radius * 0.04, radius * 1.08, radius * 1.08, 196, 344, hair)
    c.cap(x - radius * 0.3, y - radius * 0.06, radius * 0.8, radius * 0.7, 150, 318, hair)
    if style != "short":
        for side in (-1, 1):
            c.ellipse(
                x + side * radius * 0.98, y - radius * 0.02, radius * 0.14, radius * 0.5, hair
            )
    if style == "tails":
        for side in (-1, 1):
            c.ellipse(x + side * radius * 1.25, y + radius * 0.5, radius * 0.3, radius * 0.62, hair)
    if hat == "cone":
        tip, brim = y - radius * 1.75, y - radius * 0.28
        c.polygon([(x - radius * 1.85, brim), (x, tip), (x + radius * 1.85, brim)], "#ecd9a8")
        c.polygon([(x, tip), (x + radius * 1.85, brim), (x + radius * 0.3, brim)], "#d3b87c")
        c.slice(x, brim, radius * 1.85, radius * 0.35, 0, 180, "#c6a768")
    elif hat:
        c.slice(x, y - radius * 0.12, radius * 1.16, radius * 1.2, 180, 360, hat)
        c.rectangle(
            x - radius * 1.35,
            y - radius * 0.26,
            x + radius * 1.35,
            y - radius * 0.04,
            mix(hat, INK, 0.2),
            radius=radius * 0.1,
        )


def arm(c, start, hand, colour, width, skin):
    """An arm that bends a little outwards at the elbow."""
    (x0, y0), (x1, y1) = start, hand
    bend = 0.14 * (1 if x1 >= x0 else -1) * math.hypot(x1 - x0, y1 - y0)
    elbow = ((x0 + x1) / 2 + bend * 0.5, (y0 + y1) / 2 + abs(bend) * 0.6)
    c.line([start, elbow], colour, width)
    c.line([elbow, hand], colour, width)
    c.circle(x1, y1, width * 0.58, skin)


def person(
    c,
    x,
    y,
    height,
    shirt,
    trousers=INK,
    *,
    hands=((-0.2, 0.42), (0.2, 0.42)),
    skin=SKINS[0],
    hair=HAIR,
    style="short",
    hat=None,
    child=False,
    stride=0.06,
    robe=False,
    face=True,
):
    """Somebody standing at (x, y); hands are given from the feet up, in shares of the height."""
    h = height
    radius = h * (0.135 if child else 0.098)
    top = h * (0.70 if child else 0.785)
    shoulder, hip, broad = y - top, y - h * 0.44, h * 0.125
    shadow(c, x, y + h * 0.01, h * 0.2)
    for side in (-1, 1):
        foot = x + side * h * stride
        c.line([(x + side * h * 0.055, hip), (foot, y - h * 0.03)], trousers, h * 0.085)
        c.ellipse(
            foot + side * h * 0.012, y - h * 0.01, h * 0.05, h * 0.022, mix(INK, trousers, 0.25)
        )
    width = h * 0.066
    for side, (dx, up) in zip((-1, 1), hands, strict=True):
        arm(
            c,
            (x + side * broad * 0.85, shoulder + width * 0.8),
            (x + dx * h, y - up * h),
            mix(shirt, INK, 0.12),
            width,
            skin,
        )
    low = y - h * 0.16 if robe else hip + h * 0.05
    flare = h * (0.16 if robe else 0.115)
    c.polygon(
        [
            (x - broad * 0.75, shoulder - h * 0.012),
            (x + broad * 0.75, shoulder - h * 0.012),
            (x + broad, shoulder + h * 0.04),
            (x + h * 0.1, (shoulder + hip) / 2),
            (x + flare, low),
            (x - flare, low),
            (x - h * 0.1, (shoulder + hip) / 2),
            (x - broad, shoulder + h * 0.04),
        ],
        shirt,
    )
    c.polygon(
        [
            (x + h * 0.03, shoulder),
            (x + broad, shoulder + h * 0.04),
            (x + h * 0.1, (shoulder + hip) / 2),
            (x + flare, low),
            (x + h * 0.04, low),
        ],
        INK,
        0.07,
    )
    centre = shoulder - radius * 1.12
    head(c, x, centre, radius, skin, hair, style, hat)
    if not face:
        c.circle(x, centre, radius * 1.02, hair)
        if style == "long":
            c.rectangle(
                x - radius, centre, x + radius, centre + radius * 1.9, hair, radius=radius * 0.7
            )


def sitting_on_floor(
    c, x, y, size, shirt, trousers=INK, *, skin=SKINS[0], style="short", book=None, hair=HAIR
):
    """A child cross-legged, perhaps with an open book."""
    shadow(c, x, y + size * 0.04, size * 0.62, size * 0.1)
    for side in (-1, 1):
        c.line(
            [(x + side * size * 0.12, y - size * 0.2), (x + side * size * 0.45, y - size * 0.07)],
            trousers,
            size * 0.17,
        )
        c.line(
            [(x + side * size * 0.45, y - size * 0.07), (x - side * size * 0.08, y)],
            trousers,
            size * 0.14,
        )
    c.polygon(
        [
            (x - size * 0.2, y - size * 0.72),
            (x + size * 0.2, y - size * 0.72),
            (x + size * 0.26, y - size * 0.1),
            (x - size * 0.26, y - size * 0.1),
        ],
        shirt,
    )
    for side in (-1, 1):
        arm(
            c,
            (x + side * size * 0.2, y - size * 0.64),
            (x + side * size * 0.15, y - size * 0.3),
            mix(shirt, INK, 0.14),
            size * 0.11,
            skin,
        )
    head(c, x, y - size * 0.98, size * 0.24, skin, hair, style)
    if book:
        open_book(c, x, y - size * 0.3, size * 0.36, book)


def open_book(c, x, y, half, cover):
    for side in (-1, 1):
        c.polygon(
            [
                (x, y + half * 0.25),
                (x + side * half, y + half * 0.05),
                (x + side * half, y - half * 0.62),
                (x, y - half * 0.4),
            ],
            cover,
        )
        c.polygon(
            [
                (x, y + half * 0.16),
                (x + side * half * 0.9, y - half * 0.02),
                (x + side * half * 0.9, y - half * 0.55),
                (x, y - half * 0.34),
            ],
            mix(WHITE, SAND, 0.25 if side > 0 else 0),
        )
    c.line([(x, y + half * 0.22), (x, y - half * 0.38)], WOOD, 2)


def bench_sitter(
    c, x, y, size, shirt, trousers, *, skin=SKINS[1], hair=HAIR, style="short", hat=None, hands=0.3
):
    """Somebody seated, seen from the front; y is the seat, the feet hang below it."""
    for side in (-1, 1):
        c.line(
            [(x + side * size * 0.15, y), (x + side * size * 0.15, y + size * 0.44)],
            mix(trousers, INK, 0.3),
            size * 0.13,
        )
        c.ellipse(x + side * size * 0.17, y + size * 0.51, size * 0.1, size * 0.045, INK)
    c.polygon(
        [
            (x - size * 0.19, y - size * 0.6),
            (x + size * 0.19, y - size * 0.6),
            (x + size * 0.21, y),
            (x - size * 0.21, y),
        ],
        shirt,
    )
    for side in (-1, 1):
        middle = x + side * size * 0.145
        c.rectangle(
            middle - size * 0.125,
            y - size * 0.1,
            middle + size * 0.125,
            y + size * 0.14,
            trousers,
            radius=size * 0.1,
        )
    for side in (-1, 1):
        arm(
            c,
            (x + side * size * 0.19, y - size * 0.52),
            (x + side * size * 0.08, y - size * (hands - 0.24)),
            mix(shirt, INK, 0.13),
            size * 0.1,
            skin,
        )
    head(c, x, y - size * 0.82, size * 0.18, skin, hair, style, hat)


# --- Things that move -------------------------------------------------------------------------


def boat(c, x, y, length, hull=WOOD_DARK, cargo=None, seed=1):
    """A sampan with its reflection and, perhaps, a load of greens or fruit."""
    half, deep = length / 2, length * 0.1
    c.polygon(
        [
            (x - half * 0.95, y + deep * 0.4),
            (x + half * 0.95, y + deep * 0.4),
            (x + half * 0.6, y + deep * 2.2),
            (x - half * 0.6, y + deep * 2.2),
        ],
        hull,
        0.28,
    )
    chance = dice(seed)
    for index in range(16 if cargo else 0):
        spread = chance.uniform(-0.52, 0.3) * half
        c.circle(
            x + spread,
            y - deep * chance.uniform(0.5, 1.0),
            length * 0.042,
            mix(cargo[index % len(cargo)], INK, 0.1 * chance.random()),
        )
    c.polygon(
        [
            (x - half, y - deep * 1.05),
            (x - half * 0.7, y - deep * 0.35),
            (x + half * 0.7, y - deep * 0.35),
            (x + half, y - deep * 1.05),
            (x + half * 0.68, y + deep * 0.6),
            (x - half * 0.68, y + deep * 0.6),
        ],
        hull,
    )
    c.line(
        [
            (x - half, y - deep),
            (x - half * 0.7, y - deep * 0.32),
            (x + half * 0.7, y - deep * 0.32),
            (x + half, y - deep),
        ],
        mix(hull, GOLD, 0.5),
        3.5,
    )


def wheel(c, x, y, radius, colour=INK):
    c.ring(x, y, radius, colour, radius * 0.11)
    for spoke in range(8):
        angle = spoke * math.pi / 8
        dx, dy = radius * 0.92 * math.cos(angle), radius * 0.92 * math.sin(angle)
        c.line([(x - dx, y - dy), (x + dx, y + dy)], colour, 1.2, 0.5)
    c.circle(x, y, radius * 0.12, colour)


def cyclist(
    c,
    x,
    y,
    size,
    shirt,
    frame=LACQUER,
    *,
    trousers=INK,
    skin=SKINS[0],
    helmet=SUN,
    style="short",
    bag=None,
):
    """A rider going right; (x, y) is the ground below the pedals."""
    r = size * 0.24
    back, front, axle = (x - size * 0.36, y - r), (x + size * 0.38, y - r), (x, y - r * 0.95)
    seat, bar = (x - size * 0.13, y - size * 0.56), (x + size * 0.29, y - size * 0.66)
    shadow(c, x, y + 3, size * 0.6, size * 0.05)
    hip = (seat[0] + size * 0.01, seat[1] - size * 0.09)
    c.line(
        [hip, (x + size * 0.15, y - size * 0.4), (axle[0] - size * 0.05, axle[1] + size * 0.02)],
        mix(trousers, INK, 0.5),
        size * 0.1,
    )
    for wheel_at in (back, front):
        wheel(c, *wheel_at, r)
    for points in (
        [back, axle, seat, back],
        [seat, (bar[0] - size * 0.02, bar[1] + size * 0.12), axle],
        [(bar[0] - size * 0.04, bar[1]), front],
        [bar, (bar[0] + size * 0.08, bar[1] + size * 0.02)],
    ):
        c.line(points, frame, size * 0.035)
    c.rectangle(
        seat[0] - size * 0.09,
        seat[1] - size * 0.03,
        seat[0] + size * 0.08,
        seat[1] + size * 0.01,
        INK,
        radius=4,
    )
    c.line(
        [hip, (x + size * 0.18, y - size * 0.44), (axle[0] + size * 0.06, axle[1] + size * 0.08)],
        trousers,
        size * 0.1,
    )
    neck = (x + size * 0.08, y - size * 1.03)
    if bag:
        c.rectangle(
            hip[0] - size * 0.14,
            neck[1] + size * 0.05,
            hip[0] + size * 0.05,
            hip[1] - size * 0.02,
            bag,
            radius=size * 0.05,
        )
    c.line([hip, (neck[0], neck[1] + size * 0.08)], shirt, size * 0.2)
    c.line(
        [(neck[0], neck[1] + size * 0.12), (x + size * 0.17, y - size * 0.76), bar],
        mix(shirt, INK, 0.15),
        size * 0.07,
    )
    c.circle(*bar, size * 0.045, skin)
    head(c, neck[0] + size * 0.04, neck[1] - size * 0.1, size * 0.12, skin, style=style, hat=helmet)


def lantern(c, x, y, size, colour=LACQUER, light=SUN):
    """A round silk lantern with its glow and tassel."""
    c.glow(x, y, size * 3, mix(colour, light, 0.6), 0.5)
    c.ellipse(x, y, size, size * 0.82, colour)
    for share in (0.68, 0.34):
        c.ellipse(x, y, size * share, size * 0.82, mix(colour, light, 0.75 - share * 0.7))
    for edge in (-0.8, 0.8):
        c.rectangle(
            x - size * 0.38,
            y + edge * size - 4,
            x + size * 0.38,
            y + edge * size + 4,
            GOLD,
            radius=3,
        )
    c.line([(x, y + size * 0.85), (x, y + size * 1.35)], GOLD, 3)


def star_lantern(c, x, y, size, colour=LACQUER, light=SUN):
    """The five-pointed cellophane lantern of the Mid-Autumn night."""
    c.glow(x, y, size * 2.6, light, 0.55)
    points = []
    for step in range(10):
        reach = size if step % 2 == 0 else size * 0.42
        angle = -math.pi / 2 + step * math.pi / 5
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    c.polygon(points, colour)
    c.polygon([((px + x) / 2, (py + y) / 2) for px, py in points], light)
    c.ring(x, y, size * 1.02, GOLD, max(3, size * 0.06))


def lorry(c, x, y, length, body, cab=ORANGE, *, tank=False):
    """A municipal lorry facing right, with a hopper or a tank."""
    h = length * 0.4
    shadow(c, x + length / 2, y + 6, length * 0.55, 14, 0.3)
    c.rectangle(x, y - h * 0.3, x + length, y - h * 0.16, INK, radius=4)
    if tank:
        c.rectangle(
            x + length * 0.02, y - h * 0.92, x + length * 0.66, y - h * 0.26, body, radius=h * 0.3
        )
        c.rectangle(
            x + length * 0.06,
            y - h * 0.86,
            x + length * 0.62,
            y - h * 0.72,
            WHITE,
            0.25,
            radius=h * 0.1,
        )
        for share in (0.2, 0.42):
            c.rectangle(
                x + length * share,
                y - h * 0.92,
                x + length * (share + 0.02),
                y - h * 0.26,
                INK,
                0.3,
            )
    else:
        c.polygon(
            [
                (x, y - h * 0.28),
                (x - length * 0.04, y - h * 0.6),
                (x + length * 0.09, y - h),
                (x + length * 0.68, y - h),
                (x + length * 0.68, y - h * 0.28),
            ],
            body,
        )
        c.polygon(
            [
                (x + length * 0.09, y - h),
                (x - length * 0.04, y - h * 0.6),
                (x, y - h * 0.28),
                (x + length * 0.13, y - h * 0.28),
                (x + length * 0.18, y - h),
            ],
            INK,
            0.25,
        )
        c.rectangle(x + length * 0.18, y - h * 0.56, x + length * 0.68, y - h * 0.46, SUN)
        for share in (0.3, 0.42, 0.54):
            c.line(
                [(x + length * share, y - h * 0.96), (x + length * share, y - h * 0.32)],
                INK,
                3,
                0.25,
            )
    c.polygon(
        [
            (x + length * 0.7, y - h * 0.2),
            (x + length * 0.7, y - h * 0.86),
            (x + length * 0.88, y - h * 0.86),
            (x + length * 0.97, y - h * 0.5),
            (x + length, y - h * 0.44),
            (x + length, y - h * 0.2),
        ],
        cab,
    )
    c.polygon(
        [
            (x + length * 0.79, y - h * 0.5),
            (x + length * 0.79, y - h * 0.79),
            (x + length * 0.87, y - h * 0.79),
            (x + length * 0.945, y - h * 0.5),
        ],
        MIST,
    )
    c.rectangle(
        x + length * 0.965, y - h * 0.38, x + length * 1.0, y - h * 0.28, "#fff3c4", radius=3
    )
    for share in (0.17, 0.34, 0.84):
        c.circle(x + length * share, y - h * 0.13, h * 0.17, "#191f25")
        c.circle(x + length * share, y - h * 0.13, h * 0.075, SLATE)


def bin_on_wheels(c, x, y, width, colour, mark=None):
    """A lidded bin; `mark` is drawn on its front by the caller's function."""
    h = width * 1.45
    shadow(c, x, y + 4, width * 0.62, width * 0.1)
    for side in (-1, 1):
        c.circle(x + side * width * 0.3, y - width * 0.04, width * 0.1, INK)
    c.polygon(
        [
            (x - width * 0.46, y - h * 0.86),
            (x + width * 0.46, y - h * 0.86),
            (x + width * 0.38, y - width * 0.06),
            (x - width * 0.38, y - width * 0.06),
        ],
        colour,
    )
    c.polygon(
        [
            (x + width * 0.2, y - h * 0.86),
            (x + width * 0.46, y - h * 0.86),
            (x + width * 0.38, y - width * 0.06),
            (x + width * 0.17, y - width * 0.06),
        ],
        INK,
        0.12,
    )
    c.rectangle(
        x - width * 0.53,
        y - h,
        x + width * 0.53,
        y - h * 0.84,
        mix(colour, INK, 0.25),
        radius=width * 0.07,
    )
    if mark:
        mark(c, x, y - h * 0.44, width * 0.24)


def interior(c, wall, floor, line):
    """A room: a wall shaded towards the ceiling, a floor, a skirting board."""
    c.gradient(0, 0, c.width, line, mix(wall, INK, 0.1), mix(wall, WHITE, 0.25))
    c.gradient(0, line, c.width, c.height, floor, mix(floor, INK, 0.18))
    c.rectangle(0, line - 12, c.width, line, mix(floor, INK, 0.3))


def plank_floor(c, line, colour, count=9):
    """Boards that run towards the viewer."""
    middle = c.width / 2
    for index in range(-count, count + 1):
        near, far = middle + index * c.width / count * 0.95, middle + index * c.width / count * 0.5
        c.line([(far, line), (near, c.height)], colour, 3, 0.35)
