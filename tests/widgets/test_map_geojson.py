from django.test import TestCase, override_settings

from tests.factories import (
    boundaries,
    make_article,
    make_english,
    make_map,
    make_place,
    make_portal,
    restrict,
    square,
    translate,
)
from widgets.models import MapArea


class MapGeoJSONTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.page = make_map(cls.portal.shelf, boundaries=boundaries(square("khu-1")))
        cls.article = make_article(cls.portal.news)
        MapArea.objects.create(
            page=cls.page,
            feature_key="khu-1",
            label="Khu Một",
            colour="#1f6f78",
            text="Đông dân",
            link_page=cls.article,
            locale=cls.page.locale,
        )
        make_place(cls.page, name="Trạm y tế", kind="health", longitude="106.5")

    def test_areas_and_places_are_features_within_a_bounding_box(self):
        response = self.client.get(self.page.geojson_path)
        area, place = response.json()["features"]

        assert response["Content-Type"] == "application/geo+json"
        assert response.json()["bbox"] == [105.9, 18.3, 106.5, 18.31]
        assert area["properties"] == {
            "type": "area",
            "key": "khu-1",
            "name": "Khu Một",
            "colour": "#1f6f78",
            "text": "Đông dân",
            "url": self.article.full_url,
        }
        assert place["geometry"] == {"type": "Point", "coordinates": [106.5, 18.305]}
        assert place["properties"]["number"] == 1
        assert place["properties"]["kind"] == "health"

    def test_it_may_be_cached_and_is_asked_for_again_without_being_sent(self):
        first = self.client.get(self.page.geojson_path)
        again = self.client.get(self.page.geojson_path, headers={"if-none-match": first["ETag"]})

        assert first["Cache-Control"] == "public, max-age=60"
        assert first["Access-Control-Allow-Origin"] == "*"
        assert again.status_code == 304

    def test_it_speaks_the_language_of_its_page(self):
        make_english(self.portal)
        english = translate(self.page, title="Map")

        kinds = [
            self.client.get(page.geojson_path).json()["features"][1]["properties"]["kind_name"]
            for page in (self.page, english)
        ]

        assert kinds[0] == "Trạm y tế"
        assert kinds[1] == "Health station"

    def test_a_draft_and_a_private_map_are_not_there(self):
        draft = make_map(self.portal.shelf, live=False)
        private = make_map(self.portal.shelf)
        restrict(private)

        for page in (draft, private):
            assert self.client.get(page.geojson_path).status_code == 404

    def test_an_empty_map_is_an_empty_collection(self):
        empty = make_map(self.portal.shelf, boundaries=None)

        assert self.client.get(empty.geojson_path).json() == {
            "type": "FeatureCollection",
            "bbox": None,
            "features": [],
        }

    def test_both_apis_name_the_address(self):
        for version in ("v2", "v3"):
            page = self.client.get(f"/api/{version}/pages/{self.page.pk}/").json()
            assert page["geojson_url"] == f"http://localhost{self.page.geojson_path}"

    def test_tiles_are_named_only_if_the_operator_gives_an_address(self):
        self.assertContains(self.client.get(self.page.url), 'data-tiles=""')
        with override_settings(
            CIVIC_PORTAL_MAP_TILE_URL="https://tiles.example/{z}/{x}/{y}.png",
            CIVIC_PORTAL_MAP_TILE_ATTRIBUTION="<b>©</b>",
        ):
            shown = self.client.get(self.page.url)

        self.assertContains(shown, 'data-tiles="https://tiles.example/{z}/{x}/{y}.png"')
        self.assertContains(shown, "&lt;b&gt;©&lt;/b&gt;")

    def test_a_preview_draws_what_is_not_saved_on_the_server_alone(self):
        self.page.boundaries = boundaries(square("khu-1"), square("khu-2", west=106))

        preview = self.page.make_preview_request()

        self.assertNotContains(preview, "data-geojson")
        self.assertContains(preview, 'class="map__area"')
