"""Make the geometry of a boundary a valid Polygon or MultiPolygon in degrees."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.geometry import shape

# Six decimals of a degree are a precision of eleven centimetres.
DECIMALS = 6
# No longitude is as large; what is, is a projected coordinate in metres.
METRES = 1000


def as_polygons(geometry: object) -> object:
    """Return a geometry with closed rings, a collection of polygons as one MultiPolygon."""
    kind, parts = _parts(geometry)
    if kind is None:
        return geometry
    closed = [_closed(part) for part in parts]
    return {"type": kind, "coordinates": closed[0] if kind == "Polygon" else closed}


def has_open_ring(geometry: object) -> bool:
    """Return whether `as_polygons` closes a ring of this geometry."""
    return any(
        _is_open(ring) for part in _parts(geometry)[1] if isinstance(part, list) for ring in part
    )


def _parts(geometry: object) -> tuple[str | None, list]:
    """
    Return the type of a geometry of polygons and the coordinates of each; None for any other.

    Converters from KML write several polygons as a GeometryCollection.
    """
    if not isinstance(geometry, dict):
        return None, []
    if geometry.get("type") == "GeometryCollection":
        parts = geometry.get("geometries")
        found = [
            (each.get("type"), each.get("coordinates"))
            for each in (parts if isinstance(parts, list) else ())
            if isinstance(each, dict)
        ]
        if not found or any(kind != "Polygon" for kind, coordinates in found):
            return None, []
        return "MultiPolygon", [coordinates for kind, coordinates in found]
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        return "Polygon", [coordinates]
    if geometry.get("type") == "MultiPolygon" and isinstance(coordinates, list):
        return "MultiPolygon", coordinates
    return None, []


def _is_open(ring: object) -> bool:
    return (
        isinstance(ring, list)
        and len(ring) >= 3
        and all(isinstance(point, list) for point in ring)
        and ring[0] != ring[-1]
    )


def _closed(part: object) -> object:
    if not isinstance(part, list):
        return part
    return [[*ring, ring[0]] if _is_open(ring) else ring for ring in part]


def check_polygons(geometry: dict, place: dict) -> dict:
    """
    Return a Polygon or MultiPolygon with rounded coordinates.

    `place` has the `number` and `name` of the boundary, for messages. Raises `ValidationError` for
    coordinates outside of WGS 84 and for a line that crosses itself.
    """
    geometry = geometry | {"coordinates": _round_coordinates(geometry["coordinates"], place)}
    if not shape(geometry).is_valid:
        raise ValidationError(
            _("The line of boundary %(number)d (%(name)s) crosses itself.") % place
        )
    return geometry


def _round_coordinates(coordinates, place):
    if not coordinates:
        raise ValidationError(_("Boundary %(number)d (%(name)s) has no coordinates.") % place)
    if isinstance(coordinates[0], list | tuple):
        return [_round_coordinates(part, place) for part in coordinates]
    longitude, latitude = coordinates[:2]
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        facts = place | {"longitude": f"{longitude:.10g}", "latitude": f"{latitude:.10g}"}
        raise ValidationError(_why_off_the_globe(longitude, latitude) % facts)
    return [round(longitude, DECIMALS), round(latitude, DECIMALS)]


def _why_off_the_globe(longitude: float, latitude: float) -> str:
    if METRES < max(abs(longitude), abs(latitude)) < float("inf"):
        return _(
            "Boundary %(number)d (%(name)s) has the point %(longitude)s, %(latitude)s: these are "
            "metres of a projection such as VN-2000 or UTM. Export the file again with the "
            "coordinate system WGS 84 (EPSG:4326), in degrees."
        )
    if -90 <= longitude <= 90 and -180 <= latitude <= 180:
        return _(
            "Boundary %(number)d (%(name)s) has the point %(longitude)s, %(latitude)s, in which "
            "longitude and latitude are exchanged. GeoJSON has the longitude first, for example "
            "105.9, 18.3."
        )
    return _(
        "Boundary %(number)d (%(name)s) has the point %(longitude)s, %(latitude)s, which is "
        "not on the globe. Coordinates are longitude and latitude in degrees (WGS 84)."
    )
