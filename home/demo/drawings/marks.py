"""The two agencies' marks: roundels on a transparent ground."""

import math

from PIL import Image, ImageDraw

from .canvas import (
    CREAM,
    GOLD,
    LACQUER,
    LACQUER_DEEP,
    MIST,
    ORANGE,
    PAPER,
    RIVER,
    RIVER_DEEP,
    RIVER_LIGHT,
    SUN,
    WHITE,
    Canvas,
)

SIZE = 800


def roundel(c, outer, inner, line):
    c.circle(400, 400, 400, outer)
    c.ring(400, 400, 382, line, 8)
    c.circle(400, 400, 336, inner)
    c.ring(400, 400, 340, line, 6)
    for step in range(60):
        angle = step * math.tau / 60
        c.circle(400 + 361 * math.cos(angle), 400 + 361 * math.sin(angle), 5.5, line)


def cut(c):
    """The canvas with everything outside the circle made transparent."""
    small = c.image.reduce(2)
    mask = Image.new("L", c.image.size, 0)
    ImageDraw.Draw(mask).ellipse((4, 4, c.image.width - 5, c.image.height - 5), fill=255)
    small.putalpha(mask.reduce(2))
    return small


def waves(c, top, colours, clip=332):
    """Bands of water that fill the lower part of the roundel."""
    for band, colour in enumerate(colours):
        y = top + band * 54
        edge = []
        for x in range(60, 741, 10):
            edge.append((x, y + 13 * math.sin(x / 38 + band * 1.7)))
        points = [point for point in edge if math.dist(point, (400, 400)) < clip]
        start = math.degrees(math.atan2(points[-1][1] - 400, points[-1][0] - 400))
        end = math.degrees(math.atan2(points[0][1] - 400, points[0][0] - 400))
        rim = [
            (400 + clip * math.cos(math.radians(angle)), 400 + clip * math.sin(math.radians(angle)))
            for angle in range(round(start), round(end) + 1)
        ]
        c.polygon(points + rim, colour)


def ben_nga():
    """A boat below an arched bridge, under a rising sun."""
    c = Canvas(SIZE, SIZE, LACQUER)
    roundel(c, LACQUER, CREAM, GOLD)
    c.circle(400, 330, 104, SUN)
    for step in range(11):
        angle = math.pi + (step + 0.5) * math.pi / 11
        near, far = 128, 168 if step % 2 else 188
        c.line(
            [
                (400 + near * math.cos(angle), 330 + near * math.sin(angle)),
                (400 + far * math.cos(angle), 330 + far * math.sin(angle)),
            ],
            GOLD,
            11,
        )
    c.rectangle(84, 402, 716, 430, LACQUER_DEEP)
    for x in (176, 325, 475, 624):
        c.rectangle(x - 13, 410, x + 13, 516, LACQUER_DEEP)
    for x in (250, 400, 550):
        c.arc(x, 512, 75, 88, 180, 360, LACQUER_DEEP, 18)
    c.arc(102, 512, 75, 88, 240, 360, LACQUER_DEEP, 18)
    c.arc(698, 512, 75, 88, 180, 300, LACQUER_DEEP, 18)
    waves(c, 516, (RIVER_LIGHT, RIVER, RIVER_DEEP))
    c.polygon([(250, 520), (300, 552), (500, 552), (550, 520), (504, 606), (296, 606)], LACQUER)
    c.line([(250, 520), (300, 552), (500, 552), (550, 520)], GOLD, 9)
    waves(c, 598, (RIVER, RIVER_DEEP))
    c.ring(400, 400, 340, GOLD, 8)
    return cut(c)


def go_say():
    """An egret among reeds."""
    c = Canvas(SIZE, SIZE, RIVER)
    roundel(c, RIVER, PAPER, SUN)
    c.circle(520, 270, 84, ORANGE)
    for x, top, bend in (
        (190, 240, -20),
        (236, 170, 14),
        (286, 220, 30),
        (560, 260, -20),
        (612, 200, 18),
        (650, 290, 20),
    ):
        c.line([(x, 610), (x + bend * 0.3, (610 + top) / 2), (x + bend, top)], RIVER_DEEP, 12)
        c.ellipse(x + bend, top, 15, 52, GOLD)
        c.polygon([(x, 500), (x + 70, 380), (x + 8, 540)], RIVER)
    waves(c, 566, (MIST, RIVER_LIGHT, RIVER))
    c.line([(398, 480), (392, 640)], ORANGE, 10)
    c.line([(432, 480), (440, 630)], ORANGE, 10)
    c.ellipse(420, 440, 118, 66, WHITE)
    c.polygon([(330, 420), (500, 390), (540, 520), (440, 500)], WHITE)
    c.polygon([(380, 430), (510, 420), (548, 530), (450, 492)], MIST)
    for step in range(41):
        t = step / 40
        c.circle(352 - 26 * t + 30 * math.sin(t * 5.6), 440 - 206 * t, 27 - 9 * t, WHITE)
    c.circle(318, 230, 32, WHITE)
    c.polygon([(300, 214), (204, 244), (304, 250)], ORANGE)
    c.circle(308, 224, 6, RIVER_DEEP)
    c.polygon([(336, 206), (404, 190), (350, 232)], WHITE)
    return cut(c)


MARKS = {"mark-ben-nga": ben_nga, "mark-go-say": go_say}
