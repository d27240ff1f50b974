from pydantic import NonNegativeInt

from headless.conf import Rate, Setting


class WidgetsSettings:
    """What a project decides about counting and maps."""

    VISITS_FLUSH_SECONDS = Setting(
        NonNegativeInt,
        5,
        "How many seconds a page view waits in memory at most; 0 writes each at once.",
    )
    VISITS_HONOUR_DO_NOT_TRACK = Setting(
        bool, True, "Whether readers whose browser sends DNT or Sec-GPC are left out of the count."
    )
    VISITS_NETWORK_RATE = Setting(
        Rate, "300/m", "How many page views one network may report; empty: as many as it likes."
    )
    VISITS_VISITOR_RATE = Setting(
        Rate, "30/m", "How many page views of one reader are counted; empty: all."
    )
    MAP_TILE_URL = Setting(
        str, "", "Where maps get background tiles from, with {z}, {x}, {y}; none without it."
    )
    MAP_TILE_ATTRIBUTION = Setting(str, "", "Whom maps name for their tiles, as plain text.")


conf = WidgetsSettings()
