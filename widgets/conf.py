"""Settings of the app `widgets`."""

from pydantic import NonNegativeInt

from headless.conf import Rate, Setting


class WidgetsSettings:
    """Settings read as `conf.NAME` and set as `CIVIC_PORTAL_<NAME>`."""

    VISITS_FLUSH_SECONDS = Setting(
        NonNegativeInt,
        5,
        "Seconds between writes of buffered page views; 0 writes each one immediately.",
    )
    VISITS_HONOUR_DO_NOT_TRACK = Setting(
        bool, True, "Whether page views with the header DNT or Sec-GPC are not counted."
    )
    VISITS_NETWORK_RATE = Setting(
        Rate, "300/m", "The rate limit of page views from one network; empty for no limit."
    )
    VISITS_VISITOR_RATE = Setting(
        Rate, "30/m", "The rate limit of page views of one visitor; empty for no limit."
    )
    MAP_TILE_URL = Setting(
        str, "", "URL template of map tiles with {z}, {x} and {y}; empty: no background."
    )
    MAP_TILE_ATTRIBUTION = Setting(str, "", "Attribution of the map tiles, as plain text.")


conf = WidgetsSettings()
