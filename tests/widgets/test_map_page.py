import json
import unicodedata

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.factories import (
    add_card,
    boundaries,
    language,
    log_in,
    make_area,
    make_article,
    make_english,
    make_map,
    make_place,
    make_portal,
    restrict,
    square,
    translate,
)
from tests.forms import map_form, preview_new
from tests.queries import queries_of
from widgets.maps.geojson import normalise_boundaries
from widgets.models import AdministrativeMapPage, MapArea, WidgetIndexPage


class MapPageTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def test_lives_only_on_the_shelf_of_widgets(self):
        self.assertAllowedParentPageTypes(AdministrativeMapPage, {WidgetIndexPage})
        self.assertAllowedSubpageTypes(AdministrativeMapPage, {})

    def test_an_editor_can_create_it(self):
        log_in(self.client)
        data = map_form(
            boundaries=json.dumps(boundaries(square("khu-pho-1"))),
            areas=inline_formset(
                [{"feature_key": "khu-pho-1", "label": "Khu phố 1", "colour": "#8c1c13"}]
            ),
            places=inline_formset(
                [{"name": "Chợ", "kind": "market", "latitude": "18.305", "longitude": "105.905"}]
            ),
        )

        self.assertCanCreate(self.portal.shelf, AdministrativeMapPage, nested_form_data(data))

        page = AdministrativeMapPage.objects.get()
        assert page.areas.get().label == "Khu phố 1"
        assert page.boundaries["bbox"] == [105.9, 18.3, 105.91, 18.31]

    def test_can_be_previewed_before_its_first_save(self):
        unsaved = AdministrativeMapPage(
            title="Bản đồ", boundaries=boundaries(), locale=language("vi")
        )

        response = unsaved.make_preview_request()

        self.assertContains(response, "<svg")

    def test_the_editor_previews_areas_and_places_of_a_page_that_has_no_id(self):
        log_in(self.client)
        data = map_form(
            boundaries=json.dumps(boundaries(square("khu-pho-1"))),
            areas=inline_formset([{"feature_key": "khu-pho-1", "label": "Xóm Bến"}]),
            places=inline_formset(
                [{"name": "Chợ Ngà", "kind": "market", "latitude": "18.3", "longitude": "105.9"}]
            ),
        )

        response = preview_new(self.client, self.portal.shelf, AdministrativeMapPage, data)
        self.assertContains(response, "Xóm Bến")
        self.assertContains(response, "Chợ Ngà")

    def test_more_areas_and_places_cost_no_more_queries(self):
        page = make_map(self.portal.shelf)
        counts = []
        for size in (10, 20):
            keys = [f"khu-{number}" for number in range(size)]
            page.boundaries = boundaries(
                *(square(key, west=105 + number / 50) for number, key in enumerate(keys))
            )
            page.areas = [
                MapArea(
                    feature_key=key,
                    label=key,
                    link_page=make_article(self.portal.news),
                    locale=page.locale,
                )
                for key in keys
            ]
            page.save()
            for _ in range(10):
                make_place(page)
            counts.append(queries_of(self.client, page.url))

        assert counts[0] == counts[1]

    def test_draws_boundaries_and_places_without_a_script(self):
        page = make_map(self.portal.shelf, boundaries=boundaries(square("a"), square("b", 106)))
        make_place(page, name="Trạm y tế", address="12 đường Sông", telephone="0239 555 0101")

        soup = self.get_soup(self.client.get(page.url).content)

        assert len(soup.select("main svg path[d^=M]")) >= 2
        for text in ("Trạm y tế", "12 đường Sông", "0239 555 0101"):
            assert text in soup.main.get_text()

    def test_a_boundary_of_which_nothing_is_said_is_listed_by_its_name(self):
        page = make_map(self.portal.shelf, boundaries=boundaries(square("a"), square("b", 106)))
        make_area(page, "b", label="Khu phố Bờ Sông")

        soup = self.get_soup(self.client.get(page.url).content)

        assert [each.get_text(strip=True) for each in soup.select(".areas h3")] == [
            "Khu phố Bờ Sông",
            "A",
        ]
        areas = self.client.get(f"/api/v3/pages/{page.pk}/").json()["areas"]
        assert [(area["key"], area["label"]) for area in areas] == [
            ("b", "Khu phố Bờ Sông"),
            ("a", "A"),
        ]

    def test_a_map_of_nothing_is_still_a_page(self):
        page = make_map(self.portal.shelf, boundaries=None)

        assert self.client.get(page.url).status_code == 200

    def test_an_area_leads_to_a_page_only_if_readers_may_see_it(self):
        public, private = make_article(self.portal.news), make_article(self.portal.news)
        restrict(private)
        draft = make_article(self.portal.news, live=False)
        page = make_map(self.portal.shelf, boundaries=boundaries(*(square(key) for key in "abc")))
        for key, target in zip("abc", (public, private, draft), strict=True):
            make_area(page, key, link_page=target)

        response = self.client.get(page.url)

        self.assertContains(response, public.url)
        self.assertNotContains(response, private.url)
        self.assertNotContains(response, draft.url)

    def test_names_with_markup_are_printed_as_text(self):
        evil = '"><script>alert(1)</script>'
        feature = square("a")
        feature["properties"]["name"] = evil
        page = make_map(self.portal.shelf, boundaries=boundaries(feature, square("b")))
        make_area(page, "b", label=evil, text=evil)
        make_place(page, name=evil, address=evil, hours=evil)
        add_card(self.portal.home, page, title=evil)

        for address in (page.url, self.portal.home.url):
            html = self.client.get(address).content.decode()
            assert "alert(1)" in html
            assert "<script>alert(1)" not in html

    def test_a_translation_keeps_the_drawing(self):
        make_english(self.portal)
        page = make_map(self.portal.shelf)
        make_place(page, name="Chợ")

        translated = translate(page, title="Map of the ward")

        response = self.client.get(translated.url)
        self.assertContains(response, "<path")
        self.assertContains(response, "Map of the ward")


