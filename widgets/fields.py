"""Serializer fields and types of widgets for both APIs."""

from typing import Annotated, Literal

from pydantic import Field as PydanticField
from rest_framework.fields import Field
from typing_extensions import TypedDict

from headless.api.fields import PortalPage, describe_page

from .blocks import PortalLinkGroup


class PortalArea(TypedDict):
    """The description of a boundary on a map; `key` is the key of the GeoJSON feature."""

    key: str
    label: str
    colour: str
    text: str
    page: PortalPage | None


class PortalPlace(TypedDict):
    """A place on a map, in degrees (WGS 84)."""

    name: str
    kind: str
    address: str
    telephone: str
    hours: str
    latitude: float
    longitude: float


class PortalPolygon(TypedDict):
    """A polygon: rings of points, each a longitude and a latitude in degrees (WGS 84)."""

    type: Literal["Polygon"]
    coordinates: list[list[list[float]]]


class PortalMultiPolygon(TypedDict):
    """Several polygons that are one boundary."""

    type: Literal["MultiPolygon"]
    coordinates: list[list[list[list[float]]]]


class PortalBoundaryProperties(TypedDict):
    """Properties of a boundary: the key that areas refer to, and its name."""

    key: str
    name: str


class PortalBoundary(TypedDict):
    """A boundary as a GeoJSON feature."""

    type: Literal["Feature"]
    properties: PortalBoundaryProperties
    geometry: Annotated[PortalPolygon | PortalMultiPolygon, PydanticField(discriminator="type")]


class PortalGeoJSON(TypedDict):
    """A FeatureCollection (RFC 7946) of boundaries; `bbox` is west, south, east and north."""

    type: Literal["FeatureCollection"]
    bbox: list[float]
    features: list[PortalBoundary]


class PortalMapData(TypedDict):
    """The URL of a map's boundaries and places as one GeoJSON FeatureCollection."""

    geojson_url: str


class PortalLinksData(TypedDict):
    """The links of a directory, and how a sidebar shows them."""

    groups: list[PortalLinkGroup]
    display: Literal["list", "logos", "select"]


class PortalStatisticsData(TypedDict):
    """The URL of the current figures, as JSON."""

    figures_url: str


class BoundariesAPIField(Field):
    """Serialize the boundaries as GeoJSON."""

    def to_representation(self, value) -> PortalGeoJSON:
        return value


class AreasField(Field):
    """Serialize the areas of a map."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> list[PortalArea]:
        return [
            {
                "key": area.feature_key,
                "label": area.label,
                "colour": area.colour,
                "text": area.text,
                "page": describe_page(area.shown_page) if area.shown_page else None,
            }
            for area in value.described_areas()
        ]


class PlacesField(Field):
    """Serialize the places of a map."""

    def to_representation(self, value) -> list[PortalPlace]:
        return [
            {
                "name": place.name,
                "kind": place.kind,
                "address": place.address,
                "telephone": place.telephone,
                "hours": place.hours,
                "latitude": float(place.latitude),
                "longitude": float(place.longitude),
            }
            for place in value.all()
        ]


class LinkGroupsField(Field):
    """Serialize the groups of a directory with their visible links."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value) -> list[PortalLinkGroup]:
        return value.shown_groups()


class AddressField(Field):
    """Serialize an absolute URL."""

    def to_representation(self, value) -> str:
        return value
