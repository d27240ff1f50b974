"""Scenes in rooms, at night and in the rain, where light comes from lamps."""

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
    NIGHT,
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
    boat,
    head,
    hills,
    interior,
    lantern,
    lorry,
    palm,
    person,
    plank_floor,
    pot_plant,
    ripples,
    shadow,
    sitting_on_floor,
    sky,
    star_lantern,
    street_lamp,
    town_house,
    tree,
)


def stars(c, count, bottom, seed=5):
    chance = dice(seed)
    for _ in range(count):
        c.circle(
            chance.uniform(0, c.width),
            chance.uniform(0, bottom),
            chance.uniform(1, 2.6),
            "#fdf3d0",
            0.8,
        )


def view(c, x0, y0, x1, y1):
    """A river landscape behind a window."""
    with c.clipped(x0, y0, x1, y1):
        c.gradient(x0, y0, x1, y1, "#a9d6d2", "#fdf0c8")
        middle = y0 + (y1 - y0) * 0.62
        c.gradient(x0, middle, x1, y1, RIVER_LIGHT, RIVER)
        for index in range(9):
            bx = x0 + (x1 - x0) * index / 8
            c.blob(bx, middle, (x1 - x0) / 11, 18 + 9 * (index % 3), "#7fa070", index)


@picture("night-collection")
def night_collection(c):
    sky(c, NIGHT, "#3c5573", 560)
    stars(c, 90, 300)
    c.glow(1330, 130, 260, "#fdeec0", 0.5)
    c.circle(1330, 130, 52, "#fdf0c8")
    c.circle(1312, 122, 9, "#ecdcae")
    c.circle(1348, 146, 12, "#ecdcae")
    tones = ("#5a5568", "#4b5a6b", "#6a5a60", "#52606a")
    for index in range(7):
        town_house(
            c,
            index * 240 - 40,
            610,
            226,
            330 + 46 * (index * 5 % 3),
            tones[index % 4],
            index,
            lit=((0,), (1,), (), (0, 1))[index % 4],
            roof="#5d2f35",
        )
        awning(c, index * 240 - 22, index * 240 + 166, 480, 56, ("#6f2f33", "#8b7f74"), 6)
        if index % 3 == 1:
            c.rectangle(index * 240, 540, index * 240 + 130, 612, SUN)
            c.glow(index * 240 + 64, 580, 150, SUN, 0.4)
    c.rectangle(0, 606, 1600, 650, "#4c5258")
    c.gradient(0, 646, 1600, 900, "#3a444c", "#252e36")
    for x in range(-60, 1600, 220):
        c.polygon([(x, 838), (x + 120, 838), (x + 110, 850), (x - 10, 850)], "#c9b98a", 0.5)
    for x in (230, 1180):
        c.polygon([(x + 58, 280), (x - 160, 800), (x + 290, 800)], SUN, 0.10)
        c.ellipse(x + 64, 800, 226, 40, SUN, 0.14)
    street_lamp(c, 230, 650, 370)
    street_lamp(c, 1180, 650, 370)
    lorry(c, 590, 800, 760, LEAF_DEEP, "#d9812f")
    c.polygon([(1346, 690), (1600, 640), (1600, 800), (1346, 706)], "#fff3c4", 0.22)
    c.glow(560, 560, 120, CORAL, 0.6)
    c.circle(640, 488, 11, CORAL)
    vest = "#ee7a2d"
    for x, y, height, hands in (
        (430, 830, 296, ((-0.16, 0.4), (0.3, 0.52))),
        (270, 846, 300, ((-0.24, 0.5), (0.28, 0.5))),
    ):
        person(c, x, y, height, vest, DUSK, hat=SUN, hands=hands, skin=SKINS[1], stride=0.11)
        c.rectangle(
            x - height * 0.115, y - height * 0.6, x + height * 0.115, y - height * 0.565, "#fbf8d8"
        )
        for side in (-1, 1):
            c.line(
                [
                    (x + side * height * 0.07, y - height * 0.77),
                    (x + side * height * 0.07, y - height * 0.49),
                ],
                "#fbf8d8",
                7,
            )
    bin_on_wheels(c, 520, 846, 118, RIVER)
    bin_on_wheels(c, 140, 858, 124, GOLD)
    for x, y, colour in ((60, 846, "#39434b"), (26, 866, "#46525b")):
        c.blob(x, y - 24, 40, 34, colour, x, depth=0.05)
        c.polygon([(x - 12, y - 66), (x + 12, y - 66), (x, y - 48)], colour)


def book_row(c, x0, x1, y, height, seed):
    """Spines of many colours between two uprights."""
    chance = dice(seed)
    x = x0
    while x < x1 - 10:
        width = chance.uniform(12, 28)
        tall = height * chance.uniform(0.72, 0.98)
        colour = mix(
            chance.choice(
                (LACQUER, RIVER, GOLD, LEAF_DEEP, CORAL, DUSK, SAND, "#8a5a78", RIVER_LIGHT)
            ),
            INK,
            chance.random() * 0.18,
        )
        right = min(x + width, x1)
        c.rectangle(x, y - tall, right - 1.5, y, colour, radius=2)
        c.rectangle(x + 2, y - tall * 0.8, right - 3.5, y - tall * 0.74, SUN, 0.7)
        x += width


def shelf(c, x0, x1, top, bottom, rows, seed):
    c.rectangle(x0 - 14, top - 16, x1 + 14, bottom, WOOD_DARK, radius=4)
    c.rectangle(x0, top, x1, bottom - 10, "#3d2a21")
    step = (bottom - 10 - top) / rows
    for row in range(rows):
        y = top + (row + 1) * step
        book_row(c, x0 + 4, x1 - 4, y - 10, step - 20, seed * 10 + row)
        c.rectangle(x0, y - 10, x1, y, WOOD)


