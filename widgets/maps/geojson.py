"""Validate and normalise the boundaries of a map (GeoJSON, RFC 7946)."""

import json
import re
from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from geojson_pydantic import FeatureCollection, MultiPolygon, Polygon
from pydantic import ValidationError as InvalidGeoJSON
from shapely.geometry import shape

from .geometry import as_polygons, check_polygons, has_open_ring
from .properties import name_and_key

MAX_BYTES = 512 * 1024
MAX_FEATURES = 500
GEOMETRIES = {
    *("Point", "MultiPoint", "LineString", "MultiLineString"),
    *("Polygon", "MultiPolygon", "GeometryCollection"),
}
# The names of WGS 84 in the member “crs” of GeoJSON before RFC 7946.
WGS_84 = re.compile(r"(?:.*\b(?:CRS:?84|EPSG:{1,2}(?:[\d.]*:)?4326|WGS ?84)|4326)", re.IGNORECASE)


def normalise_boundaries(data: object) -> dict:
    """
    Return a parsed GeoJSON in the form that maps store.

    `data` is a Feature or a FeatureCollection of Polygons and MultiPolygons in degrees (longitude,
    latitude), each feature with a unique name or `key`. The result has only `name` and `key`,
    closed rings with coordinates of six decimals, and a `bbox` (west, south, east, north).
    Raises `ValidationError` that names the feature and the remedy.
    """
    if _size(data) > MAX_BYTES:
        raise ValidationError(
            _("The boundaries are larger than %(limit)d kB. Simplify them, then try again.")
            % {"limit": MAX_BYTES // 1024}
        )
    features = _features(data)
    if not 0 < len(features) <= MAX_FEATURES:
        raise ValidationError(
            _("The map needs from 1 to %(limit)d boundaries; this file has %(count)d.")
            % {"limit": MAX_FEATURES, "count": len(features)}
        )
    for feature in features:
        feature["geometry"] = as_polygons(feature["geometry"])
    try:
        collection = FeatureCollection.model_validate(
            {"type": "FeatureCollection", "features": features}
        )
    except InvalidGeoJSON as error:
        raise ValidationError(_explain(error.errors()[0]["loc"])) from error
    features = _keyed([_feature(each, n) for n, each in enumerate(collection.features, start=1)])
    bounds = [shape(feature["geometry"]).bounds for feature in features]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    return {
        "type": "FeatureCollection",
        "bbox": [west, south, east, north],
        "features": features,
    }


def parse_boundaries(text: str) -> object:
    """Return the JSON of pasted or loaded text; raise `ValidationError` for any other text."""
    text = text.lstrip("\ufeff").strip()
    if text.startswith("<"):
        raise ValidationError(
            _("This is KML or another XML. Export it as GeoJSON, for example with QGIS.")
        )
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValidationError(
            _("This is not JSON: line %(line)d is wrong at character %(column)d.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("This is not JSON that can be read.")) from error


def names_with_open_ring(data: object) -> list[str]:
    """Return the names of the boundaries whose rings `normalise_boundaries` closes."""
    return [
        name_and_key(feature["properties"], number)[0]
        for number, feature in enumerate(_features(data), start=1)
        if has_open_ring(feature["geometry"])
    ]


def _explain(location: tuple) -> str:
    """Return what is wrong with data that is no GeoJSON, by where pydantic found it."""
    numbers = [part for part in location if isinstance(part, int)]
    where = ".".join(str(part) for part in location if not isinstance(part, type))[:120]
    return _(
        "Boundary %(number)d is not as GeoJSON demands (RFC 7946), at “%(where)s”: a polygon has "
        "rings of at least three points, each with a longitude and a latitude."
    ) % {"number": numbers[0] + 1 if numbers else 1, "where": where}


def _size(data) -> int:
    """Return the size of the data in bytes as compact JSON."""
    try:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    except RecursionError as error:
        raise ValidationError(_("The data is nested too deeply.")) from error
    # Count lone surrogates instead of failing; names with them are refused later.
    return len(text.encode(errors="surrogatepass"))


def _features(data: object) -> list[dict]:
    """
    Return the features of a GeoJSON, reduced to properties and geometry.

    A Feature alone is one of one. Raises `ValidationError` for what is no GeoJSON of boundaries, and
    for a coordinate system other than WGS 84.
    """
    kind = data.get("type") if isinstance(data, dict) else None
    kind = kind if isinstance(kind, str) else None
    if kind == "Topology":
        raise ValidationError(
            _("This is TopoJSON. Export the file again as GeoJSON, for example with QGIS.")
        )
    if kind in GEOMETRIES:
        raise ValidationError(
            _(
                "This is a geometry without a name. Put it into a Feature with a property “name”, "
                "or export the file again with its attributes."
            )
        )
    features = data.get("features") if kind == "FeatureCollection" else None
    if kind == "Feature":
        features = [data]
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise ValidationError(
            _("This is not GeoJSON: it needs a FeatureCollection with a list of features.")
        )
    _check_system(data.get("crs"))
    return [
        {
            "type": "Feature",
            "properties": each.get("properties") or {},
            "geometry": each.get("geometry"),
        }
        for each in features
    ]


def _check_system(system: object) -> None:
    """Raise `ValidationError` for the member “crs” of older GeoJSON unless it is WGS 84."""
    if not system:
        return
    properties = system.get("properties") if isinstance(system, dict) else None
    properties = properties if isinstance(properties, dict) else {}
    name = str(properties.get("name") or properties.get("code") or "?")
    if not WGS_84.fullmatch(name):
        raise ValidationError(
            _(
                "The coordinates of this file are in the system %(system)s. Export it again with the "
                "coordinate system WGS 84 (EPSG:4326), in degrees."
            )
            % {"system": name[:60]}
        )


def _feature(feature, number: int) -> tuple[dict, str]:
    """Return a validated feature in the form that is stored, and its second key."""
    name, key, other = name_and_key(feature.properties or {}, number)
    place = {"number": number, "name": name}
    shaped = isinstance(feature.geometry, Polygon | MultiPolygon)
    parts = feature.geometry.coordinates if shaped else []
    if not parts or not all(parts):
        raise ValidationError(
            _("Boundary %(number)d (%(name)s) is not a polygon. Use Polygon or MultiPolygon.")
            % place
        )
    geometry = feature.geometry.model_dump(exclude_none=True, exclude={"bbox"})
    geometry = check_polygons(geometry, place)
    return {
        "type": "Feature",
        "properties": {"key": key, "name": name},
        "geometry": geometry,
    }, other


def _keyed(features: list[tuple[dict, str]]) -> list[dict]:
    """Return the features, those of the same key with their second one; raise if there is none."""
    counts = Counter(feature["properties"]["key"] for feature, other in features)
    for feature, other in features:
        if counts[feature["properties"]["key"]] > 1 and other:
            feature["properties"]["key"] = other
    keys = Counter(feature["properties"]["key"] for feature, other in features)
    for key, count in keys.items():
        if count > 1:
            raise ValidationError(
                _("Two boundaries have the same name or key: “%(key)s”.") % {"key": key}
            )
    return [feature for feature, other in features]


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
