"""The four ways to upload a picture or a document: form, form for many, chooser and API v3."""

import errno
import os
import struct
import zlib
from io import BytesIO
from unittest.mock import patch
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import APIToken, Collection, Page

from headless.content.models import GivenName
from tests.factories import (
    PDF,
    image_content,
    log_in,
    make_article,
    make_directive,
    make_document,
    make_image,
    make_portal,
)
from tests.queries import queries_of

pytestmark = pytest.mark.slow

LONG = (
    "V.v triển khai kế hoạch số 12.2024 của UBND tỉnh về phòng chống dịch bệnh mùa mưa bão năm"
    ".2024.pdf"
)


def picture(mode="RGB", kind="PNG", size=(120, 80), **options) -> bytes:
    content = BytesIO()
    Picture.new(mode, size).save(content, kind, **options)
    return content.getvalue()


def noise(kind) -> bytes:
    content = BytesIO()
    Picture.frombytes("RGB", (200, 200), os.urandom(120_000)).save(content, kind)
    return content.getvalue()


def bomb() -> bytes:
    """A PNG that says it has 50,000 × 50,000 pixels."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


class Ways:
    """Uploads to one model; each way returns whether the file was accepted, and what was said."""

    def __init__(self, client, kind):
        self.client, self.kind = client, kind
        self.app = {"image": "wagtailimages", "document": "wagtaildocs"}[kind]
        self.collection = Collection.get_first_root_node().pk
        user = log_in(client)
        _token, self.secret = APIToken.create_token(user=user, name="tests")

    def data(self, **fields):
        empty = dict.fromkeys(("focal_point_x", "focal_point_y"), "")
        empty |= dict.fromkeys(("focal_point_width", "focal_point_height"), "")
        return {"title": "Tệp", "collection": self.collection, "tags": ""} | empty | fields

    def form(self, file):
        response = self.client.post(reverse(f"{self.app}:add"), self.data(file=file))
        if response.status_code == 302:
            return True, ""
        assert response.status_code == 200
        assert len(response.context["form"].errors["file"]) == 1
        return False, str(response.context["form"].errors["file"])

    def replacement(self, file):
        """The form of what exists already; not among `all`, which store what is new."""
        existing = (make_image if self.kind == "image" else make_document)()
        address = reverse(f"{self.app}:edit", args=[existing.pk])
        response = self.client.post(address, self.data(file=file))
        if response.status_code == 302:
            return True, ""
        assert len(response.context["form"].errors["file"]) == 1
        return False, str(response.context["form"].errors["file"])

    def many(self, file):
        response = self.client.post(
            reverse(f"{self.app}:add_multiple"), self.data(**{"files[]": file})
        )
        assert response.status_code == 200
        told = response.json()
        return told["success"], told.get("error_message", "")

    def chooser(self, file):
        prefix = f"{self.kind}-chooser-upload"
        data = {f"{prefix}-{name}": value for name, value in self.data(file=file).items()}
        response = self.client.post(reverse(f"{self.app}_chooser:create"), data)
        assert response.status_code == 200
        told = response.json()
        accepted = told["step"] in {"chosen", "duplicate_found"}
        return accepted, "" if accepted else told["htmlFragment"]

    def api(self, file):
        response = self.client.post(
            f"/api/v3/{self.kind}s/",
            {"title": "Tệp", "collection_id": self.collection, "file": file},
            headers={"authorization": f"Bearer {self.secret}"},
        )
        assert response.status_code in {201, 422}, response.content
        return response.status_code == 201, response.content.decode()

    def all(self):
        return [self.form, self.many, self.chooser, self.api]


@pytest.fixture
def images(db, client):
    make_portal()
    return Ways(client, "image")


@pytest.fixture
def documents(db, client):
    make_portal()
    return Ways(client, "document")


def stored_files() -> set:
    return {
        os.path.join(folder, name)
        for folder, _folders, names in os.walk(settings.MEDIA_ROOT)
        for name in names
    }


def test_a_picture_that_cannot_be_read_is_refused_with_a_word_and_not_stored(images):
    before = stored_files()
    damaged = {
        "a.jpg": noise("JPEG")[:2000],
        "b.jpg": noise("JPEG")[:-2000],
        "a.png": noise("PNG")[:-2000],
        "a.webp": noise("WEBP")[:-2000],
        "a.avif": noise("AVIF")[:-2000],
        "a.gif": noise("GIF")[:12],
        "bomb.png": bomb(),
        "empty.png": b"",
        "text.png": b"no picture",
        "png.jpg": picture(),
    }
    for name, content in damaged.items():
        for way in images.all():
            accepted, word = way(SimpleUploadedFile(name, content, "image/png"))
            assert not accepted, (name, way)
            assert word, (name, way)
    assert not get_image_model().objects.exists()
    assert stored_files() == before


def test_a_photo_of_a_telephone_is_taken_only_whole_and_where_the_project_allows_it(
    images, settings
):
    whole = noise("HEIF")
    damaged = [whole[:60], whole[: len(whole) // 2], whole[:-2000]]
    for way in images.all():
        accepted, word = way(SimpleUploadedFile("a.heic", whole, "image/heic"))
        assert not accepted, way
        assert word, way
    settings.WAGTAILIMAGES_EXTENSIONS = [*settings.WAGTAILIMAGES_EXTENSIONS, "heic"]
    for content in damaged:
        for name in ("a.heic", "a.jpg"):
            for way in images.all():
                accepted, word = way(SimpleUploadedFile(name, content, "image/heic"))
                assert not accepted, (name, len(content), way)
                assert word, (name, len(content), way)
    assert not get_image_model().objects.exists()

    accepted, word = images.form(SimpleUploadedFile("a.heic", whole, "image/heic"))
    assert accepted, word
    assert get_image_model().objects.get().get_rendition("width-48|format-webp").file.size


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_is_accepted_and_shown(images, kind):
    content = BytesIO()
    frames = [Picture.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    frames[0].save(content, kind, save_all=True, append_images=frames[1:], duration=50, loop=0)
    for way in images.all():
        name = f"a.{kind.lower()}"
        accepted, word = way(SimpleUploadedFile(name, content.getvalue(), "image/gif"))
        assert accepted, (way, word)
    image = get_image_model().objects.latest("pk")
    for spec in ("width-48|format-webp", "fill-20x20|format-jpeg", "max-30x30"):
        assert image.get_rendition(spec).file.size, spec


def test_a_drawing_with_scripts_is_refused_with_a_word(images):
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'
    )
    for name in ("a.svg", "a.png", "a.svg.png"):
        for way in images.all():
            accepted, word = way(SimpleUploadedFile(name, drawing, "image/svg+xml"))
            assert not accepted, (name, way)
            assert word, (name, way)
    assert not get_image_model().objects.exists()


def test_pictures_of_every_mode_are_accepted_and_shown(images):
    kept = {
        "grey16.png": picture("I;16"),
        "cmyk.jpg": picture("CMYK", "JPEG"),
        "grey.jpg": picture("L", "JPEG"),
        "palette.png": picture("P", transparency=0),
        "one-bit.png": picture("1"),
        "alpha.png": picture("LA"),
        "a.gif": picture("P", "GIF"),
        "exif.jpg": picture(kind="JPEG", exif=b"Exif\0\0no EXIF at all"),
        "a.avif": picture(kind="AVIF"),
    }
    for name, content in kept.items():
        accepted, word = images.form(SimpleUploadedFile(name, content, "image/png"))
        assert accepted, (name, word)
        image = get_image_model().objects.latest("pk")
        for spec in ("width-48|format-webp", "fill-40x40|format-jpeg", "max-16x16"):
            assert image.get_rendition(spec).file.size, (name, spec)


def test_grey_of_sixteen_bits_keeps_its_shades(images):
    content = BytesIO()
    ramp = struct.pack("<256H", *(shade * 257 for shade in range(256)))
    Picture.frombytes("I;16", (256, 1), ramp).resize((256, 64)).save(content, "PNG")

    assert images.form(SimpleUploadedFile("ramp.png", content.getvalue()))[0]

    rendition = get_image_model().objects.get().get_rendition("width-256|format-png")
    shown = Picture.open(rendition.file).convert("L")
    assert [shown.getpixel((x, 32)) for x in (0, 128, 255)] == [0, 128, 255]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_has_the_width_and_height_it_is_shown_with(images, orientation):
    exif = Picture.Exif()
    exif[0x0112] = orientation
    photo = picture(kind="JPEG", size=(120, 80), exif=exif)

    assert images.api(SimpleUploadedFile("photo.jpg", photo))[0]

    image = get_image_model().objects.get()
    size = (80, 120) if orientation > 4 else (120, 80)
    for version in ("v2", "v3"):
        fields = "?fields=width,height" if version == "v2" else ""
        told = images.client.get(f"/api/{version}/images/{image.pk}/{fields}").json()
        assert (told["width"], told["height"]) == size, version
    rendition = image.get_rendition("width-60")
    assert (rendition.width > rendition.height) == (size[0] > size[1])


def test_a_photo_stored_with_the_size_of_its_file_is_told_as_it_is_shown(images):
    exif = Picture.Exif()
    exif[0x0112] = 6
    photo = picture(kind="JPEG", size=(120, 80), exif=exif)
    assert images.api(SimpleUploadedFile("photo.jpg", photo))[0]
    # As Wagtail stores it without this package.
    get_image_model().objects.update(width=120, height=80)
    image = get_image_model().objects.get()
    article = make_article(Page.objects.get(slug="tin-tuc").specific, cover=image)

    for version in ("v2", "v3"):
        fields = "?fields=width,height" if version == "v2" else ""
        told = images.client.get(f"/api/{version}/images/{image.pk}/{fields}").json()
        assert (told["width"], told["height"]) == (80, 120), version
        cover = images.client.get(f"/api/{version}/pages/{article.pk}/").json()["cover"]
        assert (cover["width"], cover["height"]) == (80, 120), version

    default_storage.delete(image.file.name)
    told = images.client.get(f"/api/v2/images/{image.pk}/?fields=width,height")
    assert told.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        LONG,
        "a." + "b" * 248 + ".pdf",
        "ậ" * 200 + ".pdf",
        "tờ.khai.số.1.pdf",
        "...pdf",
        "….pdf",
        "-.pdf",
        "CON.pdf",
        "Quyết định\u0301 (1) [a] #2 & 100%.pdf",
        "“trích dẫn” \"x\" 'y'; z.pdf",
    ],
)
def test_a_document_of_any_name_is_stored_and_offered_under_its_name(documents, name):
    for way in [*documents.all(), documents.form]:
        accepted, word = way(SimpleUploadedFile(name, PDF, "application/pdf"))
        assert accepted, (way, word)

        document = get_document_model().objects.latest("pk")
        response = documents.client.get(document.url)
        assert response.status_code == 200
        assert document.file_extension == "pdf"
        assert len(os.fsencode(document.filename)) <= 255
        offered = response["Content-Disposition"]
        assert offered.startswith("inline")
        if "filename*=" in offered:
            assert unquote(offered.partition("filename*=utf-8''")[2]) == name
        else:
            assert offered.partition("filename=")[2].strip('"').replace('\\"', '"') == name


def test_both_apis_tell_the_name_a_file_was_uploaded_under(documents):
    assert documents.form(SimpleUploadedFile(LONG, PDF))[0]
    document = get_document_model().objects.get()
    register = Page.objects.get(slug="van-ban").specific
    directive = make_directive(register)
    rows = directive.attachments.model.objects
    rows.create(page=directive, document=document)

    for version in ("v2", "v3"):
        page = documents.client.get(f"/api/{version}/pages/{directive.pk}/").json()
        assert [each["filename"] for each in page["attachments"]] == [LONG], version
    for version in ("v2", "v3"):
        address = f"/api/{version}/documents/"
        assert documents.client.get(f"{address}{document.pk}/").json()["filename"] == LONG
        query = "?fields=filename" if version == "v2" else ""
        [listed] = documents.client.get(f"{address}{query}").json()["items"]
        assert listed["filename"] == LONG

    queries = []
    for _ in range(2):
        for _ in range(5):
            rows.create(page=directive, document=make_document())
        queries.append(queries_of(documents.client, f"/api/v2/pages/{directive.pk}/"))
        queries[-1] += queries_of(documents.client, "/api/v2/documents/?fields=filename")
    assert queries[0] == queries[1]


def test_a_picture_of_any_name_is_stored(images):
    for name in (
        LONG.replace(".pdf", ".png"),
        "ậ" * 200 + ".png",
        "….png",
        "a." + "b" * 248 + ".png",
    ):
        for way in [*images.all(), *images.all()]:
            accepted, word = way(SimpleUploadedFile(name, image_content(), "image/png"))
            assert accepted, (name, way, word)
            image = get_image_model().objects.latest("pk")
            assert image.file.name.endswith(".png")
            assert default_storage.exists(image.file.name)
            assert image.get_rendition("width-20").file.size


def ole(*streams: str) -> bytes:
    """The beginning of an OLE container, and the names of its streams as its directory has them."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(9000) + names