@picture("library")
def library(c):
    interior(c, "#ecd3a2", "#b67f4d", 620)
    plank_floor(c, 620, WOOD_DARK)
    c.rectangle(610, 96, 990, 560, WOOD_DARK, radius=10)
    c.slice(800, 150, 190, 110, 180, 360, WOOD_DARK)
    view(c, 630, 130, 970, 540)
    c.slice(800, 152, 170, 92, 180, 360, "#a9d6d2")
    boat(c, 860, 452, 90, WOOD_DARK)
    with c.clipped(630, 130, 970, 540):
        palm(c, 690, 416, 190, LEAF_DEEP, LEAF)
    for x in (716, 800, 884):
        c.rectangle(x - 4, 80, x + 4, 542, WOOD_DARK)
    c.rectangle(622, 330, 978, 338, WOOD_DARK)
    c.rectangle(590, 538, 1010, 566, WOOD)
    c.polygon([(640, 566), (960, 566), (1180, 900), (420, 900)], "#fff3c4", 0.25)
    shelf(c, 40, 300, 90, 640, 5, 1)
    shelf(c, 326, 570, 90, 640, 5, 2)
    shelf(c, 1030, 1276, 90, 640, 5, 3)
    shelf(c, 1302, 1560, 90, 640, 5, 4)
    c.line([(1226, 130), (1164, 650)], GOLD, 10)
    c.line([(1300, 130), (1256, 650)], GOLD, 10)
    for rung in range(8):
        y = 180 + rung * 58
        c.line([(1222 - rung * 7, y), (1296 - rung * 5, y)], GOLD, 7)
    person(
        c,
        1244,
        472,
        270,
        RIVER_DEEP,
        INK,
        style="bun",
        face=False,
        hands=((-0.2, 0.86), (0.24, 0.6)),
    )
    c.rectangle(1168, 224, 1206, 262, CORAL, radius=3)
    c.ellipse(770, 800, 480, 92, LACQUER_DEEP)
    c.ellipse(770, 794, 480, 92, LACQUER)
    c.ellipse(770, 794, 430, 78, GOLD)
    c.ellipse(770, 794, 414, 74, "#a9362f")
    c.ellipse(770, 794, 190, 32, GOLD, 0.6)
    sitting_on_floor(c, 540, 800, 150, SUN, RIVER_DEEP, book=RIVER, style="tails")
    sitting_on_floor(c, 1010, 806, 158, RIVER_LIGHT, INK, book=LACQUER_DEEP, skin=SKINS[1])
    sitting_on_floor(c, 790, 846, 172, CREAM, LEAF_DEEP, book=GOLD, skin=SKINS[2], style="long")
    sitting_on_floor(c, 700, 758, 124, LEAF_LIGHT, DUSK, book=CORAL, skin=SKINS[0])
    sitting_on_floor(
        c, 884, 752, 120, "#d58aa0", INK, book=RIVER_DEEP, style="tails", skin=SKINS[1]
    )
    for index, colour in enumerate((RIVER, GOLD, LACQUER_DEEP, LEAF_DEEP)):
        c.rectangle(
            330 + index * 5, 842 - index * 18, 440 - index * 4, 858 - index * 18, colour, radius=3
        )
        c.rectangle(334 + index * 5, 846 - index * 18, 438 - index * 4, 854 - index * 18, CREAM)
    c.rectangle(330, 842, 440, 858, RIVER, radius=3)
    pot_plant(c, 180, 850, 170, RIVER, 1)
    pot_plant(c, 1430, 840, 160, CORAL, 1)
    for x in (470, 1130):
        c.line([(x, 0), (x, 40)], INK, 4)
        c.slice(x, 66, 62, 46, 180, 360, LEAF_DEEP)
        c.glow(x, 80, 150, SUN, 0.5)
        c.ellipse(x, 66, 26, 8, "#fff3c4")


def umbrella(c, x, y, size, colour):
    c.line([(x, y), (x, y + size * 1.15)], INK, 5)
    c.slice(x, y + size * 0.3, size, size * 0.72, 180, 360, colour)
    for index in range(4):
        px = x - size + size * 0.25 + index * size * 0.5
        c.slice(px, y + size * 0.3, size * 0.25, size * 0.1, 180, 360, mix(colour, INK, 0.45))
    c.slice(x, y + size * 0.3, size * 0.42, size * 0.7, 180, 360, mix(colour, WHITE, 0.2))
    c.line([(x, y - size * 0.42), (x, y - size * 0.52)], INK, 5)


