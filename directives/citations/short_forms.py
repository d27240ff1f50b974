"""Short forms: a type word and an ordinal without symbol, as in «Kết luận 21».

«Kế hoạch 5 năm» and «Báo cáo 6 tháng» look the same, so what follows decides: without «số» only
words that go on after a citation are let through, with «số» only those of counting are kept out.
"""

import re

from .document_types import TYPES_BY_CODE
from .lead_in import Head
from .letters import fold, spelling, spellings, words
from .number_grammar import Reading, goes_on

_REST = re.compile(r"[ \n]{0,3}(?:([^\W_]+)(?:[ \n]{1,3}([^\W_]+))?)?")
_END = re.compile(
    r"[ ]{0,2}(?:\Z|[.,](?![0-9])|[;)!?»”\"'’\]…\x00\ufffc(]|-[ ](?![0-9])|\n(?=[^a-zà-ỹ]))"
)
_RUNS_ON = re.compile(r" ?[%‰°]|[/\\:-][^ \n]|[.,][0-9]|[/:]| ?/ ?[0-9]|[-–] ?[0-9]")
_FOLLOWERS = spellings(
    "của về do thì đã là và được này trên nói quy nêu ban tại sẽ yêu hoặc với để đề nhằm khi mà"
    " cũng ký sửa thay bãi hết có theo phải chỉ nhấn khẳng xác cho giúp tạo tăng triển tiếp lan trở mang gắn đi giao cua ve thi va duoc nay tren"
)
_ROUND = re.compile(r"[.][0-9]{3}\Z|[A-Z]\Z")  # «15.000», “4K”
_COUNTED_PHRASES = frozenset(
    ("chỉ tiêu", "học sinh", "ý kiến", "trường hợp", "cơ quan", "gia đình", "thanh niên")
    + ("hội viên", "giáo viên", "nông dân", "đảng viên", "điều khoản", "điều luật")
)
_ENGLISH_COUNTED = words(
    "days day weeks months years hours minutes people households pages percent per million"
    " billion votes members points pixels times new major main projects communes wards"
)
# These give orders: a number behind them counts nothing, but for what `_COUNTED` names.
ORDERS = frozenset(("nghi-quyet", "nghi-dinh", "thong-tu", "chi-thi", "cong-dien"))
_OTHER_ORDERS = frozenset(("quyet-dinh", "quy-dinh", "ket-luan", "de-an", "cong-van"))
# Abbreviations that stand for nothing else in front of a number.
_PLAINEST_ABBREVIATIONS = frozenset(("nghi-quyet", "nghi-dinh"))
_PLAIN_ABBREVIATIONS = frozenset(("nghi-quyet", "nghi-dinh", "thong-tu", "quyet-dinh", "ket-luan"))
_COUNTED = spellings(
    "năm tháng tuần ngày giờ phút lần vấn nội người tỷ tỉ triệu nghìn ngàn đồng ha m km kg tấn"
    " hộ xã phường điểm khóa giai trường nhóm mục nhiệm bước chương khoản đại thành viên cán"
    " cấp loại cái chiếc bản trang thôn lớp phần nam thang tuan lan nhà căn chữ vụ chuyên"
    " mô con suất phiếu đợt kỳ buổi cơ đơn tổ đoàn em cháu lượt ca chuyến"
    " tàu xe dân doanh lô thửa khu nút mẫu hạng quyển cuốn tập gói tỉnh huyện sở ban phòng bên"
    " phía chiều mét đô ủy vị nghị"
)
_NEVER = frozenset(
    (
        "hien-phap",
        "cuong-linh",
        "dieu-le",
        "chien-luoc",
        "quy-hoach",
        "tuyen-bo",
        "loi-keu-goi",
        "sao-y",
        "trich-sao",
        "thu-cong",
    )
)
# Numbered for other reasons more often than not: «Phương án 2», «Chương trình 135».
_ONLY_DATED = frozenset(("du-an", "phuong-an"))
_VERBS = frozenset(("thong-bao", "bao-cao", "huong-dan"))  # «thông báo số 114»
_ONLY_NUMBERED = frozenset(
    ("chuong-trinh", "bao-cao", "bien-ban", "luat", "bo-luat", "phap-lenh", "lenh", "sac-lenh")
)


