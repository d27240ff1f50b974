"""What belongs to a citation beside its number: date, year, issuer, family, form."""

import datetime
import unicodedata

import pytest

from directives.citations import FoundCitation, find_citations, read_places


def only(text, **options):
    (citation,) = find_citations(text, **options)
    return citation


def test_reports_all_there_is_to_know():
    text = "Theo Kết luận số 21-KL/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương về Đảng."

    assert only(text) == FoundCitation(
        start=5,
        end=25,
        num_start=17,
        num_end=25,
        number="21-KL/TW",
        key="21-KL/TW",
        document_type="ket-luan",
        year=2021,
        date=datetime.date(2021, 10, 25),
        issuer="Ban Chấp hành Trung ương",
        form="full",
        family="party",
    )


@pytest.mark.parametrize(
    "written",
    [
        "ngày 25/10/2021",
        ", ngày 25/10/2021",
        "ngày 25-10-2021",
        "ngày 25.10.2021",
        "25.10.2021",
        "ngày 25 tháng 10 năm 2021",
        "NGÀY 25 THÁNG 10 NĂM 2021",
        "ngay 25 thang 10 nam 2021",
        "ngày 25/10 năm 2021",
        "(25/10/2021)",
        "(ngày 25/10/2021)",
        "ban hành ngày 25/10/2021",
        "ký ngày 25/10/2021",
        "của Đảng ủy xã Kỳ Xuân, ngày 25/10/2021",
        "do Tỉnh ủy Hà Tĩnh ban hành ngày 25/10/2021",
    ],
)
def test_reads_a_date_that_belongs_to_the_citation(written):
    assert only(f"Quyết định 12-QĐ/TU {written}").date == datetime.date(2021, 10, 25)


@pytest.mark.parametrize(
    "written",
    [
        ", đến ngày 21/11/2018 đổi tên",
        "có hiệu lực từ ngày 21/11/2018",
        "về công tác năm, ngày 21/11/2018 xã họp",
        ". Ngày 21/11/2018, xã họp",
        "ngày 22/9",
        "ngày 31/2/2021",
        "ngày   tháng   năm 2021",
    ],
)
def test_leaves_a_date_that_does_not(written):
    assert only(f"theo Quyết định số 1368/QĐ-TTg {written}").date is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Thông tư 12/2012/TT-BNV ngày 06/10/2008", 2012),
        ("Kế hoạch 12/KH-UBND ngày 06/10/2008", 2008),
        ("Kế hoạch 12/KH-UBND năm 2021", 2021),
        ("Kế hoạch 12/KH-UBND của UBND tỉnh năm 2021", 2021),
        ("Kế hoạch 12/KH-UBND ngày 22/9", None),
    ],
)
def test_the_year_is_of_the_number_or_the_date_or_stands_alone(text, year):
    assert only(text).year == year


