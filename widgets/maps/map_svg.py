"""Draw a map as SVG on the server, so that it works without scripts and in print."""

import math

from shapely.geometry import shape

# In units of the SVG's view box; the template scales it.
WIDTH = 640


def draw_map(boundaries: dict | None, areas, places, *, tolerance: float = 0.5) -> dict | None:
    """
    Return the data a template needs to print a map, or None if there is nothing to draw.

    `areas` and `places` are `MapArea` and `MapPlace` rows; `tolerance` is the simplification of
    boundaries in units of the drawing, which is `WIDTH` wide. The result has `width`, `height`,
    `areas` (key, label, colour, `d` of an SVG path, x and y of the label) and `places` (number,
    place, x, y) in the order of the rows, numbered from 1 as in the list below the map.
    """
    features = (boundaries or {}).get("features", [])
    places = list(places)
    points = [(float(place.longitude), float(place.latitude)) for place in places]
    bounds = [shape(feature["geometry"]).bounds for feature in features]
    bounds += [(x, y, x, y) for x, y in points]
    if not bounds:
        return None
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    # Equirectangular projection at the mean latitude: accurate enough for a province.
    shrink = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 40) / max((east - west) * shrink, (north - south) * 0.6, 1e-4)

    def project(longitude, latitude):
        return 20 + (longitude - west) * shrink * scale, 20 + (north - latitude) * scale

    known = {area.feature_key: area for area in areas}
    drawn = []
    for feature in features:
        geometry = shape(feature["geometry"])
        area = known.get(feature["properties"]["key"])
        x, y = project(*geometry.representative_point().coords[0])
        drawn.append(
            {
                "key": feature["properties"]["key"],
                "label": area.label if area else feature["properties"]["name"],
                "colour": area.colour if area else "",
                "d": _path(geometry.simplify(tolerance / scale), project),
                "x": round(x, 1),
                "y": round(y, 1),
            }
        )
    marks = []
    for number, (place, point) in enumerate(zip(places, points, strict=True), start=1):
        x, y = project(*point)
        marks.append({"number": number, "place": place, "x": round(x, 1), "y": round(y, 1)})
    return {
        "width": round(40 + (east - west) * shrink * scale),
        "height": round(40 + (north - south) * scale),
        "areas": drawn,
        "places": marks,
    }


def _path(geometry, project) -> str:
    """Return the `d` of an SVG path through every ring of a polygon or multipolygon."""
    polygons = getattr(geometry, "geoms", [geometry])
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    parts = []
    for ring in rings:
        points = [project(x, y) for x, y in ring.coords[:-1]]
        parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return "".join(parts)
