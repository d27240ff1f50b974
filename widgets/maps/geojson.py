"""Validate and normalise the boundaries of a map (GeoJSON, RFC 7946)."""

import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from geojson_pydantic import FeatureCollection, MultiPolygon, Polygon
from pydantic import ValidationError as InvalidGeoJSON
from shapely.geometry import shape

from headless.content.text_normalisation import normalise_text

MAX_BYTES = 512 * 1024
MAX_FEATURES = 500
# Six decimals of a degree are a precision of eleven centimetres.
DECIMALS = 6


def normalise_boundaries(data: object) -> dict:
    """
    Return a parsed GeoJSON in the form that maps store.

    `data` is a FeatureCollection of Polygons and MultiPolygons in degrees (longitude, latitude),
    each feature with a unique `key` or `name`. The result has only these two properties,
    coordinates of `DECIMALS` digits and a `bbox` (west, south, east, north). Raises
    `ValidationError` that names the feature and the remedy.
    """
    if _size(data) > MAX_BYTES:
        raise ValidationError(
            _("The boundaries are larger than %(limit)d kB. Simplify them, then try again.")
            % {"limit": MAX_BYTES // 1024}
        )
    try:
        collection = FeatureCollection.model_validate(data)
    except InvalidGeoJSON as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if not isinstance(part, type))
        raise ValidationError(
            _("This is not a valid GeoJSON FeatureCollection: %(problem)s (at %(where)s).")
            % {"problem": first["msg"], "where": where[:120] or "top"}
        ) from error
    if not 0 < len(collection.features) <= MAX_FEATURES:
        raise ValidationError(
            _("The map needs from 1 to %(limit)d boundaries; this file has %(count)d.")
            % {"limit": MAX_FEATURES, "count": len(collection.features)}
        )
    features = [_feature(feature, n) for n, feature in enumerate(collection.features, start=1)]
    keys = [feature["properties"]["key"] for feature in features]
    for key in keys:
        if keys.count(key) > 1:
            raise ValidationError(
                _("Two boundaries have the same name or key: “%(key)s”.") % {"key": key}
            )
    bounds = [shape(feature["geometry"]).bounds for feature in features]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    return {
        "type": "FeatureCollection",
        "bbox": [west, south, east, north],
        "features": features,
    }


def _size(data) -> int:
    """Return the size of the data in bytes as compact JSON."""
    try:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    except RecursionError as error:
        raise ValidationError(_("The data is nested too deeply.")) from error
    # Count lone surrogates instead of failing; names with them are refused later.
    return len(text.encode(errors="surrogatepass"))


def _one_line(value: object, number: int) -> str:
    """
    Return a name or key with whitespace collapsed; "" for values other than strings and numbers.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = " ".join(str(value).split())
    if not text.isprintable():
        raise ValidationError(
            _("The name or key of boundary %(number)d has characters that cannot be shown.")
            % {"number": number}
        )
    return normalise_text(text)


def _feature(feature, number: int) -> dict:
    properties = feature.properties or {}
    name, key = (_one_line(properties.get(each), number) for each in ("name", "key"))
    name = (name or key)[:100].strip()
    key = (key or name)[:60].strip()
    place = {"number": number, "name": name or "?"}
    if not key:
        raise ValidationError(_("Boundary %(number)d has no name.") % place)
    shaped = isinstance(feature.geometry, Polygon | MultiPolygon)
    parts = feature.geometry.coordinates if shaped else []
    if not parts or not all(parts):
        raise ValidationError(
            _("Boundary %(number)d (%(name)s) is not a polygon. Use Polygon or MultiPolygon.")
            % place
        )
    geometry = feature.geometry.model_dump(exclude_none=True, exclude={"bbox"})
    geometry["coordinates"] = _round_coordinates(geometry["coordinates"], place)
    if not shape(geometry).is_valid:
        raise ValidationError(
            _("The line of boundary %(number)d (%(name)s) crosses itself.") % place
        )
    return {"type": "Feature", "properties": {"key": key, "name": name}, "geometry": geometry}


def _round_coordinates(coordinates, place):
    """
    Return nested coordinates rounded to `DECIMALS`; raise `ValidationError` outside of WGS 84.
    """
    if not coordinates:
        raise ValidationError(_("Boundary %(number)d (%(name)s) has no coordinates.") % place)
    if isinstance(coordinates[0], list | tuple):
        return [_round_coordinates(part, place) for part in coordinates]
    longitude, latitude = coordinates[:2]
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        facts = place | {"longitude": longitude, "latitude": latitude}
        raise ValidationError(
            _(
                "Boundary %(number)d (%(name)s) has the point %(longitude)s, %(latitude)s, which is "
                "not on the globe. Coordinates are longitude and latitude in degrees (WGS 84)."
            )
            % facts
        )
    return [round(longitude, DECIMALS), round(latitude, DECIMALS)]


def describe_map(boundaries: dict | None, areas, places) -> dict:
    """
    Return a map as one GeoJSON FeatureCollection: boundaries with their areas, then places.

    Takes `MapArea` rows with `shown_page`, one for each boundary, and `MapPlace` rows. `type` in a
    feature's `properties` is "area" or "place". `bbox` encloses all features, None without any.
    """
    known = {area.feature_key: area for area in areas}
    features = [
        feature | {"properties": _area_properties(feature, known)}
        for feature in (boundaries or {}).get("features", [])
    ]
    features += [
        {
            "type": "Feature",
            "properties": {
                "type": "place",
                "number": number,
                "name": place.name,
                "kind": place.kind,
                "kind_name": place.get_kind_display(),
                "address": place.address,
                "telephone": place.telephone,
                "hours": place.hours,
            },
            "geometry": {
                "type": "Point",
                "coordinates": [float(place.longitude), float(place.latitude)],
            },
        }
        for number, place in enumerate(places, start=1)
    ]
    bounds = [shape(feature["geometry"]).bounds for feature in features]
    west_south = [min(b[n] for b in bounds) for n in (0, 1)] if bounds else []
    east_north = [max(b[n] for b in bounds) for n in (2, 3)] if bounds else []
    return {
        "type": "FeatureCollection",
        "bbox": [*west_south, *east_north] or None,
        "features": features,
    }


def _area_properties(feature, known):
    area = known[feature["properties"]["key"]]
    return {
        "type": "area",
        "key": area.feature_key,
        "name": area.label,
        "colour": area.colour,
        "text": area.text,
        "url": area.shown_page.full_url if area.shown_page else None,
    }