@picture("rain-street")
def rain_street(c):
    sky(c, "#4d6475", "#a9b5ad", 520)
    for x, y, width in ((260, 110, 520), (900, 80, 620), (1420, 160, 420)):
        cloud_colour = "#5f7584"
        c.rectangle(x - width / 2, y - 40, x + width / 2, y + 20, cloud_colour, 0.8, radius=30)
        c.rectangle(x - width / 3, y - 80, x + width / 4, y, cloud_colour, 0.8, radius=36)
    tones = ("#b08f76", "#8d9a94", "#a57f6f", "#a3a189")
    for index in range(7):
        x = index * 240 - 50
        town_house(
            c,
            x,
            580,
            226,
            320 + 50 * (index * 5 % 3),
            tones[index % 4],
            index,
            lit=((0,), (1,), (0, 1))[index % 3],
            roof="#7d3b37",
        )
        c.rectangle(x + 30, 470, x + 190, 582, "#3f3a3c")
        c.rectangle(x + 40, 486, x + 180, 582, SUN, 0.85 if index % 2 else 0.25)
        awning(
            c, x + 10, x + 212, 440, 58, ((LACQUER, "#d9cdb8"), (RIVER, "#d9cdb8"))[index % 2], 7
        )
    c.gradient(0, 576, 1600, 900, "#7d8c90", "#43565f")
    c.rectangle(0, 574, 1600, 604, "#9aa09a")
    chance = dice(2)
    for index in range(7):
        x = index * 240 + 60
        for row in range(14):
            y, reach = 612 + row * 20, chance.uniform(20, 66)
            c.rectangle(
                x - reach,
                y,
                x + reach,
                y + 7,
                SUN if index % 2 else CORAL,
                0.34 - row * 0.02,
                radius=3,
            )
    for x, y, rx in ((300, 770, 330), (1180, 820, 380), (760, 700, 220)):
        c.ellipse(x, y, rx, rx * 0.12, MIST, 0.32)
        c.ellipse(x + 20, y + 4, rx * 0.8, rx * 0.085, "#e6f0ea", 0.25)
    c.polygon([(1240, 622), (1420, 622), (1440, 660), (1226, 660)], "#2b343a")
    for x in range(1246, 1430, 22):
        c.line([(x, 624), (x - 4, 658)], "#8b979c", 5)
    for x, y, height, shirt, shade, trousers in (
        (470, 800, 270, "#d9c9a2", LACQUER, DUSK),
        (880, 846, 320, RIVER_DEEP, SUN, INK),
        (1090, 760, 236, "#8a5a78", RIVER_LIGHT, INK),
    ):
        person(
            c,
            x,
            y,
            height,
            shirt,
            trousers,
            style="long",
            hands=((-0.18, 0.42), (0.1, 0.66)),
            stride=0.1,
        )
        umbrella(c, x + height * 0.1, y - height * 1.12, height * 0.46, shade)
        c.polygon(
            [
                (x - height * 0.1, y + 6),
                (x + height * 0.1, y + 6),
                (x + height * 0.07, y + height * 0.3),
                (x - height * 0.07, y + height * 0.3),
            ],
            shirt,
            0.25,
        )
    person(
        c, 556, 806, 170, SUN, SUN, child=True, hat=SUN, robe=True, hands=((-0.3, 0.48), (0.2, 0.4))
    )
    person(c, 220, 760, 240, "#5f7f86", INK, hat="cone", robe=True)
    for x, y in ((470, 808), (556, 812), (880, 852), (1090, 768), (220, 768)):
        for ring in (40, 66):
            c.arc(x, y, ring, ring * 0.2, 0, 360, WHITE, 2.5, 0.6)
    street_lamp(c, 690, 600, 330)
    chance = dice(12)
    for _ in range(420):
        x, y = chance.uniform(-40, 1640), chance.uniform(-20, 900)
        reach = chance.uniform(22, 60)
        c.line(
            [(x, y), (x - reach * 0.22, y + reach)],
            "#e9f1ee",
            chance.choice((1.4, 2, 2.6)),
            chance.uniform(0.18, 0.45),
        )
    for _ in range(90):
        x, y = chance.uniform(0, 1600), chance.uniform(630, 890)
        c.arc(x, y, 11, 4, 180, 360, WHITE, 2, 0.5)


SEGMENTS = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "7": "abc",
    "8": "abcdefg",
    "5": "afgcd",
}


def digits(c, x, y, size, text, colour):
    """Numbers of glowing segments, as on a queue display."""
    w, h, t = size * 0.5, size, size * 0.11
    bars = {
        "a": (0, 0, w, t),
        "b": (w - t, 0, w, h / 2),
        "c": (w - t, h / 2, w, h),
        "d": (0, h - t, w, h),
        "e": (0, h / 2, t, h),
        "f": (0, 0, t, h / 2),
        "g": (0, h / 2 - t / 2, w, h / 2 + t / 2),
    }
    for index, digit in enumerate(text):
        left = x + index * size * 0.72
        for segment in SEGMENTS[digit]:
            x0, y0, x1, y1 = bars[segment]
            c.rectangle(left + x0, y + y0, left + x1, y + y1, colour, radius=t * 0.4)