@pytest.mark.parametrize(
    ("written", "issuer"),
    [
        ("của Thủ tướng Chính phủ về việc", "Thủ tướng Chính phủ"),
        ("ngày 5/3/2020 của Chính phủ về công tác văn thư", "Chính phủ"),
        ("của UBND tỉnh Hà Tĩnh ban hành quy định", "UBND tỉnh Hà Tĩnh"),
        ("của Ủy ban nhân dân xã;", "Ủy ban nhân dân xã"),
        ("của Bộ Chính trị và Nghị quyết Đại hội", "Bộ Chính trị"),
        ("của Bộ Văn hóa, Thể thao và Du lịch, đã", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("của Bộ Giáo dục và Đào tạo và Bộ Nội vụ", "Bộ Giáo dục và Đào tạo và Bộ Nội vụ"),
        ("do Văn phòng Trung ương Đảng ban hành", "Văn phòng Trung ương Đảng"),
        ("cua Tinh uy Ha Tinh ve viec", "Tinh uy Ha Tinh"),
        ("của Ban Chấp hành\xa0Đảng bộ huyện khóa XXI", "Ban Chấp hành Đảng bộ huyện khóa XXI"),
        (
            "của Trung tâm hỗ trợ phát triển nông thôn triển khai trong tỉnh Hà Tĩnh",
            "Trung tâm hỗ trợ phát triển nông thôn",
        ),
        ("do đó cần làm", None),
        ("có nội dung của xã", None),
    ],
)
def test_reads_who_issued_it(written, issuer):
    assert only(f"Quyết định số 12/QĐ-TTg {written}").issuer == issuer


def test_the_name_of_a_body_begins_with_its_first_letter_however_that_is_composed():
    text = unicodedata.normalize("NFD", "Quyết định\u200b số 12/QĐ-TTg của Ủy ban nhân dân xã;")

    assert only(text).issuer == unicodedata.normalize("NFD", "Ủy ban nhân dân xã")


BODIES = """\
Ban Chỉ đạo chuyển đổi số tỉnh Hà Tĩnh
Ban Chỉ đạo phòng, chống thiên tai và tìm kiếm cứu nạn tỉnh Hà Tĩnh
Ban Chỉ huy phòng chống thiên tai và tìm kiếm cứu nạn xã Kỳ Xuân
Ban chỉ đạo 389 tỉnh Hà Tĩnh
Ban Chỉ đạo 35 Tỉnh ủy Hà Tĩnh
Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở xã Kỳ Xuân, tỉnh Hà Tĩnh
Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số tỉnh Hà Tĩnh
Ban Chỉ đạo xây dựng nông thôn mới tỉnh Hà Tĩnh
Ban Chỉ đạo hè năm 2026 tỉnh Hà Tĩnh
Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh Hà Tĩnh
Ban Chỉ đạo phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa” tỉnh Hà Tĩnh
Ban Chỉ đạo chuyển đổi số của tỉnh Hà Tĩnh
Ban Chỉ đạo chuyển đổi số (tỉnh Hà Tĩnh
Hội đồng nghĩa vụ quân sự phường Đông Hà
Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh Hà Tĩnh
Hội đồng bồi thường, hỗ trợ và tái định cư thị xã Kỳ Anh
Hội đồng Thi đua - Khen thưởng tỉnh Hà Tĩnh
Ban Quản lý dự án đầu tư xây dựng khu vực Kỳ Anh tỉnh Hà Tĩnh
Ban quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh Hà Tĩnh
Ban Tổ chức Tỉnh ủy Hà Tĩnh
Ban Tuyên giáo và Dân vận Tỉnh ủy Hà Tĩnh
Sở Tổ chức cán bộ tỉnh Hà Tĩnh
Sở Nội vụ Hà Tĩnh
Sở Văn hóa, Thể thao và Du lịch tỉnh Hà Tĩnh
Ban Pháp chế HĐND tỉnh Hà Tĩnh
Ban Pháp chế Hội đồng nhân dân tỉnh Hà Tĩnh
Tổ công tác triển khai Đề án 06 tỉnh Hà Tĩnh
Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Hà Tĩnh
Ban Thường trực Ủy ban MTTQ Việt Nam phường Đông Hà, tỉnh Quảng Trị
Trung tâm Phục vụ hành chính công phường Đông Hà
Ban Thường vụ Đảng ủy xã Kỳ Xuân
Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh khóa XX
Bộ Chỉ huy quân sự tỉnh Hà Tĩnh
Bộ Chỉ huy Bộ đội Biên phòng tỉnh Hà Tĩnh
Công an Hà Tĩnh
Tòa án nhân dân tỉnh Hà Tĩnh
Viện kiểm sát nhân dân khu vực 3 tỉnh Hà Tĩnh
Kho bạc Nhà nước tỉnh Hà Tĩnh
Chi cục Thuế khu vực Kỳ Anh - tỉnh Hà Tĩnh
Chi cục quản lý thị trường tỉnh Hà Tĩnh
Bảo hiểm xã hội tỉnh Hà Tĩnh
Đoàn TNCS Hồ Chí Minh tỉnh Hà Tĩnh
Ban Vận động Quỹ “Vì người nghèo” tỉnh Hà Tĩnh
Ngân hàng Chính sách xã hội chi nhánh tỉnh Hà Tĩnh
UBND TP. Hà Tĩnh
UBND P. Đông Hà
BCĐ CĐS tỉnh Hà Tĩnh
BCH PCTT&TKCN tỉnh Hà Tĩnh""".splitlines()


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_reads_the_name_of_a_body_to_its_place(body, form):
    text = f"Quyết định số 09/QĐ-BCĐ của {body}, ngày 5/9/2026 về việc kiện toàn."

    found = only(unicodedata.normalize(form, text))

    assert unicodedata.normalize("NFC", found.issuer) == body
    assert found.date == datetime.date(2026, 9, 5)
    assert any(place.name for place in read_places(found.issuer))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Quyết định số 09/QĐ-BCĐ cua Ban chi dao chuyen doi so tinh Ha Tinh", "province:hatinh"),
        ("UBND tỉnh Hà Tĩnh vừa ban hành Quyết định số 09/QĐ-UBND", "province:hatinh"),
        (
            "Theo Tỉnh ủy, Ban Chỉ đạo phòng, chống dịch xã Kỳ Xuân có Kế hoạch 9/KH-BCĐ",
            "commune:kyxuan",
        ),
        ("Quyết định số 09/QĐ-UBND tỉnh Hà Tĩnh ngày 5/9/2026", "province:hatinh"),
        ("Quyết định UBND tỉnh Hà Tĩnh số 09/QĐ-UBND", "province:hatinh"),
        (
            "Quyết định của Ban Chỉ huy phòng thủ dân sự và phòng, chống thiên tai tỉnh Hà Tĩnh"
            " số 09/QĐ-BCH",
            "province:hatinh",
        ),
        (
            "Nghị quyết 9/NQ-HĐND của HĐND phường Hà Tĩnh, tỉnh Hà Tĩnh",
            "commune:hatinh province:hatinh",
        ),
        ("Quyết định 9/QĐ-UBND của UBND tỉnh Hà Tây", "province:hatay"),
        ("Quyết định 9/QĐ-UBND của UBND Đông Hà", "unit:dongha"),
        ("Decision No. 09/QD-BCD of the Steering Committee of Hà Tĩnh province", "province:hatinh"),
        (
            "Decision No. 09/QD-BCD of the Steering Committee for Digital Transformation of Ha Tinh"
            " Province dated",
            "province:hatinh",
        ),
        ("Decision No. 09/QD-UBND of Ha Tinh Provincial People's Committee", "province:hatinh"),
        (
            "Decision No. 09/QD-UBND issued by the People's Committee of Đông Hà ward,"
            " Quảng Trị province",
            "commune:dongha province:quangtri",
        ),
        ("Decision No. 09/QD-UBND of the provincial People's Committee", "province:"),
        ("Quyết định 9/QĐ-BCĐ của Ban Chỉ đạo và Kế hoạch số 5 của UBND tỉnh Hà Tĩnh", ""),
        ("Quyết định 9/QĐ-BCĐ của Ban Chỉ đạo ban hành quy chế của tỉnh Hà Tĩnh", ""),
        ("Quyết định 9/QĐ-UBND của UBND xã về việc thu hồi đất tại xã Kỳ Xuân", "commune:"),
    ],
)
def test_reads_the_places_of_who_issued_it(text, places):
    issuer = find_citations(text)[0].issuer or ""

    assert " ".join(f"{place.level}:{place.name}" for place in read_places(issuer)) == places