def is_short_form(text: str, reading: Reading, head: Head, code: str, *, known: bool) -> bool:
    """Tell whether a type word, which stands for `code`, and `reading` are a citation.

    `known` says that the same type and ordinal was cited in full before.
    """
    end = reading.end
    if code in _NEVER or not int(re.sub(r"\D.*", "", reading.numeral)):
        return False
    if goes_on(text, end) or _RUNS_ON.match(text, end):
        return False
    if reading.symbol.tokens and not (head.numbered and _is_symbol_of(reading, code)):
        return False
    if known:
        return not _counts(text, end)
    if code in _ONLY_DATED:
        return head.numbered and _names_day(text, end)
    if head.numbered:
        if not head.capital and (code in _VERBS or not may_end_short(text, end)):
            return False
        return not _counts(text, end)
    if is_year(reading):
        return False
    if code in _ONLY_NUMBERED:
        return False
    if reading.symbol.year:
        return head.capital and TYPES_BY_CODE[code].normative and not _counts(text, end)
    if len(reading.numeral) < 2 or _ROUND.search(reading.numeral):
        return False
    if head.english:
        return head.capital and code in ORDERS | _OTHER_ORDERS and not _counts(text, end)
    if head.abbreviated:
        if code in _PLAINEST_ABBREVIATIONS and not _counts(text, end):
            return True
        return may_end_short(text, end) and (
            code in _PLAIN_ABBREVIATIONS
            or (code == "chi-thi" and reading.numeral[0] == "0")  # «căn hộ CT 12»
            or _names_issuer(text, end)
        )
    if code in ORDERS:
        return not _counts(text, end) and (head.capital or may_end_short(text, end))
    if not head.capital:
        return False
    sure = code in _OTHER_ORDERS and (reading.numeral[0] == "0" or len(reading.numeral) > 2)
    return not _counts(text, end) and (sure or may_end_short(text, end))


def may_end_short(text: str, position: int) -> bool:
    """Tell whether what follows is how a sentence goes on after a citation."""
    if _END.match(text, position):
        return True
    word, second = _next_words(text, position)
    if spelling(word) in _FOLLOWERS:
        return word.islower() or fold(word) in ("cua", "ve")
    return fold(word) in ("ngay", "nam") and second.isdigit()


def _counts(text: str, position: int) -> bool:
    """Tell whether the number counts something: «5 năm», but not in «số 5 năm 2021»."""
    word, second = _next_words(text, position)
    if fold(word) in ("nam", "ngay") and second[:1].isdigit():
        return fold(word) == "nam" and len(second) != 4
    if f"{word} {second}" in _COUNTED_PHRASES:
        return True
    if word == "of":
        return second.isdigit()
    if fold(word) == "dong" and fold(second) in ("bo", "thoi", "loat"):
        return False
    return word.islower() and (spelling(word) in _COUNTED or word in _ENGLISH_COUNTED)


def _names_issuer(text: str, position: int) -> bool:
    return fold(_next_words(text, position)[0]) == "cua"


def _names_day(text: str, position: int) -> bool:
    word, second = _next_words(text, position)
    return fold(word) == "ngay" and second[:1].isdigit()


def _next_words(text: str, position: int) -> tuple[str, str]:
    match = _REST.match(text, position)
    return (match.group(1) or "", match.group(2) or "") if match else ("", "")


def _is_symbol_of(reading: Reading, code: str) -> bool:
    known = TYPES_BY_CODE[code]
    symbols = {symbol.upper() for symbol in known.state + known.party}
    return len(reading.symbol.tokens) == 1 and reading.symbol.tokens[0] in symbols


def is_year(reading: Reading) -> bool:
    """Tell whether the numeral looks like a year of our time."""
    return len(reading.numeral) == 4 and "1900" < reading.numeral < "2101"