@picture("service-counter")
def service_counter(c):
    interior(c, "#f2e2bf", "#d8bd8d", 640)
    for x in range(0, 1601, 160):
        c.line([(800 + (x - 800) * 0.8, 640), (800 + (x - 800) * 1.6, 900)], "#b99662", 3, 0.5)
    for y in (680, 740, 826):
        c.line([(0, y), (1600, y)], "#b99662", 3, 0.5)
    c.rectangle(90, 90, 420, 420, WOOD_DARK, radius=4)
    view(c, 104, 104, 406, 406)
    c.rectangle(250, 104, 258, 406, WOOD_DARK)
    c.rectangle(480, 60, 1540, 150, LACQUER, radius=6)
    for index in range(14):
        c.rectangle(560 + index * 66, 92, 606 + index * 66, 118, SUN, radius=8)
    for index, number in enumerate(("045", "047", "048")):
        x = 500 + index * 360
        c.rectangle(x + 60, 178, x + 270, 278, INK, radius=8)
        digits(c, x + 96, 196, 64, number, "#ff9d4d")
        c.rectangle(x + 6, 300, x + 324, 640, "#e8d2a2")
        c.rectangle(x + 22, 310, x + 308, 560, "#f9efd6")
        person(
            c,
            x + 165,
            690,
            380,
            (RIVER, WHITE, RIVER)[index],
            INK,
            style=("bun", "short", "long")[index],
            skin=SKINS[index],
            hands=((-0.22, 0.42), (0.2, 0.42)),
        )
        c.rectangle(x + 150, 452, x + 180, 462, GOLD)
        c.rectangle(x + 218, 452, x + 312, 530, INK, radius=5)
        c.rectangle(x + 224, 458, x + 306, 516, RIVER_LIGHT)
        c.rectangle(x + 258, 528, x + 272, 548, INK)
    c.rectangle(470, 548, 1600, 700, WOOD)
    c.rectangle(456, 532, 1600, 558, mix(GOLD, PAPER, 0.25), radius=6)
    c.rectangle(470, 684, 1600, 700, WOOD_DARK)
    for x in range(500, 1600, 90):
        c.rectangle(x, 580, x + 70, 668, mix(WOOD, GOLD, 0.25), radius=4)
    for x in (610, 980, 1330):
        c.polygon([(x, 532), (x + 66, 532), (x + 58, 520), (x + 8, 520)], WHITE)
        c.line([(x + 16, 526), (x + 50, 526)], SLATE, 2)
    pot_plant(c, 1500, 534, 90, LACQUER, 1)
    c.rectangle(200, 470, 330, 800, RIVER_DEEP, radius=12)
    c.rectangle(216, 492, 314, 590, MIST, radius=5)
    digits(c, 232, 514, 50, "52", RIVER_DEEP)
    c.rectangle(236, 622, 294, 634, INK, radius=4)
    c.polygon([(242, 632), (288, 632), (288, 690), (265, 682), (242, 690)], WHITE)
    person(
        c,
        390,
        850,
        360,
        CORAL,
        INK,
        style="long",
        hands=((-0.3, 0.52), (0.2, 0.42)),
        skin=SKINS[2],
        face=False,
    )
    for index, (shirt, style, hair) in enumerate(
        (
            (GOLD, "short", None),
            (LEAF_DEEP, "bun", HAIR_GREY),
            ("#8a5a78", "long", None),
            (DUSK, "short", HAIR_GREY),
        )
    ):
        x = 700 + index * 190
        c.rectangle(x - 78, 770, x + 78, 866, RIVER, radius=12)
        c.rectangle(x - 78, 866, x + 78, 880, RIVER_DEEP, radius=4)
        c.polygon([(x - 58, 720), (x + 58, 720), (x + 66, 800), (x - 66, 800)], shirt)
        colour = hair or "#2b2427"
        if style == "long":
            c.rectangle(x - 36, 650, x + 36, 756, colour, radius=24)
        if style == "bun":
            c.circle(x, 618, 17, colour)
        c.rectangle(x - 13, 690, x + 13, 730, mix(SKINS[index % 3], EARTH, 0.3), radius=8)
        c.circle(x, 668, 37, colour)
        c.rectangle(x - 86, 782, x + 86, 840, RIVER_LIGHT, radius=16)
        for leg in (-60, 60):
            c.line([(x + leg, 870), (x + leg, 900)], SLATE, 7)


@picture("phone-form", TALL)
def phone_form(c):
    interior(c, "#e9d0a0", "#a86f44", 640)
    c.rectangle(880, 70, 1500, 520, WOOD_DARK, radius=6)
    view(c, 900, 90, 1480, 500)
    with c.clipped(900, 90, 1480, 500):
        palm(c, 1380, 440, 250, LEAF_DEEP, LEAF, -0.08)
    boat(c, 1080, 430, 150, WOOD_DARK)
    c.rectangle(1186, 90, 1196, 500, WOOD_DARK)
    c.rectangle(860, 500, 1520, 528, WOOD)
    pot_plant(c, 940, 502, 110, CORAL, 1)
    c.gradient(0, 640, 1600, 1200, "#b77d4e", "#8a5836")
    for y in (700, 800, 930, 1090):
        c.line([(0, y), (1600, y)], WOOD_DARK, 3, 0.35)
    shadow(c, 1230, 990, 220, 34, 0.28)
    c.polygon([(1060, 860), (1370, 830), (1440, 980), (1090, 1016)], WHITE)
    c.polygon([(1060, 860), (1090, 1016), (1076, 1022), (1046, 868)], LACQUER)
    for row in range(6):
        c.line([(1106 + row * 4, 884 + row * 21), (1350 + row * 11, 860 + row * 20)], "#b8c4c4", 4)
    c.line([(1290, 960), (1440, 850)], RIVER_DEEP, 13)
    c.polygon([(1278, 968), (1296, 964), (1288, 950)], GOLD)
    shadow(c, 300, 900, 210, 36, 0.28)
    c.ellipse(290, 790, 150, 118, RIVER)
    c.ellipse(250, 752, 70, 40, RIVER_LIGHT, 0.5)
    c.ellipse(290, 690, 74, 20, RIVER_DEEP)
    c.circle(290, 666, 17, GOLD)
    c.polygon([(420, 810), (520, 700), (544, 714), (446, 856)], RIVER)
    c.arc(146, 780, 66, 76, 80, 290, RIVER_DEEP, 20)
    for angle in range(0, 360, 45):
        c.circle(
            290 + 44 * math.cos(math.radians(angle)),
            806 + 34 * math.sin(math.radians(angle)),
            13,
            PAPER,
        )
    c.circle(290, 806, 16, SUN)
    for x in (480, 170):
        shadow(c, x, 970 + (x < 300) * 40, 66, 14, 0.3)
        y = 930 + (x < 300) * 40
        c.polygon([(x - 58, y - 30), (x + 58, y - 30), (x + 34, y + 38), (x - 34, y + 38)], WHITE)
        c.ellipse(x, y - 30, 58, 15, RIVER_LIGHT)
        c.ellipse(x, y - 28, 50, 11, "#b9854a")
    skin, dark = SKINS[0], mix(SKINS[0], EARTH, 0.35)
    c.polygon([(560, 1200), (640, 960), (960, 960), (1040, 1200)], skin)
    c.polygon([(500, 1200), (540, 1110), (1060, 1110), (1110, 1200)], LACQUER)
    c.ellipse(800, 930, 200, 170, skin)
    for index in range(4):
        y = 560 + index * 88
        c.line([(965, y + 66), (1014, y + 46), (988, y)], dark, 58)
    c.rectangle(576, 190, 1000, 1010, INK, radius=52)
    c.rectangle(598, 214, 978, 986, CREAM, radius=34)
    c.rectangle(598, 214, 978, 330, LACQUER, radius=34)
    c.rectangle(598, 290, 978, 340, LACQUER)
    c.rectangle(730, 226, 846, 246, INK, radius=10)
    c.circle(652, 294, 24, SUN)
    c.rectangle(694, 276, 900, 290, PAPER, radius=7)
    c.rectangle(694, 302, 830, 314, PAPER, 0.7, radius=6)
    for index in range(4):
        y = 376 + index * 106
        c.rectangle(632, y, 760 + index % 2 * 50, y + 14, SLATE, radius=7)
        c.rectangle(632, y + 26, 944, y + 80, WHITE, radius=10)
        c.rectangle(632, y + 76, 944, y + 80, RIVER_LIGHT)
        if index < 3:
            c.rectangle(652, y + 46, 840 - index * 34, y + 60, mix(INK, MIST, 0.45), radius=7)
            c.circle(912, y + 52, 17, LEAF)
            c.line([(903, y + 52), (910, y + 60), (922, y + 44)], WHITE, 5)
    c.line([(654, 734), (654, 764)], LACQUER, 4)
    c.rectangle(632, 830, 944, 906, RIVER, radius=16)
    c.rectangle(716, 860, 860, 876, WHITE, radius=8)
    c.rectangle(730, 952, 846, 962, INK, 0.4, radius=5)
    for index in range(4):
        y = 566 + index * 88
        c.line([(1010, y + 40), (976, y + 8)], skin, 54)
        c.ellipse(968, y + 2, 17, 13, mix(skin, WHITE, 0.45))
    c.line([(610, 1070), (560, 930), (606, 790)], skin, 84)
    c.ellipse(612, 776, 24, 32, mix(skin, WHITE, 0.45))
    c.line([(636, 1090), (640, 1012)], dark, 6)


