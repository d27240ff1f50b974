from io import BytesIO
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from tests.factories import PDF, image_content, log_in, make_document, make_portal

HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 300


def archive(entry: str = "[Content_Types].xml") -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as file:
        file.writestr(entry, "<w/>")
    return content.getvalue()


class DocumentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_portal()

    def setUp(self):
        log_in(self.client)

    def upload(self, name, content, kind="application/octet-stream"):
        """Through the form for one file; whether it was accepted."""
        data = {
            "title": "Tệp",
            "file": SimpleUploadedFile(name, content, kind),
            "collection": Collection.get_first_root_node().pk,
            "tags": "",
        }
        response = self.client.post(reverse("wagtaildocs:add"), data)
        if response.status_code == 200:
            assert "file" in response.context["form"].errors
        return response.status_code == 302

    def test_known_types_are_accepted(self):
        for name, content in (
            ("van-ban.pdf", PDF),
            ("VAN-BAN.PDF", PDF),
            ("to-khai.docx", archive()),
            ("so-lieu.csv", "thứ,giờ\n".encode()),
            ("ghi-chu.txt", "Chữ có dấu".encode()),
            ("tat-ca.zip", archive()),
        ):
            assert self.upload(name, content), name

    def test_other_types_are_refused_at_the_field(self):
        for name, content in (
            ("trang.html", HTML),
            ("anh.svg", SVG),
            ("chay.exe", PROGRAM),
            ("chay.js", b"alert(1)"),
            ("chay.sh", b"#!/bin/sh"),
            ("van-ban.pdf.exe", PROGRAM),
            ("khong-duoi", PDF),
        ):
            assert not self.upload(name, content, "application/pdf"), name
        assert not get_document_model().objects.exists()

    def test_a_file_that_is_not_what_its_name_says_is_refused(self):
        for name, content in (
            ("van-ban.pdf", PROGRAM),
            ("van-ban.pdf", HTML),
            ("van-ban.pdf", SVG),
            ("to-khai.docx", PROGRAM),
            ("to-khai.docx", PDF),
            ("tat-ca.zip", HTML),
            ("ghi-chu.txt", PROGRAM),
            ("so-lieu.csv", PDF),
        ):
            assert not self.upload(name, content), name

    def test_the_form_for_many_files_is_as_strict(self):
        for name, content, accepted in (
            ("van-ban.pdf", PDF, True),
            ("van-ban.pdf", PROGRAM, False),
            ("trang.html", HTML, False),
        ):
            response = self.client.post(
                reverse("wagtaildocs:add_multiple"),
                {
                    "files[]": SimpleUploadedFile(name, content),
                    "title": name,
                    "collection": Collection.get_first_root_node().pk,
                },
            )
            assert response.json()["success"] is accepted, name

    def test_a_file_that_is_too_large_is_refused(self):
        with self.settings(CIVIC_PORTAL_MAX_DOCUMENT_BYTES=10):
            assert not self.upload("van-ban.pdf", PDF)

    def test_a_new_file_in_place_of_another_is_checked_too(self):
        document = make_document()
        data = {
            "title": "Tệp",
            "file": SimpleUploadedFile("van-ban.pdf", PROGRAM),
            "collection": document.collection_id,
            "tags": "",
        }

        response = self.client.post(reverse("wagtaildocs:edit", args=[document.pk]), data)

        assert "file" in response.context["form"].errors

    def test_only_a_pdf_is_opened_in_the_browser_all_else_is_saved(self):
        self.client.logout()
        for name, content, inline in (
            ("a.pdf", PDF, True),
            ("a.txt", b"chu", False),
            ("a.csv", b"a,b", False),
            ("a.docx", archive(), False),
            # What got in by another way, say before the rules were made.
            ("a.html", HTML, False),
            ("a.svg", SVG, False),
        ):
            document = make_document(name=name, content=content)

            response = self.client.get(document.url)

            assert response.status_code == 200
            disposition = response.get("Content-Disposition", "")
            assert disposition.startswith("inline" if inline else "attachment"), name
            assert response["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in response.get("Content-Security-Policy", "")

    def test_a_file_of_another_name_is_not_served(self):
        document = make_document()

        assert self.client.get(f"/documents/{document.pk}/khac.pdf").status_code == 404


class ImageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_portal()

    def setUp(self):
        log_in(self.client)

    def upload(self, name, content):
        data = {
            "title": "Ảnh",
            "file": SimpleUploadedFile(name, content, "image/png"),
            "collection": Collection.get_first_root_node().pk,
            "description": "",
            "tags": "",
        }
        for field in ("x", "y", "width", "height"):
            data[f"focal_point_{field}"] = ""
        response = self.client.post(reverse("wagtailimages:add"), data)
        return response.status_code == 302

    def test_a_picture_is_accepted(self):
        assert self.upload("anh.png", image_content())

    def test_what_is_no_picture_of_a_known_type_is_refused(self):
        for name, content in (
            ("anh.svg", SVG),
            ("anh.png", SVG),
            ("anh.png", HTML),
            ("anh.jpg", PROGRAM),
            ("anh.bmp", image_content(kind="BMP")),
            ("anh.html", image_content()),
        ):
            with self.subTest(name=name):
                assert not self.upload(name, content)
                assert not get_image_model().objects.exists()

    def test_a_picture_of_too_many_pixels_or_bytes_is_refused(self):
        for limit in ("WAGTAILIMAGES_MAX_IMAGE_PIXELS", "WAGTAILIMAGES_MAX_UPLOAD_SIZE"):
            with self.settings(**{limit: 10}):
                assert not self.upload("anh.png", image_content()), limit
