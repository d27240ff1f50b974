"""
Read images of 16 bits a channel as images of 8 bits.

Willow 1.12 hands Pillow images of the modes `I` and `I;16` on to encoders that have no such mode:
a grey PNG of 16 bits cannot be saved as JPEG, and is white as WebP. There is no issue yet.
"""

from functools import wraps

from willow.plugins.pillow import PillowImage


def install() -> None:
    """Replace the method at fault; to be called once, from `AppConfig.ready`."""
    PillowImage.__init__ = _of_eight_bits(PillowImage.__init__)


def _of_eight_bits(stock):
    @wraps(stock)
    def __init__(self, image):
        if image.mode == "I" or image.mode.startswith("I;16"):
            exif = image.info.get("exif")
            image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
            if exif:
                image.info["exif"] = exif
        stock(self, image)

    return __init__