def animal_poster(c, x, y, width, kind):
    """A framed picture of a duck, a fish or a cat for the vaccination room."""
    height = width * 1.2
    c.rectangle(x, y, x + width, y + height, WHITE, radius=6)
    c.rectangle(
        x + 10,
        y + 10,
        x + width - 10,
        y + height - 10,
        (MIST, "#f8dca4", "#f3c7b2")[kind],
        radius=4,
    )
    cx, cy, r = x + width / 2, y + height * 0.55, width * 0.24
    if kind == 0:
        c.ellipse(cx, cy, r * 1.2, r * 0.8, SUN)
        c.circle(cx + r * 0.8, cy - r * 0.8, r * 0.5, SUN)
        c.polygon(
            [
                (cx + r * 1.2, cy - r * 0.9),
                (cx + r * 1.7, cy - r * 0.7),
                (cx + r * 1.2, cy - r * 0.6),
            ],
            ORANGE,
        )
        c.circle(cx + r * 0.9, cy - r * 0.9, r * 0.09, INK)
    elif kind == 1:
        c.ellipse(cx, cy, r * 1.2, r * 0.75, CORAL)
        c.polygon([(cx - r, cy), (cx - r * 1.8, cy - r * 0.6), (cx - r * 1.8, cy + r * 0.6)], CORAL)
        c.circle(cx + r * 0.6, cy - r * 0.2, r * 0.12, INK)
        c.arc(cx + r * 0.1, cy, r * 0.4, r * 0.6, 280, 80, LACQUER, 4)
    else:
        c.ellipse(cx, cy + r * 0.5, r * 0.9, r * 1.0, SLATE)
        c.circle(cx, cy - r * 0.6, r * 0.7, SLATE)
        for side in (-1, 1):
            c.polygon(
                [
                    (cx + side * r * 0.2, cy - r * 1.1),
                    (cx + side * r * 0.6, cy - r * 1.65),
                    (cx + side * r * 0.68, cy - r * 0.8),
                ],
                SLATE,
            )
            c.circle(cx + side * r * 0.26, cy - r * 0.65, r * 0.11, SUN)


