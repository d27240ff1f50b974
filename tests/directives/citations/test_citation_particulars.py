"""What belongs to a citation beside its number: date, year, issuer, family, form."""

import datetime

import pytest

from directives.citations import FoundCitation, find_citations


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
        ("do đó cần làm", None),
        ("có nội dung của xã", None),
    ],
)
def test_reads_who_issued_it(written, issuer):
    assert only(f"Quyết định số 12/QĐ-TTg {written}").issuer == issuer


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
