import re

from tests.factories import boundaries, square
from widgets.maps.map_svg import WIDTH, draw_map
from widgets.models import MapArea, MapPlace


def place(latitude=18.305, longitude=105.905):
    return MapPlace(name="Chợ", latitude=latitude, longitude=longitude)


def points_of(path):
    return [tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", path)]


def test_nothing_is_drawn_of_nothing():
    assert draw_map(None, [], []) is None
    assert draw_map({"features": []}, [], []) is None


def test_every_point_is_inside_the_picture():
    features = [square("a"), square("b", west=105.95, south=18.35, size=0.02)]

    drawn = draw_map(boundaries(*features), [], [place(), place(18.39, 105.99)])

    xs = [x for area in drawn["areas"] for x, y in points_of(area["d"])]
    ys = [y for area in drawn["areas"] for x, y in points_of(area["d"])]
    xs += [mark["x"] for mark in drawn["places"]]
    ys += [mark["y"] for mark in drawn["places"]]
    assert min(xs) >= 0
    assert max(xs) <= drawn["width"] <= WIDTH
    assert min(ys) >= 0
    assert max(ys) <= drawn["height"]


def test_north_is_above_and_east_is_right():
    drawn = draw_map(None, [], [place(18.4, 105.9), place(18.3, 106.0)])

    north, south = drawn["places"]
    assert north["y"] < south["y"]
    assert north["x"] < south["x"]


def test_one_place_alone_can_be_drawn():
    drawn = draw_map(None, [], [place()])

    assert len(drawn["places"]) == 1
    assert drawn["width"] > 0
    assert drawn["height"] > 0


def test_a_boundary_has_the_label_and_colour_of_its_area_or_its_own_name():
    area = MapArea(feature_key="a", label="Khu phố Một", colour="#8c1c13")

    first, second = draw_map(boundaries(square("a"), square("khu-b")), [area], [])["areas"]

    assert (first["label"], first["colour"]) == ("Khu phố Một", "#8c1c13")
    assert (second["label"], second["colour"]) == ("Khu B", "")


def test_a_label_stands_inside_its_boundary():
    [area] = draw_map(boundaries(square()), [], [])["areas"]

    xs = [x for x, y in points_of(area["d"])]
    ys = [y for x, y in points_of(area["d"])]
    assert min(xs) < area["x"] < max(xs)
    assert min(ys) < area["y"] < max(ys)


def test_holes_and_islands_are_rings_of_the_same_path():
    outer = square(size=0.1)["geometry"]["coordinates"][0]
    hole = square(west=105.92, south=18.32)["geometry"]["coordinates"][0]
    island = square(west=106.1)["geometry"]["coordinates"][0]
    feature = square()
    feature["geometry"] = {"type": "MultiPolygon", "coordinates": [[outer, hole], [island]]}

    [area] = draw_map(boundaries(feature), [], [])["areas"]

    assert area["d"].count("M") == area["d"].count("Z") == 3


def test_a_line_of_a_thousand_points_is_simplified_to_what_can_be_seen():
    steps = [n / 10_000 for n in range(1000)]
    ring = [[105 + x, 18] for x in steps] + [[105.1, 18.1], [105, 18.1], [105, 18]]
    feature = square()
    feature["geometry"]["coordinates"] = [ring]

    [area] = draw_map(boundaries(feature), [], [])["areas"]

    assert len(points_of(area["d"])) < 10


def test_places_are_numbered_in_their_order():
    drawn = draw_map(None, [], [place(), place(18.4), place(18.5)])

    assert [mark["number"] for mark in drawn["places"]] == [1, 2, 3]