@picture("vaccination", TALL)
def vaccination(c):
    interior(c, "#cfe3d8", "#d9bd8c", 860)
    c.rectangle(0, 560, 1600, 848, "#a9cdc4")
    c.rectangle(0, 552, 1600, 568, WHITE)
    for kind in range(3):
        animal_poster(c, 120 + kind * 190, 150, 156, kind)
    c.rectangle(1010, 90, 1500, 470, WHITE, radius=6)
    view(c, 1028, 108, 1482, 452)
    with c.clipped(1028, 108, 1482, 452):
        tree(c, 1380, 440, 270, seed=3)
    c.rectangle(1250, 108, 1260, 452, WHITE)
    for side in (1010, 1440):
        c.polygon([(side, 80), (side + 90, 80), (side + 70, 500), (side + 8, 500)], "#f4cf86", 0.9)
    c.rectangle(1120, 720, 1520, 744, WOOD)
    for x in (1144, 1480):
        c.rectangle(x, 740, x + 18, 980, WOOD_DARK)
    c.rectangle(1180, 610, 1330, 720, RIVER, radius=10)
    c.rectangle(1180, 650, 1330, 672, WHITE)
    c.rectangle(1242, 626, 1268, 700, WHITE)
    for index in range(4):
        c.rectangle(1372 + index * 32, 676, 1390 + index * 32, 722, MIST, radius=4)
        c.rectangle(
            1375 + index * 32,
            664,
            1387 + index * 32,
            680,
            (LACQUER, RIVER, GOLD, LEAF)[index],
            radius=3,
        )
    shadow(c, 560, 1108, 330, 40, 0.2)
    c.rectangle(420, 560, 720, 1000, LACQUER_DEEP, radius=24)
    c.rectangle(390, 910, 750, 960, LACQUER, radius=16)
    for x in (420, 700):
        c.rectangle(x, 950, x + 22, 1100, WOOD_DARK)
    for side in (-1, 1):
        c.line([(560 + side * 62, 880), (560 + side * 92, 930)], DUSK, 88)
        c.line([(560 + side * 92, 930), (560 + side * 84, 1076)], DUSK, 72)
        c.ellipse(560 + side * 92, 1096, 52, 22, INK)
    c.polygon([(470, 560), (650, 560), (690, 640), (672, 920), (448, 920), (430, 640)], CORAL)
    head(c, 560, 440, 88, SKINS[2], style="long")
    c.arc(534, 452, 14, 8, 20, 160, INK, 4)
    c.arc(588, 452, 14, 8, 20, 160, INK, 4)
    c.arc(562, 476, 20, 14, 20, 160, LACQUER, 5)
    for side in (-1, 1):
        c.line([(640 + side * 44, 890), (650 + side * 60, 990)], RIVER_DEEP, 46)
        c.ellipse(652 + side * 64, 1014, 34, 17, WHITE)
    c.polygon([(584, 706), (700, 706), (716, 900), (570, 900)], SUN)
    head(c, 642, 628, 70, SKINS[0])
    for x in (622, 668):
        c.circle(x, 636, 6, INK)
    c.arc(645, 652, 15, 11, 20, 160, LACQUER, 4)
    c.line([(600, 730), (556, 800), (590, 860)], mix(SUN, ORANGE, 0.4), 38)
    c.circle(592, 862, 22, SKINS[0])
    c.line([(690, 728), (744, 790)], mix(SUN, ORANGE, 0.4), 40)
    c.line([(744, 790), (716, 866)], SKINS[0], 34)
    c.line([(452, 620), (420, 780), (560, 850)], mix(CORAL, INK, 0.12), 52)
    c.circle(566, 852, 30, SKINS[2])
    shadow(c, 980, 1150, 200, 26, 0.2)
    for side in (-1, 1):
        c.line([(980 + side * 50, 900), (980 + side * 56, 1130)], MIST, 80)
        c.ellipse(980 + side * 60, 1144, 54, 20, WHITE)
    c.polygon([(890, 520), (1070, 520), (1106, 600), (1090, 960), (870, 960), (854, 600)], WHITE)
    c.polygon([(1010, 530), (1070, 520), (1106, 600), (1090, 960), (1024, 960)], RIVER, 0.12)
    c.line([(980, 560), (980, 950)], MIST, 5)
    c.rectangle(1010, 640, 1066, 700, MIST, radius=6)
    head(c, 980, 400, 88, SKINS[1], style="bun")
    c.rectangle(906, 404, 1054, 476, RIVER_LIGHT, radius=30)
    for y in (424, 442, 460):
        c.line([(926, y), (1034, y)], WHITE, 3, 0.6)
    for x in (944, 1010):
        c.circle(x, 388, 7, INK)
    c.slice(980, 350, 92, 62, 180, 360, WHITE)
    c.rectangle(964, 304, 996, 316, RIVER)
    c.rectangle(974, 294, 986, 326, RIVER)
    c.line([(880, 590), (800, 730), (800, 748)], mix(WHITE, SLATE, 0.16), 56)
    c.circle(800, 760, 30, SKINS[1])
    c.line([(800, 772), (764, 786)], "#dfeae8", 17)
    c.line([(764, 787), (742, 796)], SLATE, 3)
    c.line([(804, 770), (826, 760)], RIVER, 9)
    c.line([(1088, 610), (1120, 760), (1040, 820)], mix(WHITE, SLATE, 0.2), 54)
    c.circle(1036, 824, 29, SKINS[1])
    pot_plant(c, 140, 1120, 190, CORAL, 1)


