"""The list of pictures: each scene signs in under its name, with the size it is drawn at."""

from .canvas import Canvas

WIDE = (1600, 900)
TALL = (1600, 1200)

SCENES = {}


def picture(name, size=WIDE):
    """Sign in a scene: a function that paints on a canvas of this size."""

    def sign_in(paint):
        SCENES[name] = (paint, size)
        return paint

    return sign_in


def render(name):
    paint, size = SCENES[name]
    canvas = Canvas(*size)
    paint(canvas)
    return canvas.finished()