def test_reads_who_issued_it_before_the_number():
    assert only("Nghị quyết của Chính phủ số 27/CP").issuer == "Chính phủ"


def test_an_elided_number_takes_the_symbol_but_not_the_date():
    first, last = find_citations("Chỉ thị 11, 26-CT/TU ngày 5/9/2026")

    assert (first.key, first.form, first.date) == ("11-CT/TU", "list", None)
    assert (last.key, last.form, last.date) == ("26-CT/TU", "full", datetime.date(2026, 9, 5))


def test_a_short_form_is_of_the_family_of_the_citation_before_it():
    full, short = find_citations("Chỉ thị 05-CT/TW (sau đây gọi là Chỉ thị 05)")

    assert (full.form, short.form) == ("full", "short")
    assert full.family == short.family == "party"
    assert short.key == "?CT:5"


def test_party_decisions_and_regulations_share_a_symbol():
    assert only("theo số 31-QĐ/TW").document_type is None
    assert only("Quy định 31-QĐ/TW").document_type == "quy-dinh"
    assert only("Quyết định 31-QĐ/TW").document_type == "quyet-dinh"
    assert only("theo số 31/QĐ-UBND").document_type == "quyet-dinh"


def test_the_word_wins_over_the_symbol():
    assert only("Kế hoạch số 65-Ctr/TU").document_type == "ke-hoach"


def test_of_two_words_the_one_the_symbol_confirms_is_meant():
    text = "Thông báo kết luận số 45/TB-VPUBND"

    assert only(text).document_type == "thong-bao"
    assert only(text).start == 0


def test_a_file_is_no_citation_and_nor_is_what_a_link_holds():
    assert find_citations("Tải 12-KH/TU.pdf hoặc a@b.vn/12-KH/TU, 12-KH/TU@b.vn") == []
    assert find_citations('<a href="/">12-KH/TU</a><code>12-KH/TU</code>', html=True) == []


def test_the_number_in_html_is_without_markup():
    text = "<p>Kết luận số 21<b>-KL</b>&#47;TW.</p>"
    citation = only(text, html=True)

    assert citation.number == "21-KL/TW"
    assert text[citation.num_start : citation.num_end] == "21<b>-KL</b>&#47;TW"
    assert text[citation.start : citation.num_start] == "Kết luận số "
