"""Scenes under the open sky by day."""

import math

from .canvas import (
    CORAL,
    CREAM,
    DUSK,
    EARTH,
    GOLD,
    HAIR_GREY,
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
    RIVER_DEEP,
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
from .gallery import TALL, picture
from .motifs import (
    awning,
    bench_sitter,
    bin_on_wheels,
    birds,
    boat,
    bush,
    cloud,
    cyclist,
    hills,
    lorry,
    lotus,
    palm,
    person,
    pot_plant,
    reeds,
    ripples,
    shadow,
    sky,
    street_lamp,
    sun,
    tiled_roof,
    town_house,
    tree,
    window,
)

FLAME = (LACQUER_DEEP, LACQUER, CORAL)


def bridge(c, x0, x1, deck, water, colour, spans=5):
    """An arched concrete bridge; the openings are cut out by drawing the piers."""
    step = (x1 - x0) / spans
    c.polygon([(x0, deck), (x1, deck), (x1, deck + 18), (x0, deck + 18)], colour)
    for index in range(spans + 1):
        px = x0 + index * step
        c.polygon(
            [(px - 11, deck), (px + 11, deck), (px + 15, water + 6), (px - 15, water + 6)], colour
        )
    for index in range(spans):
        middle = x0 + (index + 0.5) * step
        c.arc(middle, water - 2, step / 2, water - deck - 12, 180, 360, colour, 13)
        for share in (-0.25, 0, 0.25):
            px = middle + share * step
            c.line(
                [(px, deck), (px, water - (water - deck - 12) * math.sqrt(1 - 4 * share * share))],
                colour,
                6,
            )
    for px in range(round(x0), round(x1), 22):
        c.line([(px, deck), (px, deck - 17)], colour, 3)
    c.line([(x0, deck - 17), (x1, deck - 17)], colour, 4)


@picture("river-dawn")
def river_dawn(c):
    sky(c, "#e0805f", "#fbe3ae", 540)
    sun(c, 1060, 400, 92, "#fff0bf", "#ffdf94")
    for x, y, width in ((300, 150, 420), (820, 95, 300), (1390, 190, 360)):
        cloud(c, x, y, width, "#f6c49b", 0.7)
    hills(c, 500, 150, "#c98a77", 5, 0.75, 540)
    hills(c, 525, 90, "#8f7476", 9, 0.85, 540)
    chance = dice(8)
    for index in range(26):
        x = index * 66 + chance.uniform(-16, 16)
        c.blob(x, 528, 46, chance.uniform(18, 38), "#5a5a5c", index)
    for x, height in ((90, 190), (170, 230), (250, 170), (1500, 220), (1430, 170)):
        palm(c, x, 545, height, "#4b5357", "#5a5f60", 0.05, "#5c5654")
    c.gradient(0, 536, 1600, 900, "#f0b98a", RIVER)
    for row in range(22):
        y, reach = 545 + row * 15, 30 + 62 * math.sin(row * 2.3) ** 2 + row * 2
        c.rectangle(1060 - reach, y, 1060 + reach, y + 5, "#fff0c4", 0.62 - row * 0.024, radius=3)
    bridge(c, -60, 1660, 440, 540, "#6a5253", 11)
    c.rectangle(0, 543, 1600, 572, "#6a5253", 0.2)
    ripples(c, 0, 560, 1600, 890, "#fbdcae", 70, 3, 0.3)
    ripples(c, 0, 660, 1600, 890, RIVER_DEEP, 46, 5, 0.22)
    boat(c, 1230, 640, 240, "#5d4038", (LEAF_DEEP, LEAF, LEAF_LIGHT))
    person(c, 1302, 632, 124, LACQUER, INK, hat="cone", hands=((-0.3, 0.6), (0.3, 0.66)))
    c.line([(1268, 560), (1380, 690)], WOOD_DARK, 4)
    boat(c, 560, 742, 440, WOOD_DARK, (LEAF, ORANGE, LEAF_LIGHT, CORAL, LEAF_DEEP), 4)
    person(c, 706, 722, 212, RIVER_DEEP, INK, hat="cone", hands=((-0.28, 0.58), (0.3, 0.7)))
    c.line([(640, 598), (806, 820)], "#3d2a21", 6)
    bench_sitter(c, 418, 712, 96, CORAL, INK, hat="cone")
    boat(c, 560, 742, 0)
    c.polygon([(345, 724), (775, 724), (712, 768), (408, 768)], WOOD_DARK)
    c.line([(345, 722), (775, 722)], mix(WOOD_DARK, GOLD, 0.5), 5)
    boat(c, 930, 606, 120, "#6b4a41")
    birds(c, 760, 260, 6, "#7a4b45")
    reeds(c, 70, 920, 320, 16, 4, ("#1d3b35", "#2b5140"), "#b98f5f")
    reeds(c, 1530, 920, 250, 13, 6, ("#1d3b35", "#2b5140"), "#b98f5f")


@picture("school-gate")
def school_gate(c):
    sky(c, "#8fc3c6", "#fbeecb", 640)
    sun(c, 300, 170, 54, "#fff1c4", "#fff3cf")
    for x, y, width in ((520, 150, 300), (1180, 110, 380), (880, 235, 220)):
        cloud(c, x, y, width)
    hills(c, 520, 90, "#9cbf9a", 3, 0.8, 640)
    c.rectangle(330, 330, 1270, 640, "#f3dcae")
    tiled_roof(c, 300, 1300, 336, 262, 60)
    for row in (366, 500):
        for index in range(8):
            window(c, 372 + index * 112, row, 66, 74, RIVER_LIGHT)
    c.rectangle(330, 462, 1270, 474, "#d6b67c")
    c.gradient(0, 640, 1600, 900, "#ecd5a6", "#d3a86e")
    c.polygon([(640, 640), (960, 640), (1250, 900), (350, 900)], "#f6e6c4")
    for x0, x1 in ((0, 560), (1040, 1600)):
        c.rectangle(x0, 556, x1, 660, "#e2b877")
        c.rectangle(x0, 546, x1, 562, LACQUER)
        for x in range(x0 + 20, x1 - 10, 36):
            c.rectangle(x, 574, x + 18, 644, "#c6924f", radius=8)
    for x in (540, 1000):
        c.rectangle(x, 372, x + 60, 672, CREAM)
        c.rectangle(x + 42, 372, x + 60, 672, INK, 0.1)
        c.rectangle(x - 10, 360, x + 70, 384, LACQUER, radius=3)
        c.rectangle(x - 8, 640, x + 68, 676, "#b9824b")
    c.slice(800, 396, 262, 116, 180, 360, LACQUER)
    c.slice(800, 396, 232, 84, 180, 360, CREAM)
    c.rectangle(556, 372, 1044, 424, LACQUER, radius=6)
    for index in range(9):
        c.rectangle(612 + index * 44, 390, 638 + index * 44, 406, SUN, radius=5)
    c.slice(800, 366, 56, 42, 180, 360, SUN)
    for angle in range(200, 341, 20):
        dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        c.line([(800 + 62 * dx, 366 + 46 * dy), (800 + 80 * dx, 366 + 62 * dy)], SUN, 4)
    tree(c, 170, 740, 600, FLAME, 4, 0.44)
    tree(c, 1450, 750, 620, FLAME, 11, 0.44)
    chance = dice(6)
    for _ in range(150):
        x = chance.choice(
            (chance.gauss(190, 150), chance.gauss(1430, 150), chance.uniform(0, 1600))
        )
        c.ellipse(x, chance.uniform(690, 890), 7, 3, CORAL, 0.75)
    person(
        c,
        1016,
        745,
        250,
        "#f9f3ea",
        "#f9f3ea",
        style="long",
        robe=True,
        hands=((-0.3, 0.62), (0.16, 0.5)),
    )
    crowd = (
        (704, 742, 166, LACQUER),
        (760, 768, 178, RIVER),
        (884, 752, 168, GOLD),
        (640, 826, 202, LEAF_DEEP),
        (836, 856, 214, LACQUER),
        (716, 874, 210, RIVER_DEEP),
    )
    for index, (x, y, height, bag) in enumerate(crowd):
        person(
            c,
            x,
            y,
            height,
            WHITE,
            DUSK,
            child=True,
            face=False,
            style="tails" if index % 2 else "short",
            skin=SKINS[index % 3],
            stride=0.08,
        )
        c.rectangle(
            x - height * 0.14,
            y - height * 0.69,
            x + height * 0.14,
            y - height * 0.42,
            bag,
            radius=height * 0.05,
        )
        c.rectangle(
            x - height * 0.1,
            y - height * 0.54,
            x + height * 0.1,
            y - height * 0.45,
            mix(bag, INK, 0.22),
            radius=height * 0.02,
        )
    cyclist(c, 420, 850, 190, WHITE, RIVER, trousers=DUSK, bag=GOLD, style="short")
    bush(c, 1300, 720, 170, LEAF, 3, SUN)


def heap(c, x, y, width, colours, size=15, seed=1):
    """A pile of fruit or greens on a tray."""
    chance = dice(seed)
    rows = max(2, round(width / size / 2.6))
    for row in range(rows):
        count = round(width / size / 1.55) - row
        for index in range(count):
            px = x + (index - (count - 1) / 2) * size * 1.55
            colour = mix(chance.choice(colours), INK, chance.random() * 0.14)
            c.circle(px, y - row * size * 1.15, size, colour)
            c.circle(px - size * 0.3, y - row * size * 1.15 - size * 0.3, size * 0.25, WHITE, 0.4)
    c.polygon(
        [
            (x - width * 0.58, y),
            (x + width * 0.58, y),
            (x + width * 0.46, y + size * 2.1),
            (x - width * 0.46, y + size * 2.1),
        ],
        EARTH,
    )
    for row in range(3):
        c.line(
            [
                (x - width * 0.55, y + size * (0.4 + row * 0.6)),
                (x + width * 0.55, y + size * (0.4 + row * 0.6)),
            ],
            WOOD,
            3,
            0.6,
        )


def leaves(c, x, y, width, colour=LEAF, seed=1):
    """Bundles of greens standing in a basket."""
    chance = dice(seed)
    for index in range(11):
        px = x + (index - 5) * width * 0.09
        tip = (px + chance.uniform(-14, 14), y - width * chance.uniform(0.3, 0.48))
        shade = mix(colour, chance.choice((LEAF_LIGHT, LEAF_DEEP)), chance.random() * 0.7)
        c.line([(px, y), tip], mix(LEAF_LIGHT, WHITE, 0.35), width * 0.045)
        c.blob(*tip, width * 0.1, width * 0.16, shade, seed * 20 + index, bumps=7, depth=0.14)
        c.line([tip, (tip[0], tip[1] - width * 0.11)], mix(shade, WHITE, 0.3), 2.5, 0.7)
    c.polygon(
        [
            (x - width * 0.55, y),
            (x + width * 0.55, y),
            (x + width * 0.42, y + width * 0.26),
            (x - width * 0.42, y + width * 0.26),
        ],
        EARTH,
    )
    c.line([(x - width * 0.5, y + width * 0.1), (x + width * 0.5, y + width * 0.1)], WOOD, 4, 0.6)


@picture("market")
def market(c):
    sky(c, "#f2b980", "#fcebc3", 420)
    sun(c, 790, 200, 62, "#fff2c9")
    tones = ("#e7c08f", "#d9a981", "#c9b08a", "#dfb892")
    for index in range(8):
        town_house(
            c,
            index * 205 - 20,
            470,
            190,
            220 + 40 * (index * 7 % 3),
            tones[index % 4],
            index,
            roof="#b5604b",
        )
    palm(c, 700, 480, 300, "#6d7d4d", "#8a9a5c", 0.06)
    c.gradient(0, 470, 1600, 900, "#dcb686", "#b78655")
    for index, (x, colours) in enumerate(
        (
            (40, (LACQUER, PAPER)),
            (420, (RIVER, PAPER)),
            (800, (GOLD, PAPER)),
            (1180, (LEAF_DEEP, PAPER)),
        )
    ):
        for px in (x + 14, x + 366):
            c.rectangle(px - 6, 330, px + 6, 760, WOOD_DARK)
        c.rectangle(x + 20, 420, x + 360, 620, INK, 0.32)
        seller = (RIVER_LIGHT, CORAL, LEAF_DEEP, LACQUER)[index]
        person(
            c,
            x + 120 + 60 * (index % 2),
            742,
            300,
            seller,
            INK,
            hat="cone" if index != 2 else None,
            style="bun",
            skin=SKINS[index % 3],
            hands=((-0.26, 0.52), (0.3, 0.56)),
        )
        c.rectangle(x - 6, 648, x + 386, 770, WOOD)
        c.rectangle(x - 12, 636, x + 392, 660, WOOD_DARK, radius=4)
        for plank in range(1, 6):
            c.line([(x + plank * 64, 664), (x + plank * 64, 770)], WOOD_DARK, 2, 0.6)
        awning(c, x, x + 380, 318, 96, colours, 10)
        c.line([(x + 290, 414), (x + 290, 462)], INK, 3)
        c.glow(x + 290, 480, 120, SUN, 0.5)
        c.circle(x + 290, 474, 15, "#fff3c4")
    heap(c, 120, 628, 150, (ORANGE, "#e9a04b"), 15, 2)
    heap(c, 316, 628, 150, (LACQUER, CORAL), 15, 3)
    leaves(c, 500, 622, 140, LEAF, 4)
    heap(c, 680, 628, 160, (LEAF_LIGHT, SUN), 17, 5)
    for index in range(6):
        x = 850 + index * 52
        c.ellipse(x, 622, 34, 12, mix(SLATE, MIST, 0.3 + 0.1 * (index % 3)))
        c.polygon([(x + 26, 622), (x + 46, 610), (x + 46, 634)], mix(SLATE, MIST, 0.4))
        c.circle(x - 22, 619, 2.6, INK)
    leaves(c, 1270, 622, 140, LEAF_DEEP, 6)
    heap(c, 1462, 628, 170, ("#7b4a74", "#93598a"), 14, 7)
    leaves(c, 210, 836, 190, LEAF, 9)
    heap(c, 460, 842, 190, (SUN, ORANGE), 20, 8)
    leaves(c, 1180, 846, 200, LEAF_DEEP, 12)
    heap(c, 1430, 846, 210, (CORAL, LACQUER), 21, 10)
    person(
        c,
        700,
        868,
        330,
        "#f3e2c2",
        RIVER_DEEP,
        style="long",
        skin=SKINS[1],
        face=False,
        hands=((-0.22, 0.4), (0.24, 0.36)),
    )
    c.polygon([(762, 742), (836, 742), (824, 806), (774, 806)], LACQUER)
    c.arc(799, 742, 26, 30, 180, 360, LACQUER, 5)
    person(c, 880, 872, 210, SUN, DUSK, child=True, style="tails", face=False)


@picture("health-station")
def health_station(c):
    sky(c, "#a9d3cf", "#fdf3d6", 600)
    for x, y, width in ((260, 140, 320), (1210, 120, 400), (760, 90, 240)):
        cloud(c, x, y, width)
    hills(c, 520, 110, "#a8c79f", 12, 0.8, 620)
    for x, height in ((110, 330), (250, 270), (1500, 350)):
        palm(c, x, 620, height, "#56784a", "#7f9c58", 0.04)
    c.gradient(0, 600, 1600, 900, "#a9bd6f", "#6f8f47")
    c.rectangle(390, 340, 1290, 640, CREAM)
    c.rectangle(390, 340, 1290, 366, INK, 0.1)
    tiled_roof(c, 346, 1334, 344, 226, 90)
    c.polygon([(690, 346), (840, 214), (990, 346)], CREAM)
    c.polygon(
        [(664, 352), (840, 196), (1016, 352), (990, 352), (840, 220), (690, 352)], LACQUER_DEEP
    )
    c.circle(840, 298, 40, RIVER)
    c.rectangle(816, 288, 864, 308, WHITE, radius=3)
    c.rectangle(830, 274, 850, 322, WHITE, radius=3)
    for x in (448, 572, 1036, 1160):
        window(c, x, 412, 82, 110, RIVER_LIGHT)
        c.rectangle(x - 8, 530, x + 90, 546, WOOD)
        for bloom in range(6):
            c.circle(x + 4 + bloom * 15, 528, 9, (CORAL, SUN, LEAF)[bloom % 3])
    c.rectangle(756, 400, 924, 640, "#d9c6a0")
    c.rectangle(770, 414, 910, 640, RIVER_DEEP)
    c.rectangle(770, 414, 836, 640, RIVER)
    c.rectangle(784, 432, 824, 520, MIST, 0.7)
    c.rectangle(724, 372, 956, 400, WOOD_DARK, radius=4)
    for x in (700, 980):
        c.rectangle(x - 12, 380, x + 12, 640, "#efdcb5")
    c.rectangle(390, 610, 1290, 646, "#d5b786")
    for step in range(3):
        c.rectangle(
            720 - step * 24,
            636 + step * 16,
            960 + step * 24,
            656 + step * 16,
            mix("#e9d5aa", INK, step * 0.06),
        )
    c.polygon([(700, 682), (980, 682), (1260, 900), (420, 900)], "#f0dcb0")
    for row in range(5):
        y = 712 + row * 42
        c.line([(700 - row * 54 - 30, y), (980 + row * 54 + 30, y)], "#cfae78", 3, 0.6)
    for x, seed in ((420, 2), (560, 5), (1130, 7), (1270, 9)):
        bush(c, x, 690, 170, LEAF, seed, (CORAL, SUN, WHITE, CORAL)[seed % 4])
    person(c, 846, 806, 290, WHITE, MIST, style="bun", hands=((-0.22, 0.56), (0.2, 0.5)))
    c.rectangle(824, 512, 868, 530, WHITE, radius=5)
    c.rectangle(842, 515, 850, 527, RIVER)
    c.rectangle(839, 518, 853, 524, RIVER)
    person(
        c,
        762,
        812,
        244,
        "#8a5a78",
        INK,
        hair=HAIR_GREY,
        style="bun",
        skin=SKINS[2],
        hands=((-0.2, 0.42), (0.24, 0.56)),
    )
    c.line([(714, 704), (704, 816)], WOOD_DARK, 7)
    c.rectangle(1090, 724, 1330, 742, WOOD)
    for x in (1110, 1296):
        c.rectangle(x, 740, x + 14, 800, WOOD_DARK)
    bench_sitter(c, 1160, 726, 140, GOLD, INK, hair=HAIR_GREY)
    bench_sitter(c, 1262, 726, 130, CORAL, DUSK, style="long", skin=SKINS[2])
    tree(c, 1500, 880, 560, seed=3, spread=0.38)
    tree(c, 90, 870, 500, seed=8, spread=0.4)


@picture("tree-avenue")
def tree_avenue(c):
    sky(c, "#9fd0cf", "#fdf0c9", 470)
    sun(c, 760, 300, 46, "#fff5d2", "#fff2c4")
    hills(c, 430, 90, "#9bbf9f", 2, 0.8, 480)
    c.gradient(0, 440, 620, 900, RIVER_LIGHT, RIVER)
    ripples(c, 0, 470, 560, 880, WHITE, 34, 4, 0.35)
    boat(c, 210, 560, 150, WOOD_DARK)
    person(c, 244, 552, 82, CORAL, INK, hat="cone")
    c.polygon([(690, 440), (860, 440), (1600, 820), (1600, 900), (240, 900)], "#dcc597")
    c.polygon([(730, 440), (820, 440), (1330, 900), (420, 900)], "#8d8b86")
    c.polygon([(860, 440), (1600, 440), (1600, 820)], "#8fae5c")
    c.polygon([(690, 440), (660, 440), (60, 900), (240, 900)], "#7f9f52")
    for step in range(7):
        near, far = 0.06 * 1.5**step, 0.06 * 1.5**step * 1.28
        if far < 1.3:
            y0, y1 = 440 + 460 * near, 440 + 460 * far
            c.polygon(
                [
                    (774 - near * 3, y0),
                    (778 + near * 3, y0),
                    (780 + far * 8, y1),
                    (770 - far * 2, y1),
                ],
                PAPER,
            )
    for step in range(7):
        t = 0.1 * 1.5**step
        y = 440 + 330 * t
        height = 90 + 520 * t
        c.ellipse(840 + 560 * t, y + 4, height * 0.35, height * 0.05, INK, 0.18)
        c.ellipse(690 - 480 * t, y + 4, height * 0.35, height * 0.05, INK, 0.18)
        tree(c, 864 + 560 * t, y, height, seed=step + 2, spread=0.34)
        tree(c, 676 - 470 * t, y, height, ((LEAF_DEEP, "#6b8c43", "#a7b964")), step + 20, 0.34)
    chance = dice(9)
    for _ in range(120):
        y = chance.uniform(560, 890)
        spread = (y - 440) * 1.1
        c.ellipse(
            790 + chance.uniform(-spread, spread),
            y,
            8 + spread * 0.05,
            3 + spread * 0.012,
            "#fff2bd",
            0.22,
        )
    cyclist(c, 620, 800, 210, WHITE, LACQUER, helmet=None, style="long", trousers=RIVER_DEEP)
    person(c, 1090, 800, 240, CORAL, INK, style="bun", stride=0.1)
    person(c, 1168, 806, 168, SUN, RIVER, child=True, stride=0.1)
    person(c, 862, 590, 92, RIVER, INK, hat="cone")
    person(c, 902, 596, 94, GOLD, INK)


@picture("playground", TALL)
def playground(c):
    sky(c, "#9ed1cc", "#fdf2d0", 620)
    for x, y, width in ((300, 170, 360), (1150, 130, 420), (760, 260, 240)):
        cloud(c, x, y, width)
    hills(c, 600, 140, "#a5c795", 7, 0.9, 680)
    for x, height, seed in ((120, 520, 3), (420, 440, 5), (1220, 470, 8), (1480, 560, 9)):
        tree(c, x, 720, height, seed=seed, spread=0.4)
    c.gradient(0, 690, 1600, 1200, "#a6bb68", "#76954a")
    c.ellipse(800, 960, 720, 190, "#e9cf96")
    c.ellipse(800, 950, 690, 172, "#f3dfae")
    frame = LACQUER
    for x in (250, 620):
        for side in (-40, 40):
            c.line([(x, 560), (x + side, 930)], frame, 13)
    c.line([(236, 560), (634, 560)], frame, 15)
    for x, swing in ((350, -50), (510, 44)):
        seat = (x + swing, 842)
        for side in (-24, 24):
            c.line([(x + side, 566), (seat[0] + side, seat[1])], SLATE, 4)
        c.rectangle(seat[0] - 36, 840, seat[0] + 36, 852, WOOD_DARK, radius=4)
        bench_sitter(
            c,
            seat[0],
            842,
            118,
            (SUN, CORAL)[x > 400],
            DUSK,
            style=("short", "tails")[x > 400],
            skin=SKINS[x % 3],
        )
    for x in (900, 1030):
        c.line([(x, 580), (x, 960)], RIVER_DEEP, 15)
    for rung in range(6):
        c.line([(900, 700 + rung * 44), (1030, 700 + rung * 44)], RIVER, 9)
    c.rectangle(880, 650, 1056, 672, GOLD, radius=6)
    c.polygon([(866, 584), (965, 500), (1064, 584)], LACQUER)
    c.polygon(
        [
            (1050, 648),
            (1060, 612),
            (1180, 740),
            (1320, 930),
            (1400, 942),
            (1400, 968),
            (1300, 962),
            (1170, 800),
            (1050, 672),
        ],
        SUN,
    )
    c.line([(1058, 612), (1180, 742), (1318, 932), (1398, 944)], ORANGE, 10)
    bench_sitter(c, 1196, 780, 112, RIVER_LIGHT, LACQUER_DEEP, skin=SKINS[2], hands=0.9)
    bench_sitter(c, 965, 648, 96, LEAF_LIGHT, INK, style="tails", skin=SKINS[0])
    c.ellipse(760, 1010, 120, 34, EARTH)
    c.ellipse(760, 1004, 104, 26, "#f9ebc4")
    person(
        c, 716, 1022, 170, CORAL, DUSK, child=True, style="tails", hands=((-0.2, 0.3), (0.2, 0.22))
    )
    person(
        c,
        818,
        1034,
        160,
        RIVER,
        LACQUER_DEEP,
        child=True,
        skin=SKINS[1],
        hands=((-0.24, 0.2), (0.2, 0.36)),
    )
    c.circle(560, 1084, 38, LACQUER)
    c.slice(560, 1084, 38, 38, 300, 60, SUN)
    c.slice(560, 1084, 38, 38, 120, 240, SUN)
    shadow(c, 560, 1124, 44, 8)
    person(
        c,
        470,
        1128,
        210,
        SUN,
        LEAF_DEEP,
        child=True,
        hands=((-0.3, 0.62), (0.34, 0.6)),
        stride=0.14,
    )
    c.rectangle(1130, 1030, 1480, 1050, WOOD)
    c.rectangle(1130, 960, 1480, 978, WOOD)
    for x in (1160, 1440):
        c.rectangle(x, 950, x + 16, 1130, WOOD_DARK)
    bench_sitter(c, 1230, 1034, 168, "#8a5a78", INK, hair=HAIR_GREY, style="bun", skin=SKINS[2])
    bench_sitter(c, 1370, 1034, 174, "#dfe2d2", SLATE, hair=HAIR_GREY)
    bush(c, 60, 1190, 320, LEAF_DEEP, 3, CORAL)
    bush(c, 1580, 1200, 300, LEAF_DEEP, 4, SUN)


@picture("ward-hall")
def ward_hall(c):
    sky(c, "#86bcc4", "#fdf0cf", 620)
    sun(c, 1330, 170, 56, "#fff2c8")
    for x, y, width in ((300, 130, 380), (860, 90, 300), (1200, 250, 240)):
        cloud(c, x, y, width)
    for index in range(18):
        c.blob(index * 96, 590, 96, 96 + 30 * (index % 3), "#7fa070", index, 0.9)
    c.gradient(0, 620, 1600, 900, "#e8cf9f", "#cfa76d")
    for x0, x1 in ((190, 560), (1040, 1410)):
        c.rectangle(x0, 390, x1, 650, "#f4deb0")
        tiled_roof(c, x0 - 30, x1 + 30, 396, 316, 66)
        for index in range(4):
            window(c, x0 + 30 + index * 84, 436, 56, 74)
            window(c, x0 + 30 + index * 84, 548, 56, 74)
        c.rectangle(x0, 524, x1, 536, "#d6b67c")
    c.rectangle(500, 330, 1100, 650, CREAM)
    c.rectangle(500, 330, 1100, 352, INK, 0.1)
    tiled_roof(c, 462, 1138, 336, 214, 104)
    c.rectangle(728, 128, 872, 226, CREAM)
    tiled_roof(c, 706, 894, 132, 78, 44)
    c.circle(800, 178, 34, WOOD_DARK)
    c.circle(800, 178, 28, WHITE)
    c.line([(800, 178), (800, 158)], INK, 4)
    c.line([(800, 178), (815, 184)], INK, 4)
    for x in (540, 640, 908, 1008):
        window(c, x, 384, 54, 84)
        window(c, x, 520, 54, 92)
    c.rectangle(716, 470, 884, 650, WOOD_DARK)
    for x in (722, 803):
        c.rectangle(x, 478, x + 76, 650, WOOD)
        c.rectangle(x + 12, 492, x + 64, 560, mix(WOOD, GOLD, 0.4))
    c.rectangle(560, 368, 1040, 372, GOLD)
    c.rectangle(690, 396, 910, 446, LACQUER, radius=4)
    for index in range(5):
        c.rectangle(712 + index * 36, 412, 736 + index * 36, 430, SUN, radius=5)
    for x in (600, 704, 896, 1000):
        c.rectangle(x - 13, 352, x + 13, 650, WHITE)
        c.rectangle(x + 5, 352, x + 13, 650, INK, 0.12)
        c.rectangle(x - 20, 346, x + 20, 362, "#e6cf9d", radius=2)
        c.rectangle(x - 20, 636, x + 20, 652, "#e6cf9d", radius=2)
    for step in range(5):
        c.rectangle(
            560 - step * 22,
            648 + step * 15,
            1040 + step * 22,
            664 + step * 15,
            mix("#f0dcb2", INK, 0.02 + step * 0.045),
        )
    c.polygon([(480, 724), (1120, 724), (1480, 900), (120, 900)], "#f3e2bc")
    for x, height in ((90, 470), (170, 400), (1440, 410), (1520, 480)):
        palm(c, x, 700, height, LEAF_DEEP, LEAF)
    for index, x in enumerate((250, 380, 1220, 1350)):
        bush(c, x, 712, 170, LEAF, index + 3, (LACQUER, SUN, CORAL, SUN)[index])
    people = (
        (640, 800, RIVER, INK, "short"),
        (700, 806, CORAL, DUSK, "long"),
        (930, 772, GOLD, INK, "bun"),
        (1030, 838, LEAF_DEEP, INK, "short"),
        (470, 852, LACQUER, INK, "bun"),
    )
    for index, (x, y, shirt, trousers, style) in enumerate(people):
        person(
            c,
            x,
            y,
            190 + 14 * (index % 3),
            shirt,
            trousers,
            style=style,
            skin=SKINS[index % 3],
            stride=0.08,
        )
    person(c, 522, 858, 140, SUN, RIVER, child=True)
    cyclist(c, 1220, 850, 200, WHITE, LACQUER, helmet=None)


@picture("elderly-club")
def elderly_club(c):
    sky(c, "#f3c994", "#fdf1d2", 520)
    sun(c, 1320, 190, 54, "#fff2c6")
    hills(c, 470, 90, "#b8bd8b", 4, 0.8, 560)
    c.rectangle(860, 400, 1500, 580, "#b07a52")
    for x in range(900, 1500, 112):
        c.rectangle(x - 10, 400, x + 10, 590, LACQUER_DEEP)
        c.rectangle(x + 24, 440, x + 92, 580, WOOD_DARK)
    c.polygon(
        [
            (770, 372),
            (838, 404),
            (900, 284),
            (1460, 284),
            (1522, 404),
            (1590, 372),
            (1552, 428),
            (808, 428),
        ],
        LACQUER,
    )
    for row in range(1, 6):
        c.line(
            [(900 - row * 11, 284 + row * 22), (1460 + row * 11, 284 + row * 22)],
            LACQUER_DEEP,
            2,
            0.5,
        )
    c.rectangle(892, 272, 1468, 290, LACQUER_DEEP, radius=6)
    for side, x in ((-1, 896), (1, 1464)):
        c.arc(x, 262, 26, 24, 0 if side < 0 else 90, 90 if side < 0 else 180, LACQUER_DEEP, 9)
    c.circle(1180, 258, 22, SUN)
    c.gradient(0, 570, 1600, 900, "#e7cc98", "#c69f66")
    for row in range(6):
        y = 590 + row * row * 11
        c.line([(0, y), (1600, y)], "#b98f58", 2, 0.4)
    c.polygon([(230, 640), (280, 330), (400, 330), (470, 640), (530, 668), (160, 668)], WOOD)
    for x in (300, 340, 380):
        c.line([(x, 340), (x + (x - 340) * 0.8, 650)], WOOD_DARK, 7, 0.5)
    chance = dice(5)
    for tone, lift, share in ((LEAF_DEEP, 0, 1.0), (LEAF, -18, 0.84), (LEAF_LIGHT, -46, 0.46)):
        for index in range(22):
            x, y = chance.uniform(-40, 760), 210 + chance.uniform(-130, 110)
            c.blob(x - (16 if lift else 0), y + lift, 120 * share, 78 * share, tone, index)
    for index, (x, y) in enumerate(((270, 330), (340, 316), (410, 334))):
        c.blob(x, y, 110, 66, (LEAF_DEEP, LEAF, LEAF_DEEP)[index], index)
    for x in range(40, 760, 62):
        if not 240 < x < 470:
            c.line([(x, 320), (x + 5, 400 + (x * 7) % 90)], WOOD, 4, 0.8)
    tones = (LACQUER, "#f4efe2", RIVER, GOLD, "#8a5a78", LEAF_DEEP, "#f4efe2", CORAL)
    for row, (y, height, count) in enumerate(((640, 176, 6), (716, 208, 5))):
        for index in range(count):
            x = 690 + index * (148 + row * 20) - row * 30
            shirt = tones[(index + row * 3) % 8]
            person(
                c,
                x,
                y,
                height,
                shirt,
                "#efe8d8" if shirt != "#f4efe2" else SLATE,
                hair=HAIR_GREY,
                style=("short", "bun")[(index + row) % 2],
                skin=SKINS[(index + row) % 3],
                hands=((-0.36, 0.78), (0.36, 0.78)),
                stride=0.12,
            )
    c.ellipse(330, 800, 128, 34, WOOD_DARK)
    c.ellipse(330, 790, 128, 34, SAND)
    for line in range(-3, 4):
        c.line([(330 + line * 22 - 10, 772), (330 + line * 26 - 10, 808)], WOOD, 1.6, 0.7)
    for index, (x, y) in enumerate(
        ((280, 784), (318, 798), (352, 782), (386, 794), (300, 800), (360, 800))
    ):
        c.ellipse(x, y, 11, 6, LACQUER if index % 2 else INK)
    c.rectangle(318, 820, 342, 872, WOOD_DARK)
    bench_sitter(c, 150, 806, 176, "#f4efe2", SLATE, hair=HAIR_GREY, hands=0.5)
    bench_sitter(c, 512, 806, 176, RIVER_DEEP, INK, hair=HAIR_GREY, skin=SKINS[2], hands=0.5)
    person(
        c,
        628,
        868,
        236,
        "#8a5a78",
        INK,
        hair=HAIR_GREY,
        style="bun",
        hands=((-0.2, 0.48), (0.18, 0.5)),
    )
    pot_plant(c, 60, 880, 110, CORAL, 1)
    pot_plant(c, 1530, 872, 120, RIVER, 2)


@picture("bicycles")
def bicycles(c):
    sky(c, "#f0b483", "#fdf0c8", 500)
    sun(c, 330, 330, 70, "#fff0bf", "#ffe2a0")
    for x, y, width in ((760, 130, 380), (1300, 190, 320)):
        cloud(c, x, y, width, "#fbe0b8", 0.8)
    hills(c, 470, 100, "#b89c86", 8, 0.8, 500)
    for index in range(24):
        c.blob(index * 70, 486, 52, 26 + 12 * (index % 3), "#7d8a63", index)
    c.gradient(0, 492, 1600, 640, "#f2c893", RIVER_LIGHT)
    ripples(c, 0, 505, 1600, 636, WHITE, 40, 6, 0.4)
    boat(c, 1120, 560, 170, WOOD_DARK, (LEAF, LEAF_LIGHT))
    c.rectangle(0, 628, 1600, 652, "#c9a777")
    for x in range(10, 1600, 62):
        c.rectangle(x, 580, x + 12, 636, "#e9d9b4", radius=3)
    c.rectangle(0, 572, 1600, 586, "#f4e6c6", radius=4)
    c.gradient(0, 650, 1600, 900, "#9d9a92", "#7b7a77")
    c.rectangle(0, 652, 1600, 676, "#e3cfa1")
    for x in range(-40, 1600, 190):
        c.polygon([(x, 868), (x + 104, 868), (x + 96, 880), (x - 8, 880)], PAPER, 0.85)
    for x, height, seed in ((150, 420, 3), (1490, 470, 6)):
        tree(c, x, 668, height, seed=seed, spread=0.42)
    street_lamp(c, 830, 652, 300, lit=False)
    riders = (
        (1330, 300, "#e2e93f", SLATE, WHITE),
        (1060, 224, WHITE, LACQUER, SUN),
        (850, 216, WHITE, RIVER, CORAL),
        (640, 220, WHITE, GOLD, RIVER_LIGHT),
        (430, 212, WHITE, LEAF_DEEP, SUN),
    )
    for index, (x, size, shirt, frame, helmet) in enumerate(riders):
        bag = None if index == 0 else (LACQUER, GOLD, RIVER, LEAF)[index % 4]
        cyclist(
            c,
            x,
            820 + (index % 2) * 10,
            size,
            shirt,
            frame,
            trousers=DUSK,
            skin=SKINS[index % 3],
            helmet=helmet,
            bag=bag,
            style=("short", "long")[index % 2],
        )
    c.rectangle(1302, 596, 1382, 608, WHITE, 0.0)
    cyclist(c, 170, 832, 300, "#e2e93f", INK, trousers=INK, helmet=LACQUER, style="long")


@picture("drain-crew")
def drain_crew(c):
    sky(c, "#9fb9bf", "#f3e6c6", 460)
    for x, y, width in ((300, 120, 460), (1000, 90, 420), (1420, 190, 320)):
        cloud(c, x, y, width, "#e9ebe2", 0.85)
    tones = ("#e9c795", "#d7a87c", "#c7cba6", "#e3b78d", "#b9c7bd")
    for index in range(7):
        town_house(
            c, index * 236 - 30, 560, 220, 300 + 34 * (index * 5 % 3), tones[index % 5], index
        )
        awning(
            c,
            index * 236 - 10,
            index * 236 + 170,
            440,
            50,
            ((LACQUER, PAPER), (RIVER, PAPER), (LEAF_DEEP, PAPER))[index % 3],
            6,
        )
    c.rectangle(0, 548, 1600, 606, "#cdb48a")
    c.gradient(0, 600, 1600, 900, "#7e8283", "#5f6567")
    c.ellipse(420, 720, 380, 26, MIST, 0.35)
    c.ellipse(1300, 860, 300, 20, MIST, 0.3)
    lorry(c, 860, 760, 640, RIVER, ORANGE, tank=True)
    c.line([(900, 640), (800, 620), (716, 700), (690, 792)], "#2e3438", 26)
    for share in range(6):
        c.circle(884 - share * 28, 634 - 3 * share, 4, SLATE)
    c.ellipse(680, 812, 112, 34, "#30363a")
    c.ellipse(680, 808, 92, 25, "#11171b")
    c.ellipse(520, 838, 92, 26, "#4a5154")
    c.ellipse(520, 832, 92, 26, "#6b7376")
    for ring in (0.75, 0.45):
        c.ring(520, 832, 0, INK, 0)
        c.arc(520, 832, 92 * ring, 26 * ring, 0, 360, "#4a5154", 4)
    vest = "#ee7a2d"
    for x, y, height, hands, skin in (
        (596, 806, 300, ((-0.16, 0.46), (0.22, 0.4)), 1),
        (792, 818, 306, ((-0.2, 0.5), (0.16, 0.44)), 0),
        (330, 816, 290, ((-0.22, 0.44), (0.24, 0.66)), 2),
    ):
        person(c, x, y, height, vest, RIVER_DEEP, hat=SUN, skin=SKINS[skin], hands=hands)
        c.rectangle(
            x - height * 0.115, y - height * 0.6, x + height * 0.115, y - height * 0.565, "#f4f1cf"
        )
        for side in (-1, 1):
            c.line(
                [
                    (x + side * height * 0.07, y - height * 0.77),
                    (x + side * height * 0.07, y - height * 0.48),
                ],
                "#f4f1cf",
                7,
            )
    c.line([(640, 660), (690, 800)], WOOD, 8)
    c.line([(402, 624), (372, 830)], WOOD, 8)
    for x in (90, 240, 1080, 1230):
        c.rectangle(
            x - 60, 790 if x < 600 else 836, x + 60, 812 if x < 600 else 858, WHITE, radius=3
        )
        y = 790 if x < 600 else 836
        for stripe in range(4):
            left = x - 56 + stripe * 30
            c.polygon(
                [(left, y + 22), (left + 14, y), (left + 28, y), (left + 14, y + 22)], LACQUER
            )
        for side in (-46, 46):
            c.line([(x + side, y + 20), (x + side, y + 62)], SLATE, 6)
    for x, y in ((460, 896), (900, 884)):
        c.polygon([(x - 26, y), (x - 7, y - 76), (x + 7, y - 76), (x + 26, y)], "#ee7a2d")
        c.polygon([(x - 19, y - 26), (x - 13, y - 48), (x + 13, y - 48), (x + 19, y - 26)], WHITE)
        c.rectangle(x - 34, y - 6, x + 34, y + 4, "#d5641c", radius=3)


@picture("shopfront")
def shopfront(c):
    sky(c, "#a8d1cc", "#fdefcb", 420)
    for x, y, width in ((260, 100, 320), (1130, 80, 380)):
        cloud(c, x, y, width)
    walls = ("#eec88f", "#c9d6b8", "#e7a888")
    for index, wall in enumerate(walls):
        x = 60 + index * 500
        c.rectangle(x, 150, x + 480, 720, wall)
        c.rectangle(x + 440, 150, x + 480, 720, INK, 0.08)
        tiled_roof(c, x - 16, x + 496, 156, 66 + 14 * index, 70)
        for px in (x + 60, x + 190, x + 320):
            window(c, px, 200, 92, 116)
            for side in (-34, 98):
                c.rectangle(
                    px + side, 196, px + side + 28, 320, (RIVER, LEAF_DEEP, LACQUER_DEEP)[index]
                )
        c.rectangle(x + 24, 338, x + 456, 346, WOOD_DARK)
        for bar in range(x + 30, x + 456, 22):
            c.line([(bar, 318), (bar, 342)], WOOD_DARK, 4)
        for plant in (x + 50, x + 250, x + 420):
            c.blob(plant, 318, 34, 20, LEAF, plant)
            c.circle(plant + 10, 312, 6, CORAL)
        c.rectangle(x + 30, 440, x + 450, 720, mix(WOOD_DARK, INK, 0.3))
        c.rectangle(x + 46, 456, x + 434, 720, "#5b4335")
        c.glow(x + 240, 560, 210, SUN, 0.45)
        awning(
            c,
            x + 10,
            x + 470,
            372,
            92,
            ((LACQUER, PAPER), (LEAF_DEEP, PAPER), (RIVER, PAPER))[index],
            11,
        )
    for shelf in range(3):
        y = 560 + shelf * 56
        c.rectangle(600, y, 990, y + 7, WOOD)
        for jar in range(13):
            c.rectangle(
                608 + jar * 29,
                y - 34 + (jar * 5 % 3) * 4,
                630 + jar * 29,
                y,
                (CORAL, SUN, RIVER_LIGHT, LEAF_LIGHT, PAPER)[(jar + shelf) % 5],
                radius=5,
            )
    c.rectangle(116, 610, 330, 720, WOOD)
    c.rectangle(104, 600, 342, 618, GOLD, radius=4)
    c.polygon([(160, 600), (260, 600), (244, 548), (176, 548)], SLATE)
    c.ellipse(210, 548, 36, 9, "#9fb0b6")
    for puff in range(4):
        c.blob(
            206 + puff * 10,
            526 - puff * 30,
            18 + puff * 6,
            12 + puff * 4,
            WHITE,
            puff,
            0.35 - puff * 0.06,
        )
    person(
        c,
        300,
        740,
        270,
        CREAM,
        INK,
        style="bun",
        hands=((-0.26, 0.52), (0.16, 0.48)),
        skin=SKINS[1],
    )
    for index, x in enumerate((1130, 1210, 1290, 1370)):
        c.line([(x, 500), (x, 516)], INK, 3)
        shade = (LACQUER, GOLD, RIVER, "#8a5a78")[index]
        c.polygon([(x - 30, 530), (x, 510), (x + 30, 530), (x + 20, 640), (x - 20, 640)], shade)
    c.line([(1100, 500), (1400, 500)], WOOD, 6)
    c.rectangle(1330, 640, 1480, 656, WOOD)
    c.rectangle(1380, 610, 1446, 640, INK, radius=6)
    c.rectangle(1426, 586, 1446, 640, INK, radius=4)
    person(c, 1300, 760, 290, RIVER_LIGHT, INK, style="long", hands=((-0.2, 0.46), (0.24, 0.46)))
    c.gradient(0, 716, 1600, 900, "#e6d0a3", "#c49c66")
    for x in range(-100, 1700, 110):
        c.line([(800 + (x - 800) * 0.9, 720), (800 + (x - 800) * 1.35, 900)], "#b58b57", 2, 0.4)
    person(c, 812, 800, 300, LEAF_DEEP, INK, skin=SKINS[2], hands=((-0.2, 0.4), (0.2, 0.44)))
    for table, x in enumerate((430, 190)):
        y = 830 + table * 20
        c.ellipse(x, y - 54, 74, 17, CORAL)
        c.ellipse(x, y - 60, 74, 17, mix(CORAL, WHITE, 0.25))
        c.rectangle(x - 7, y - 46, x + 7, y + 14, LACQUER_DEEP)
        c.ellipse(x - 18, y - 68, 24, 10, WHITE)
        c.ellipse(x - 18, y - 71, 18, 6, ORANGE)
        for side in (-1, 1):
            c.rectangle(x + side * 112 - 30, y - 30, x + side * 112 + 30, y - 20, RIVER, radius=3)
            bench_sitter(
                c,
                x + side * 112,
                y - 32,
                118,
                (SUN, WHITE, LACQUER, MIST)[table * 2 + (side > 0)],
                INK,
                skin=SKINS[(table + side) % 3],
                style=("short", "long")[side > 0],
            )
    pot_plant(c, 600, 790, 100, CORAL, 1)
    pot_plant(c, 1040, 792, 110, RIVER, 1)
    pot_plant(c, 1530, 800, 120, LACQUER, 1)


def leaf_sign(c, x, y, size):
    c.polygon(
        [
            (x - size, y + size * 0.7),
            (x - size * 0.5, y - size * 0.6),
            (x + size, y - size),
            (x + size * 0.6, y + size * 0.5),
        ],
        PAPER,
    )
    c.line([(x - size, y + size * 0.8), (x + size * 0.6, y - size * 0.6)], LEAF_DEEP, 5)


def bottle_sign(c, x, y, size):
    c.rectangle(x - size * 0.5, y - size * 0.5, x + size * 0.5, y + size, WHITE, radius=size * 0.2)
    c.rectangle(x - size * 0.2, y - size * 1.1, x + size * 0.2, y - size * 0.4, WHITE, radius=4)
    c.rectangle(x - size * 0.5, y, x + size * 0.5, y + size * 0.4, GOLD)


def bag_sign(c, x, y, size):
    c.blob(x, y + size * 0.25, size * 0.85, size * 0.75, PAPER, 4, depth=0.04)
    c.polygon(
        [(x - size * 0.5, y - size * 0.9), (x + size * 0.5, y - size * 0.9), (x, y - size * 0.25)],
        PAPER,
    )


@picture("sorting-bins")
def sorting_bins(c):
    sky(c, "#a5d2cc", "#fdf1cf", 560)
    for x, y, width in ((330, 120, 360), (1240, 100, 340)):
        cloud(c, x, y, width)
    tree(c, 190, 640, 540, seed=6, spread=0.44)
    tree(c, 1450, 640, 500, seed=9, spread=0.42)
    c.rectangle(430, 230, 1200, 640, "#f1cf97")
    tiled_roof(c, 390, 1240, 238, 130, 110)
    for x in (500, 640, 920, 1060):
        window(c, x, 286, 84, 108)
    c.rectangle(0, 440, 620, 690, "#e5b98a")
    c.rectangle(980, 440, 1600, 690, "#e5b98a")
    for x0, x1 in ((0, 620), (980, 1600)):
        c.rectangle(x0, 426, x1, 450, LACQUER)
        for x in range(x0 + 26, x1 - 30, 74):
            c.rectangle(x, 476, x + 44, 640, "#cf9a66", radius=20)
    for x in (600, 950):
        c.rectangle(x, 376, x + 52, 700, CREAM)
        c.rectangle(x - 8, 362, x + 60, 386, LACQUER, radius=4)
    c.rectangle(652, 470, 950, 700, RIVER_DEEP)
    for x in range(668, 950, 32):
        c.rectangle(x, 486, x + 8, 700, RIVER_LIGHT)
    chance = dice(4)
    for _ in range(90):
        x, y = chance.gauss(1180, 190), 420 + abs(chance.gauss(0, 58))
        c.circle(x, y, chance.uniform(11, 24), chance.choice((LEAF_DEEP, LEAF)))
    for _ in range(90):
        x, y = chance.gauss(1180, 190), 420 + abs(chance.gauss(0, 56))
        c.circle(x, y, chance.uniform(6, 12), chance.choice(("#b4437a", "#d06a98", "#c2527f")))
    c.gradient(0, 690, 1600, 900, "#e3c997", "#c49d68")
    for row in range(4):
        c.line([(0, 716 + row * row * 18), (1600, 716 + row * row * 18)], "#b08752", 2, 0.45)
    for x, colour, mark in (
        (560, LEAF, leaf_sign),
        (820, GOLD, bottle_sign),
        (1060, SLATE, bag_sign),
    ):
        bin_on_wheels(c, x, 836, 164, colour, mark)
    person(
        c,
        698,
        874,
        330,
        LACQUER,
        DUSK,
        child=True,
        style="tails",
        hands=((-0.22, 0.36), (0.3, 0.8)),
        skin=SKINS[2],
    )
    c.rectangle(786, 556, 812, 612, MIST, radius=7)
    c.rectangle(793, 540, 805, 560, RIVER, radius=3)
    person(
        c, 330, 866, 400, RIVER, INK, style="bun", hands=((-0.2, 0.42), (0.24, 0.44)), skin=SKINS[0]
    )
    c.polygon([(396, 690), (468, 690), (458, 752), (406, 752)], LEAF_DEEP)
    c.arc(432, 690, 28, 36, 180, 360, INK, 4)
    for index in range(6):
        c.circle(410 + index * 9, 686 - index % 2 * 8, 9, (ORANGE, LEAF_LIGHT, SUN)[index % 3])
    person(
        c,
        1262,
        862,
        372,
        "#f3ead7",
        SLATE,
        hair=HAIR_GREY,
        skin=SKINS[1],
        hands=((-0.22, 0.48), (0.2, 0.42)),
    )
    c.blob(1178, 700, 40, 46, "#3c444a", 3, depth=0.04)
    c.polygon([(1162, 660), (1194, 660), (1178, 680)], "#3c444a")


@picture("reed-pond")
def reed_pond(c):
    sky(c, "#6d7f9a", "#fbd59b", 500)
    c.gradient(0, 0, 1600, 260, "#5b7391", "#c99a8a")
    c.gradient(0, 260, 1600, 500, "#c99a8a", "#fbd59b")
    sun(c, 520, 400, 76, "#fff0c0", "#ffd98c")
    for x, y, width in ((1120, 150, 460), (300, 210, 360)):
        cloud(c, x, y, width, "#e8b592", 0.6)
    hills(c, 500, 80, "#7c7280", 6, 0.9, 520)
    for index in range(30):
        c.blob(index * 56, 502, 40, 14 + 10 * (index % 4), "#5a6156", index)
    c.gradient(0, 500, 1600, 900, "#f3c68f", RIVER_DEEP)
    for row in range(18):
        reach = 34 + 46 * math.sin(row * 1.9) ** 2 + row * 2
        c.rectangle(
            520 - reach,
            512 + row * 16,
            520 + reach,
            517 + row * 16,
            "#fff0c4",
            0.6 - row * 0.03,
            radius=3,
        )
    ripples(c, 0, 520, 1600, 890, "#fbdcae", 60, 8, 0.25)
    boat(c, 1010, 600, 190, WOOD_DARK)
    person(c, 1060, 592, 118, "#8a5a78", INK, hat="cone", hands=((-0.3, 0.56), (0.3, 0.66)))
    c.line([(1028, 500), (1136, 650)], WOOD_DARK, 4)
    chance = dice(3)
    for index in range(46):
        x, y = chance.uniform(120, 1500), chance.uniform(660, 890)
        size = 18 + (y - 640) * 0.16
        c.slice(x, y, size * 1.5, size * 0.42, 20, 340, mix(LEAF_DEEP, LEAF, chance.random()))
        if index % 5 == 0:
            lotus(c, x + 6, y - size * 1.1, size * 0.95)
            c.line([(x + 6, y - size * 0.7), (x + 6, y)], LEAF_DEEP, 4)
    for x, y, size, lift in (
        (690, 250, 74, 0.8),
        (830, 190, 60, 0.3),
        (960, 270, 66, -0.2),
        (770, 330, 46, 0.5),
        (1120, 230, 50, 0.6),
        (590, 170, 40, 0.1),
    ):
        c.polygon(
            [
                (x - size * 0.7, y + size * 0.1),
                (x, y - size * 0.1),
                (x + size * 0.55, y),
                (x, y + size * 0.12),
            ],
            WHITE,
        )
        c.polygon(
            [
                (x - size * 0.2, y),
                (x - size * 0.35, y - size * (0.5 + lift * 0.5)),
                (x + size * 0.2, y - size * 0.02),
            ],
            WHITE,
        )
        c.polygon(
            [
                (x, y),
                (x + size * 0.3, y - size * (0.35 + lift * 0.6)),
                (x + size * 0.3, y - size * 0.02),
            ],
            MIST,
        )
        c.line(
            [
                (x + size * 0.5, y),
                (x + size * 0.66, y - size * 0.13),
                (x + size * 0.82, y - size * 0.06),
            ],
            WHITE,
            size * 0.06,
        )
        c.line(
            [(x + size * 0.82, y - size * 0.06), (x + size * 1.02, y - size * 0.03)],
            ORANGE,
            size * 0.035,
        )
        c.line([(x - size * 0.6, y + size * 0.08), (x - size * 1.0, y + size * 0.12)], INK, 2.5)
    reeds(c, 100, 900, 540, 15, 4, ("#24443b", "#38604a"), "#c9a36d")
    reeds(c, 1490, 910, 580, 16, 6, ("#24443b", "#38604a"), "#c9a36d")