@picture("lanterns")
def lanterns(c):
    sky(c, "#111d3a", "#3b4a72", 520)
    stars(c, 120, 360, 9)
    c.glow(1150, 210, 460, "#fdeec0", 0.6)
    c.circle(1150, 210, 118, "#fdf1cb")
    for dx, dy, radius in ((-40, -20, 22), (30, 30, 30), (46, -46, 14), (-20, 54, 12)):
        c.circle(1150 + dx, 210 + dy, radius, "#f3e0ab", 0.8)
    c.rectangle(930, 250, 1220, 268, "#57648a", 0.7, radius=9)
    c.rectangle(1060, 276, 1330, 290, "#57648a", 0.6, radius=7)
    hills(c, 520, 90, "#26335a", 6, 1, 560)
    for index in range(30):
        c.blob(index * 56, 528, 46, 20 + 9 * (index % 4), "#1d2a48", index)
        if index % 2:
            c.circle(index * 56 + 20, 536, 4, SUN)
    c.gradient(0, 540, 1600, 720, "#3a4a70", "#1b2d4a")
    for row in range(12):
        reach = 30 + 44 * math.sin(row * 2.1) ** 2
        c.rectangle(
            1150 - reach,
            548 + row * 14,
            1150 + reach,
            553 + row * 14,
            "#fdf1cb",
            0.6 - row * 0.035,
            radius=3,
        )
    ripples(c, 0, 556, 1600, 712, "#9fb2d0", 50, 6, 0.22)
    for x, y, size in (
        (160, 612, 12),
        (360, 640, 15),
        (560, 600, 11),
        (820, 650, 16),
        (960, 598, 10),
        (1390, 632, 14),
        (1500, 604, 11),
    ):
        c.glow(x, y, size * 5, SUN, 0.6)
        c.polygon(
            [
                (x - size, y - size * 0.4),
                (x, y - size * 1.3),
                (x + size, y - size * 0.4),
                (x + size * 0.6, y + size * 0.5),
                (x - size * 0.6, y + size * 0.5),
            ],
            CORAL,
        )
        c.circle(x, y - size * 0.2, size * 0.4, "#fff3c4")
    c.gradient(0, 706, 1600, 900, "#5a4a52", "#33303f")
    for x in range(0, 1600, 74):
        c.rectangle(x, 660, x + 10, 716, "#7c6a68", radius=3)
    c.rectangle(0, 650, 1600, 664, "#8f7c74", radius=4)
    wires = (
        ((-20, 60), (420, 210), (860, 50)),
        ((860, 50), (1240, 130), (1640, 20)),
        ((-20, 210), (260, 300), (560, 150)),
    )
    tones = (LACQUER, ORANGE, "#4f8f8c", CORAL, GOLD, "#8a5a9a")
    for number, (start, low, end) in enumerate(wires):
        points = []
        for step in range(31):
            t = step / 30
            points.append(
                tuple(
                    (1 - t) ** 2 * start[i] + 2 * t * (1 - t) * low[i] + t * t * end[i]
                    for i in (0, 1)
                )
            )
        c.line(points, "#c9a56a", 3)
        for index, (x, y) in enumerate(points[3:30:5]):
            lantern(c, x, y + 40, 30, tones[(index + number) % 6])
    children = (
        (250, 850, 236, CORAL, "star", LACQUER),
        (480, 830, 214, SUN, "carp", ORANGE),
        (690, 866, 250, RIVER_LIGHT, "star", "#3f8f6d"),
        (930, 836, 222, "#d58aa0", "round", LACQUER),
        (1150, 862, 240, WHITE, "star", "#c2527f"),
        (1340, 842, 226, LEAF_LIGHT, "carp", CORAL),
    )
    for index, (x, y, height, shirt, kind, colour) in enumerate(children):
        c.glow(x + height * 0.4, y - height * 0.8, height * 1.1, SUN, 0.4)
        person(
            c,
            x,
            y,
            height,
            shirt,
            (DUSK, LACQUER_DEEP, INK)[index % 3],
            child=True,
            style=("tails", "short", "long")[index % 3],
            skin=SKINS[index % 3],
            hands=((-0.22, 0.36), (0.28, 0.58)),
            stride=0.1,
        )
        hand, top = (x + height * 0.28, y - height * 0.58), (x + height * 0.46, y - height * 1.06)
        c.line([hand, top], WOOD, 6)
        lx, ly = top[0], top[1] + height * 0.16
        if kind == "star":
            star_lantern(c, lx, ly, height * 0.24, colour)
        elif kind == "round":
            lantern(c, lx, ly + 10, height * 0.19, colour)
        else:
            c.glow(lx, ly, height * 0.6, SUN, 0.5)
            c.ellipse(lx, ly, height * 0.25, height * 0.14, colour)
            c.ellipse(lx + height * 0.03, ly - height * 0.01, height * 0.16, height * 0.08, SUN)
            c.polygon(
                [
                    (lx - height * 0.2, ly),
                    (lx - height * 0.4, ly - height * 0.15),
                    (lx - height * 0.34, ly),
                    (lx - height * 0.4, ly + height * 0.15),
                ],
                colour,
            )
            c.polygon(
                [
                    (lx - height * 0.06, ly - height * 0.12),
                    (lx + height * 0.06, ly - height * 0.22),
                    (lx + height * 0.1, ly - height * 0.11),
                ],
                GOLD,
            )
            c.circle(lx + height * 0.17, ly - height * 0.03, height * 0.025, INK)
            for scale in range(3):
                c.arc(
                    lx - height * 0.08 + scale * height * 0.07,
                    ly,
                    height * 0.04,
                    height * 0.08,
                    270,
                    90,
                    LACQUER,
                    3,
                )
    person(
        c,
        90,
        800,
        280,
        "#8a5a78",
        INK,
        style="bun",
        hair=HAIR_GREY,
        skin=SKINS[1],
        hands=((-0.2, 0.44), (0.26, 0.5)),
    )
    person(c, 1546, 806, 290, RIVER, INK, skin=SKINS[2], hands=((-0.22, 0.5), (0.2, 0.42)))