# One boundary as text, for what no Python value is.
NAMED = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":%s},'
    '"geometry":{"type":"Polygon","coordinates":[[[105,18],[106,18],[106,19],[105,18]]]}}]}'
)


@pytest.mark.slow
class BoundariesInTheFormTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()

    def setUp(self):
        super().setUp()
        log_in(self.client)

    def post(self, value, **changes):
        text = value if isinstance(value, str) else json.dumps(value)
        data = nested_form_data(map_form(boundaries=text, **changes))
        address = reverse(
            "wagtailadmin_pages:add",
            args=["civic_widgets", "administrativemappage", self.portal.shelf.pk],
        )
        return self.client.post(address, data | {"action-publish": "yes"})

    def errors(self, value, **changes):
        response = self.post(value, **changes)
        assert response.status_code == 200
        return response.context["form"].errors.get("boundaries")

    def with_ring(self, *points):
        feature = square("khu-pho-1")
        feature["geometry"]["coordinates"] = [[list(point) for point in points]]
        return boundaries(feature)

    def test_what_is_no_map_is_refused_with_a_message_at_the_field(self):
        point = square()
        point["geometry"] = {"type": "Point", "coordinates": [105.9, 18.3]}
        nameless = square()
        nameless["properties"] = {}
        empty = square()
        empty["geometry"]["coordinates"] = []
        nowhere = square()
        nowhere["geometry"] = None
        refused = {
            "broken JSON": '{"type": "FeatureCollection", ',
            "no JSON at all": "bản đồ",
            "a number": "42",
            "a list": "[]",
            "nothing but null": "null",
            "NaN": '{"type": "FeatureCollection", "features": NaN}',
            "deeply nested": "[" * 100_000,
            **{f"nested {n} times": NAMED % ("[" * n + "]" * n) for n in range(850, 1000, 5)},
            "half a character": NAMED % '"a\\ud800"',
            "a NUL": NAMED % '"a\\u0000b"',
            "a bell": NAMED % '"a\\u0007"',
            "a list for a name": NAMED % '["a"]',
            "true for a name": NAMED % "true",
            "a huge number": (NAMED % '"a"').replace("105", "9" * 400),
            "a huger number": (NAMED % '"a"').replace("105", "9" * 5000),
            "no features": boundaries() | {"features": []},
            "a geometry alone": square()["geometry"],
            "a list for a type": {"type": []},
            "an object for a geometry's type": boundaries(square() | {"geometry": {"type": {}}}),
            "a number of geometries": boundaries(
                square() | {"geometry": {"type": "GeometryCollection", "geometries": 5}}
            ),
            "a list for the type of a part": boundaries(
                square()
                | {"geometry": {"type": "GeometryCollection", "geometries": [{"type": []}]}}
            ),
            "two points, not closed": self.with_ring((105, 18), (106, 18)),
            "nested collections": NAMED.replace(
                '"Polygon","coordinates":[[[105,18],[106,18],[106,19],[105,18]]]',
                '"GeometryCollection","geometries":'
                + '[{"type":"GeometryCollection","geometries":' * 200
                + "[]"
                + "}]" * 200,
            )
            % '"a"',
            "properties in a list": NAMED.replace('{"name":%s}', '["a"]'),
            "a feature that is a number": '{"type":"FeatureCollection","features":[1]}',
            "two points": self.with_ring((105, 18), (106, 18), (105, 18)),
            "off the globe": self.with_ring((105, 18), (190, 18), (106, 19), (105, 18)),
            "metres": self.with_ring(
                (580000, 2030000), (580100, 2030000), (580100, 2030100), (580000, 2030000)
            ),
            "infinite": '{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
            '{"name":"a"},"geometry":{"type":"Polygon","coordinates":'
            "[[[1e999,1],[2,1],[2,2],[1e999,1]]]}}]}",
            "crossing itself": self.with_ring(
                (105, 18), (106, 19), (106, 18), (105, 19), (105, 18)
            ),
            "a key twice": boundaries(square("a"), square("a")),
            "a point": boundaries(point),
            "no name": boundaries(nameless),
            "no coordinates": boundaries(empty),
            "no geometry": boundaries(nowhere),
            "too many": boundaries(*(square(f"khu-{n}") for n in range(501))),
            "too large": "{" + " " * 2_200_000 + "}",
            "too much": boundaries(*(square("x" * 60 + str(n)) for n in range(3000))),
        }
        for name, value in refused.items():
            with self.subTest(name):
                assert self.errors(value), name
        assert not AdministrativeMapPage.objects.exists()

    def told(self, value):
        """The one error about the boundaries."""
        [message] = self.errors(value)
        return message

    def named(self, **properties):
        return boundaries(square() | {"properties": properties})

    def test_names_are_found_however_a_program_writes_them(self):
        for properties in (
            {"NAME": "Phúc Xá"},
            {"Name": "Phúc Xá", "description": "<b>x</b>", "tessellate": -1},
            {"Name": "", "name": " Phúc  Xá ", "styleUrl": "#a"},
            {"Name": unicodedata.normalize("NFD", "Phúc Xá")},
            {"Tên xã": "Phúc Xá", "Dân số": 12000},
            {"TEN_XA": "Phúc Xá"},
            {
                "GID_3": "VNM.27.1_1",
                "NAME_1": "Hà Nội",
                "NAME_2": "Ba Đình",
                "NAME_3": "Phúc Xá",
                "VARNAME_3": "Phuc Xa",
                "TYPE_3": "Phường",
            },
            {"GID_2": "VNM.27_1", "NAME_1": "Hà Nội", "NAME_2": "Phúc Xá", "NAME_3": "NA"},
            {"VARNAME_3": "Phúc Xá", "NAME_3": None},
            {"shapeName": "Phúc Xá", "shapeISO": ""},
            {"ADM3_EN": "Phuc Xa", "ADM3_VI": "Phúc Xá"},
        ):
            stored = normalise_boundaries(self.named(**properties))["features"][0]["properties"]
            assert stored == {"key": "Phúc Xá", "name": "Phúc Xá"}, properties

    def test_wards_of_one_name_are_told_apart_by_the_key_of_gadm(self):
        features = [square() | {"properties": {"NAME_3": "Phường 1", "GID_3": key}} for key in "ab"]

        stored = normalise_boundaries(boundaries(*features))["features"]

        assert [each["properties"] for each in stored] == [
            {"key": "a", "name": "Phường 1"},
            {"key": "b", "name": "Phường 1"},
        ]

    def test_a_feature_alone_and_a_byte_order_mark_are_taken(self):
        text = "\ufeff\r\n" + json.dumps(square("khu-pho-1"))

        assert self.post(text).status_code == 302

        [stored] = AdministrativeMapPage.objects.get().boundaries["features"]
        assert stored["properties"]["key"] == "khu-pho-1"

    def test_an_open_line_is_closed_and_the_editor_told(self):
        data = self.with_ring((105, 18), (106, 18), (106, 19), (105, 19))

        response = self.post(data)

        [stored] = AdministrativeMapPage.objects.get().boundaries["features"]
        [ring] = stored["geometry"]["coordinates"]
        assert ring == [[105, 18], [106, 18], [106, 19], [105, 19], [105, 18]]
        told = [str(each) for each in get_messages(response.wsgi_request)]
        assert any("Khu Pho 1" in each and "khép lại" in each for each in told), told

    def test_polygons_in_a_collection_are_one_boundary(self):
        feature = square("a")
        feature["geometry"] = {
            "type": "GeometryCollection",
            "geometries": [square(west=west)["geometry"] for west in (105, 106)],
        }

        [stored] = normalise_boundaries(boundaries(feature))["features"]

        assert stored["geometry"]["type"] == "MultiPolygon"
        assert len(stored["geometry"]["coordinates"]) == 2

    def test_what_is_wrong_is_told_in_the_language_of_the_editor(self):
        system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3405"}}
        metres = [(580000, 2030000), (580100, 2030000), (580100, 2030100), (580000, 2030000)]
        swapped = [(18.3, 105.9), (18.3, 105.91), (18.31, 105.91), (18.3, 105.9)]
        for value, words in {
            "bản đồ": ["không phải là JSON", "dòng 1"],
            "<kml/>": ["KML", "GeoJSON"],
            '{"type": "Topology"}': ["TopoJSON"],
            "[]": ["FeatureCollection"],
            json.dumps(square()["geometry"]): ["không có tên"],
            json.dumps(self.named(ward="a", population=3)): ["“name”", "ward, population"],
            json.dumps(self.named(name="Ph\ufffd?ng")): ["Ph\ufffd?ng", "UTF-8"],
            json.dumps(self.named(name="HÃ²a BÃ¬nh")): ["UTF-8"],
            json.dumps(boundaries() | {"crs": system}): ["EPSG::3405", "WGS 84"],
            json.dumps(self.with_ring(*metres)): ["VN-2000", "580000"],
            json.dumps(self.with_ring(*swapped)): ["kinh độ", "18.3, 105.9"],
            json.dumps(self.with_ring((105, 18), (106, 18))): ["ít nhất ba điểm"],
        }.items():
            message = self.told(value)
            for word in words:
                assert word in message, (value[:60], message)

    def test_wgs_84_may_be_named(self):
        for name in ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"):
            system = {"type": "name", "properties": {"name": name}}
            assert normalise_boundaries(boundaries() | {"crs": system})

    def test_what_was_typed_is_still_there_to_be_mended(self):
        response = self.post('{"type": "Feature')

        self.assertContains(response, "{&quot;type&quot;: &quot;Feature")

    def test_coordinates_are_cut_to_centimetres_and_properties_to_key_and_name(self):
        feature = square("a", west=105.123456789)
        feature["properties"] |= {"population": 1200, "secret": "x"}

        assert self.post(boundaries(feature)).status_code == 302

        [stored] = AdministrativeMapPage.objects.get().boundaries["features"]
        assert stored["geometry"]["coordinates"][0][0] == [105.123457, 18.3]
        assert set(stored["properties"]) == {"key", "name"}

    def test_a_third_coordinate_is_dropped(self):
        ring = [(105, 18, 4), (106, 18, 4), (106, 19, 4), (105, 18, 4)]

        assert self.post(self.with_ring(*ring)).status_code == 302

        [stored] = AdministrativeMapPage.objects.get().boundaries["features"]
        assert stored["geometry"]["coordinates"][0][0] == [105, 18]

    def test_an_area_must_name_a_boundary_that_is_there(self):
        areas = inline_formset([{"feature_key": "khu-pho-9", "label": "Khu phố 9"}])

        response = self.post(boundaries(square("khu-pho-1")), areas=areas)

        [errors] = response.context["form"].formsets["areas"].errors
        assert "khu-pho-9" in errors["feature_key"][0]
        assert "khu-pho-1" in errors["feature_key"][0]

    def test_all_that_is_wrong_with_an_area_is_told_at_once(self):
        areas = inline_formset([{"feature_key": "khu-pho-9", "label": "9", "colour": "red"}])

        response = self.post(boundaries(square("khu-pho-1")), areas=areas)

        [errors] = response.context["form"].formsets["areas"].errors
        assert set(errors) == {"feature_key", "colour"}

    def test_a_boundary_and_its_area_can_be_renamed_at_once(self):
        page = make_map(self.portal.shelf, boundaries=boundaries(square("cu")))
        area = make_area(page, "cu", label="Xóm")
        rows = inline_formset([{"id": area.pk, "feature_key": "moi", "label": "Xóm"}], initial=1)
        data = map_form(
            slug=page.slug, boundaries=json.dumps(boundaries(square("moi"))), areas=rows
        )

        response = self.client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            nested_form_data(data) | {"action-publish": "yes"},
        )

        assert response.status_code == 302
        area.refresh_from_db()
        assert area.feature_key == "moi"

    def test_a_place_off_the_globe_is_refused_at_its_field(self):
        places = inline_formset(
            [{"name": "Chợ", "kind": "market", "latitude": "91", "longitude": "105"}]
        )

        response = self.post(boundaries(), places=places)

        assert "latitude" in response.context["form"].formsets["places"].errors[0]

    def test_a_colour_must_be_a_colour(self):
        for colour in ("red", "#12", "#12345g", "#123456;background:url(//evil)"):
            areas = inline_formset([{"feature_key": "khu-pho-1", "label": "1", "colour": colour}])

            response = self.post(boundaries(), areas=areas)

            assert "colour" in response.context["form"].formsets["areas"].errors[0], colour
