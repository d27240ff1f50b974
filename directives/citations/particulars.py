"""What stands after a number and belongs to it: its date, its year, who issued it.

Section 1.7 («Dates») of the domain notes, with its traps: «theo Quyết định số 1368/QĐ-TTg, đến
ngày 21/11/2018» gives that decision no date.
"""

import datetime
import re
from dataclasses import dataclass

from .document_types import DOCUMENT_TYPES
from .letters import fold, spelling, spellings, words

_DAY = (
    r"(?P<d>[0-9]{1,2}) ?[/.-] ?(?P<m>[0-9]{1,2}) ?[/.-] ?(?P<y>[0-9]{4})(?![0-9])"
    r"|(?P<d2>[0-9]{1,2}) {0,2}th[áa]ng {0,2}(?P<m2>[0-9]{1,2}) {0,2},? ?"
    r"(?:n[ăa]m )? {0,2}(?P<y2>[0-9]{4})(?![0-9])"
    r"|(?P<d3>[0-9]{1,2}) ?[/.-] ?(?P<m3>[0-9]{1,2}),? n[ăa]m (?P<y3>[0-9]{4})(?![0-9])"
)
_VERB = r"(?:(?:đã )?(?:được |duoc )?(?:ban hành|ban hanh|ký ban hành|ký|ky|ra|đề|de)[ \n]{1,3})?"
_DATE = re.compile(
    rf"[)\]”\"»]?[ \n]{{0,4}}[,(\[-]?[ \n]{{0,4}}{_VERB}"
    rf"(?:(?:cùng )?ng[àa]y[ \n]{{0,4}}(?:ký )?)?(?:{_DAY})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[)\]”\"»]?[ \n]{0,4}[,(]?[ \n]{0,4}n[ăa]m ([0-9]{4})(?![0-9])", re.IGNORECASE)
_OF = re.compile(r"[)\]”\"»]?[ \n]{0,4},?[ \n]{0,4}(?:của|cua|do)[ \n]{1,4}", re.IGNORECASE)
_ISSUED = re.compile(r"[ \n]{1,4}(?:đã |da )?(?:ban hành|ban hanh|ký|ky)\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[ \n]{0,4}([^\W\d_][^\W\d_]*|,|-|[0-9]{1,2}(?![0-9/.%]))")
_LONGEST_NAME = 24  # words
_TYPE_NAMES = tuple(fold(document_type.name) for document_type in DOCUMENT_TYPES)

# Verbs that begin like a word of a name.
_VERBS = re.compile(
    "(?:ban hành|ban bố|công bố|giao |thông qua|thông báo|tổ chức|chỉ đạo|phát động|phát hành"
    "|thành lập|nhân dịp|chủ trì|liên quan|kế thừa|xã hội hóa|giám sát|quản lý|kiểm tra"
    "|ban hanh|cong bo|thong qua|to chuc|chi dao|phat dong|thanh lap)"
)
# Words of bodies' names that are not capitalised.
_LOWER = (
    "ủy uỷ ban nhân dân tỉnh thành phố thị xã phường trấn huyện quận đặc khu khu bộ sở phòng"
    " ngành hội đồng thường vụ trực chấp hành bí thư chính phủ trị tướng quốc trưởng phó chủ"
    " tịch nước nhà trung ương đảng đảng viên cấp cơ quan đoàn thể kiểm toán tra sát viện tòa"
    " án tối cao học nghệ tạo tế thông truyền môi trường nông nghiệp phát triển thôn lao động"
    " thương binh hội xã kế hoạch đầu tư pháp công an giao vận tải văn hóa thể thao du lịch"
    " dân tộc tôn giáo kinh tài nguyên khóa khoá lần thứ nhiệm kỳ chỉ huy quân sự tổng cục"
    " chi cục liên ngành quản lý đốc giám trung tâm bảo hiểm ngân hàng kho bạc mặt trận tổ"
    " quốc phụ nữ thanh niên cựu chiến khối ty đại bệnh dục lực lợi chứng khoán tín dụng sản"
    " lâm thủy hải nghị nhất hai sáu bảy tám chín mười"
    " đất rừng thiên tai cứu nạn bảo vệ sức khỏe trẻ em gia đình dược phẩm phán chất"
)
_LOWER_WORDS = spellings(_LOWER)
_PLAIN_LOWER_WORDS = words(fold(_LOWER)) - {"ve", "an", "thu", "to", "the"}
_JOINING = frozenset(("va", ",", "-"))
_NUMBERED = frozenset(("khoa", "khu", "lan", "thu", "doan", "quan", "phuong"))
# What a comma or dash may join to a name: «Bộ Văn hóa, Thể thao và Du lịch».
_JOINED = ("the thao", "the duc", "chien luoc", "thuong binh", "thanh nien", "thieu nien")


@dataclass(frozen=True, slots=True)
class Particulars:
    """Date, year and issuer as the text gives them."""

    date: datetime.date | None = None
    year: int | None = None
    issuer: tuple[int, int] | None = None


def read_particulars(text: str, position: int) -> Particulars:
    """Read what follows the number that ends at `position`; date and issuer in either order."""
    date, after = _read_date(text, position)
    year = None
    if date is None and (match := _YEAR.match(text, position)):
        year, after = int(match.group(1)), match.end()
    issuer = _read_issuer(text, after)
    if issuer and date is None:
        date, _ = _read_date(text, issuer[1])
        if date is None and year is None and (match := _YEAR.match(text, issuer[1])):
            year = int(match.group(1))
    return Particulars(date, date.year if date else year, issuer)


def _read_date(text: str, position: int) -> tuple[datetime.date | None, int]:
    match = _DATE.match(text, position)
    if match is None:
        return None, position
    day, month, year = (part for part in match.groups() if part)
    try:
        return datetime.date(int(year), int(month), int(day)), match.end()
    except ValueError:  # 31/02/2021
        return None, match.end()


def _read_issuer(text: str, position: int) -> tuple[int, int] | None:
    of = _OF.match(text, position)
    if of is None:
        return None
    end = _end_of_name(text, of.end())
    if end == of.end():
        return None
    if fold(of.group().strip(' \n,)]”"»')) == "do" and not _ISSUED.match(text, end):
        return None
    return of.end(), end


def _end_of_name(text: str, position: int) -> int:
    """Read the words of a body's name; only whole, capitalised parts count."""
    end = position
    previous = ""
    for _ in range(_LONGEST_NAME):
        match = _NAME_WORD.match(text, position)
        if match is None:
            break
        word = match.group(1)
        folded = fold(word)
        if word[0].isdigit():
            if previous not in _NUMBERED:
                break
        elif word in ",-":
            if not fold(text[match.end() : match.end() + 14]).lstrip().startswith(_JOINED):
                break
        elif (
            word[0].islower()
            and folded != "va"
            and (not _is_of_name(word) or _VERBS.match(text, match.start(1)))
        ):
            break
        position, previous = match.end(), folded
        if folded not in _JOINING:
            end = position
        elif folded == "va" and not _joins_body(text, position):
            break
    return end


def _is_of_name(word: str) -> bool:
    return spelling(word) in _LOWER_WORDS or (word.isascii() and word in _PLAIN_LOWER_WORDS)


def _joins_body(text: str, position: int) -> bool:
    """Tell whether «và» goes on with the name, not with another document."""
    rest = text[position : position + 24].lstrip(" \n")
    return rest[:1].isupper() and not fold(rest).startswith(_TYPE_NAMES)