def archive(**entries: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as file:
        for name, text in entries.items():
            file.writestr(name, text)
    return content.getvalue()


def encrypted_pdf(method: EncryptionMethod, password: str) -> bytes:
    """Return a PDF that only its owner may change, and that opens with `password`."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption("chu-so-huu", password, method)
    return bytes(pdf.output())


def encrypted_zip() -> bytes:
    """Return an archive whose entry says that it is encrypted, in the central directory."""
    content = bytearray(archive(**{"a.txt": b"a"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


ENCRYPTIONS = [EncryptionMethod.RC4, EncryptionMethod.AES_128, EncryptionMethod.AES_256]
PROTECTED = ole("Root Entry", "\x06DataSpaces", "EncryptionInfo", "EncryptedPackage")
TYPES = "[Content_Types].xml"
DOCX = archive(**{TYPES: b"<Types/>", "word/document.xml": b"<w/>"})
XLSX = archive(**{TYPES: b"<Types/>", "xl/workbook.xml": b"<x/>"})
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text"}
MANIFEST = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 300
CSV = "Họ và tên;Số nhà\r\nLê Thị Bưởi;12\r\n"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("chay.exe", PROGRAM, "Không tải lên được tệp có định dạng EXE"),
        ("Tờ khai.DOCX.EXE", PROGRAM, "Không tải lên được tệp có định dạng EXE"),
        ("khong-duoi", PDF, "Tên tệp này không có phần mở rộng"),
        ("a.docx", PROTECTED, "Tệp DOCX này được bảo vệ bằng mật khẩu"),
        ("a.xlsx", PROTECTED, "Tệp XLSX này được bảo vệ bằng mật khẩu"),
        ("a.PPTX", PROTECTED, "Tệp PPTX này được bảo vệ bằng mật khẩu"),
        ("a.odt", archive(**ODT, **MANIFEST), "Tệp ODT này được bảo vệ bằng mật khẩu"),
        *[
            ("a.pdf", encrypted_pdf(method, "bi-mat"), "Tệp PDF này được bảo vệ bằng mật khẩu")
            for method in ENCRYPTIONS
        ],
        ("a.zip", encrypted_zip(), "Tệp ZIP này được bảo vệ bằng mật khẩu"),
        ("a.docx", ole("Root Entry", "WordDocument"), "Đây là tệp DOC, dù tên có đuôi .DOCX"),
        ("a.doc", DOCX, "Đây là tệp DOCX, dù tên có đuôi .DOC"),
        ("a.docx", XLSX, "Đây là tệp XLSX, dù tên có đuôi .DOCX"),
        ("a.xls", ole("WordDocument"), "Đây là tệp DOC, dù tên có đuôi .XLS"),
        ("a.pdf", DOCX, "Đây là tệp DOCX, dù tên có đuôi .PDF"),
        ("a.csv", XLSX, "Đây là tệp XLSX, dù tên có đuôi .CSV"),
        ("a.docx", DOCX[:-30], "Nội dung của tệp này không phải là DOCX"),
        ("a.pdf", picture(), "Nội dung của tệp này không phải là PDF"),
        ("a.txt", PROGRAM, "Nội dung của tệp này không phải là TXT"),
        ("a.csv", b"\xff\xfe" + PROGRAM, "Nội dung của tệp này không phải là CSV"),
    ],
)
def test_a_refused_document_is_told_once_what_is_wrong(documents, name, content, told):
    for way in [*documents.all(), documents.replacement]:
        accepted, word = way(SimpleUploadedFile(name, content, "application/pdf"))

        assert not accepted, way
        assert told in word, (way, word)
        assert "“”" not in word


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", CSV.encode()),
        ("a.csv", CSV.encode("utf-8-sig")),
        ("a.CSV", CSV.encode("utf-16")),
        ("a.csv", b"\xfe\xff" + CSV.encode("utf-16-be")),
        ("a.csv", CSV.encode("utf-16-le")),
        ("a.txt", CSV.encode("utf-16-be")),
        ("a.csv", ("x" + CSV * 500).encode("utf-16")),
        ("a.csv", "Đô thi Lê Phú\n".encode("cp1258")),
        ("a.csv", b"BM,Ten\n1,Lan\n"),
        ("a.docx", DOCX),
        ("a.doc", ole("Root Entry", "WordDocument", "Workbook")),
        ("a.xls", ole("Root Entry", "Book")),
        ("a.odt", archive(**ODT)),
        ("a.zip", XLSX),
        ("a.zip", archive(**{"a.pdf": PDF})),
        ("a.pdf", b"\n" + PDF),
        *[("a.pdf", encrypted_pdf(method, "")) for method in ENCRYPTIONS],
        ("a.pdf", PDF.replace(b"/Root", b"/Encrypt 9 0 R /Root")),
    ],
)
def test_a_genuine_document_is_taken(documents, name, content):
    for way in [*documents.all(), documents.replacement]:
        accepted, word = way(SimpleUploadedFile(name, content))
        assert accepted, (way, word)


@pytest.mark.parametrize("name", ["a.jfif", "ẢNH.JFIF", "a.b.jpe", "a.pjpeg", "a.JPG"])
def test_a_photo_is_taken_under_every_name_of_its_format(images, name):
    for way in [*images.all(), images.replacement]:
        accepted, word = way(SimpleUploadedFile(name, noise("JPEG"), "image/jpeg"))
        assert accepted, (way, word)
    stored = get_image_model().objects.all()
    assert len(stored) >= len(images.all())
    for image in stored:
        assert image.file.name.lower().endswith((".jpg", ".png"))
        assert image.get_rendition("width-20").file.size


UNSEEN_ENDS = [" ", ".", " . ", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}"]


# Not an UploadedFile, which would clean its name before it is sent.
@pytest.mark.parametrize("end", UNSEEN_ENDS)
def test_what_is_not_seen_behind_a_documents_extension_does_not_count(documents, end):
    for way in [*documents.all(), documents.replacement]:
        accepted, word = way(ContentFile(PDF, f"Văn bản số 12.PDF{end}"))
        assert accepted, (way, word)
    assert set(GivenName.objects.values_list("name", flat=True)) >= {"Văn bản số 12.PDF"}


@pytest.mark.parametrize("end", UNSEEN_ENDS)
def test_what_is_not_seen_behind_a_pictures_extension_does_not_count(images, end):
    for way in [*images.all(), images.replacement]:
        accepted, word = way(ContentFile(noise("JPEG"), f"ảnh.JPG{end}"))
        assert accepted, (way, word)


def test_a_picture_with_the_name_of_another_format_says_how_to_name_it(images):
    for way in [*images.all(), images.replacement]:
        accepted, word = way(SimpleUploadedFile("a.jpg", picture(), "image/jpeg"))
        assert not accepted
        assert "Hãy đổi tên để tệp có đuôi .png" in word, (way, word)


def test_a_name_without_an_extension_is_refused_with_a_word(documents):
    for name in ("van-ban", "pdf", "van-ban."):
        for way in documents.all():
            accepted, word = way(SimpleUploadedFile(name, PDF))
            assert not accepted, (name, way)
            assert word
    assert not get_document_model().objects.exists()


def test_a_file_in_place_of_another_is_offered_under_its_own_name(documents):
    document = make_document(name="cu.pdf")
    data = documents.data(file=SimpleUploadedFile(LONG, PDF))

    response = documents.client.post(reverse("wagtaildocs:edit", args=[document.pk]), data)

    assert response.status_code == 302
    document.refresh_from_db()
    offered = documents.client.get(document.url)["Content-Disposition"]
    assert unquote(offered.partition("filename*=utf-8''")[2]) == LONG
    assert not default_storage.exists("documents/cu.pdf")


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_file_that_cannot_be_written_whole_leaves_nothing_behind(db, client, kind):
    make_portal()
    ways = Ways(client, kind)
    name, content = ("a.png", noise("PNG")) if kind == "image" else ("a.pdf", PDF * 9000)
    before = stored_files()
    full = OSError(errno.ENOSPC, "No space left on device")

    def stop_halfway(self, chunk_size=None):
        yield content[:100]
        raise full

    for way in ways.all():
        with (
            patch("django.core.files.uploadedfile.UploadedFile.chunks", stop_halfway),
            patch("django.core.files.uploadedfile.InMemoryUploadedFile.chunks", stop_halfway),
        ):
            accepted, word = way(SimpleUploadedFile(name, content))
        assert not accepted, way
        assert word
    assert stored_files() == before
    model = get_image_model() if kind == "image" else get_document_model()
    assert not model.objects.exists()


def test_a_picture_is_replaced_only_by_one_that_could_be_stored(images):
    image = make_image()
    before = image.file.name
    data = images.data(file=SimpleUploadedFile("b.png", noise("PNG")))

    with patch.object(FileSystemStorage, "_save", side_effect=OSError(errno.ENOSPC, "full")):
        response = images.client.post(reverse("wagtailimages:edit", args=[image.pk]), data)

    assert "file" in response.context["form"].errors
    image.refresh_from_db()
    assert image.file.name == before
    assert default_storage.exists(before)