@picture("family-card", TALL)
def family_card(c):
    interior(c, "#efd5a3", "#b57f4f", 760)
    plank_floor(c, 760, WOOD_DARK)
    c.rectangle(560, 90, 1040, 470, WOOD_DARK, radius=6)
    view(c, 578, 108, 1022, 452)
    with c.clipped(578, 108, 1022, 452):
        tree(c, 950, 440, 260, seed=5)
    c.rectangle(796, 108, 804, 452, WOOD_DARK)
    c.rectangle(544, 452, 1056, 480, WOOD)
    c.rectangle(150, 150, 390, 330, GOLD, radius=4)
    c.gradient(166, 166, 374, 314, "#f2b980", "#fcebc3")
    hills_box = [(166, 314), (166, 268), (230, 240), (300, 276), (374, 236), (374, 314)]
    c.polygon(hills_box, RIVER)
    c.circle(300, 220, 20, LACQUER)
    c.rectangle(1230, 190, 1480, 204, WOOD_DARK)
    book = ((LACQUER, 80), (RIVER, 96), (GOLD, 70), (LEAF_DEEP, 88), (CORAL, 76))
    for index, (colour, tall) in enumerate(book):
        c.rectangle(1246 + index * 28, 190 - tall, 1270 + index * 28, 190, colour, radius=2)
    pot_plant(c, 1436, 190, 76, CORAL, 1)
    c.rectangle(1230, 400, 1480, 414, WOOD_DARK)
    c.ellipse(1290, 372, 36, 30, RIVER_LIGHT)
    c.rectangle(1278, 330, 1302, 352, RIVER_LIGHT, radius=5)
    for bloom in ((1270, 300), (1296, 280), (1318, 306)):
        c.line([(1290, 340), bloom], LEAF_DEEP, 4)
        c.circle(*bloom, 17, CORAL)
        c.circle(*bloom, 7, SUN)
    c.rectangle(1370, 330, 1460, 400, WHITE, radius=3)
    c.rectangle(1380, 340, 1450, 390, MIST)
    shadow(c, 800, 1150, 640, 46, 0.2)
    seats = (
        (330, 660, 330, "#8a5a78", INK, HAIR_GREY, "bun", 2),
        (560, 640, 330, "#f3ead7", SLATE, HAIR_GREY, "short", 1),
        (1060, 640, 340, RIVER, INK, "#2b2427", "short", 0),
        (1290, 660, 320, CORAL, DUSK, "#2b2427", "long", 2),
    )
    for x, y, size, shirt, trousers, hair, style, skin in seats:
        c.rectangle(x - size * 0.34, y - size * 0.62, x + size * 0.34, y + 210, WOOD, radius=18)
        c.rectangle(
            x - size * 0.29,
            y - size * 0.56,
            x + size * 0.29,
            y + 190,
            mix(WOOD, GOLD, 0.3),
            radius=14,
        )
        bench_sitter(
            c,
            x,
            y + 150,
            size,
            shirt,
            trousers,
            hair=hair,
            style=style,
            skin=SKINS[skin],
            hands=0.42,
        )
        radius, hx, hy = size * 0.18, x, y + 150 - size * 0.82
        for side in (-0.36, 0.36):
            c.arc(
                hx + side * radius,
                hy + radius * 0.1,
                radius * 0.17,
                radius * 0.12,
                190,
                350,
                INK,
                4,
            )
        c.arc(hx, hy + radius * 0.42, radius * 0.3, radius * 0.22, 20, 160, LACQUER, 5)
    person(
        c,
        806,
        1010,
        420,
        SUN,
        DUSK,
        child=True,
        style="tails",
        skin=SKINS[0],
        hands=((-0.2, 0.42), (0.2, 0.42)),
    )
    radius = 420 * 0.135
    hx, hy = 806, 1010 - 420 * 0.70 - radius * 1.12
    for side in (-0.36, 0.36):
        c.circle(hx + side * radius, hy + radius * 0.12, 6, INK)
    c.arc(hx, hy + radius * 0.4, radius * 0.3, radius * 0.24, 20, 160, LACQUER, 5)
    c.ellipse(810, 962, 560, 108, WOOD_DARK)
    c.ellipse(810, 940, 560, 108, mix(WOOD, GOLD, 0.35))
    c.ellipse(810, 934, 520, 94, mix(WOOD, GOLD, 0.5))
    c.rectangle(780, 1040, 840, 1150, WOOD_DARK)
    c.ellipse(810, 1152, 150, 26, WOOD_DARK)
    c.ellipse(510, 906, 62, 50, RIVER)
    c.ellipse(510, 862, 30, 9, RIVER_DEEP)
    c.circle(510, 850, 8, GOLD)
    c.polygon([(562, 914), (612, 868), (622, 876), (574, 936)], RIVER)
    c.arc(450, 900, 28, 32, 80, 290, RIVER_DEEP, 10)
    for x, y in ((650, 960), (420, 956), (1080, 900), (1220, 930)):
        c.polygon([(x - 26, y - 12), (x + 26, y - 12), (x + 16, y + 20), (x - 16, y + 20)], WHITE)
        c.ellipse(x, y - 12, 26, 7, "#c18d50")
    c.polygon([(740, 900), (950, 890), (978, 974), (752, 988)], WHITE)
    c.polygon([(740, 900), (950, 890), (957, 912), (743, 922)], RIVER)
    c.rectangle(766, 934, 812, 972, MIST, radius=4)
    c.circle(789, 948, 10, SKINS[1])
    c.slice(789, 972, 16, 16, 180, 360, LACQUER)
    for row in range(3):
        c.line([(830, 934 + row * 15), (930 - row * 22, 930 + row * 15)], SLATE, 5)
    c.rectangle(926, 946, 956, 956, GOLD)
    c.rectangle(936, 936, 946, 966, GOLD)
    for index, (x, y) in enumerate(((1130, 972), (1156, 978), (1142, 962), (1168, 964))):
        c.circle(x, y, 16, (ORANGE, "#e9a04b")[index % 2])
    pot_plant(c, 90, 1080, 190, LACQUER, 1)
    pot_plant(c, 1520, 1090, 180, RIVER, 1)
