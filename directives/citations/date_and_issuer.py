"""What stands after a number and belongs to it: its date, its year, who issued it.

Section 8 of docs/citation-grammar.md, with its traps (rule D2): «theo Quyết định số
1368/QĐ-TTg, đến ngày 21/11/2018» gives that decision no date.
"""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from .cleaning import BREAK
from .document_types import DOCUMENT_TYPES
from .letters import fold, spelling, spellings, words
from .markup import OPAQUE
from .places import UNIT_INITIALS, place_end, read_places

_DAY = (
    r"(?P<d>[0-9]{1,2})[ \n]?[/.-][ \n]?(?P<m>[0-9]{1,2})[ \n]?[/.-][ \n]?(?P<y>[0-9]{4})(?![0-9])"
    r"|(?P<d2>[0-9]{1,2})[ \n]{0,2}th[áa]ng[ \n]{0,2}(?P<m2>[0-9]{1,2})[ \n]{0,2},?[ \n]{0,2}"
    r"(?:n[ăa]m[ \n]{1,2})?(?P<y2>[0-9]{4})(?![0-9])"
    r"|(?P<d3>[0-9]{1,2})[ \n]?[/.-][ \n]?(?P<m3>[0-9]{1,2}),?[ \n]n[ăa]m[ \n]"
    r"(?P<y3>[0-9]{4})(?![0-9])"
)
# «hồi 09h30 ngày 02/11/2013», «lúc 15 giờ 30 phút, ngày …»
_TIME = (
    r"(?:(?!ng)(?:(?:phát )?(?:vào )?(?:hồi|lúc|hoi|luc)[ \n]{1,2})?[0-9]{1,2}[ \n]?(?:h|g|giờ|gio|:)[ \n]?"
    r"(?:[0-9]{2}[ \n]?(?:phút|phut|p|'|’)?)?(?:[ \n]?(?:sáng|trưa|chiều|tối|đêm))?[ \n]{0,2},?[ \n]{0,2})?"
)
_VERB = r"(?:(?!ng|[0-9])(?:đã )?(?:được |duoc )?(?:ban hành|ban hanh|ký ban hành|ký|ky|ra|đề|de)[ \n]{1,3})?"
_DATE = re.compile(
    rf"[)\]”\"»]?[ \n]{{0,4}}[,(\[-]?[ \n]{{0,4}}{_VERB}{_TIME}"
    rf"(?:(?:cùng )?ng[àa]y[ \n]{{0,4}}(?:ký )?)?(?:{_DAY})",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[A-Za-z]{{0,6}}"
_GAP = r"[ \n]{1,3}"
_DATED = (
    r"(?:(?:and|which|that|was|were|is|as|has|been)[ \n]){0,3}"
    r"(?:(?:dated?|issued|signed|adopted|passed|promulgated|approved|enacted|released|made|of|on)\b"
    rf"(?:{_GAP}(?:on|of|by|dated)\b)?:?{_GAP}(?:(?:the|this){_GAP})?)?"
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?{_GAP})?"
)
_ENGLISH_DATE = re.compile(
    rf"[)\]”\"]?[ \n]{{0,4}}[,(\[]?[ \n]{{0,4}}{_DATED}"
    # April 9, 2024
    rf"(?:(?P<month>{_MONTH})\.?{_GAP}(?:the{_GAP})?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?{_GAP}"
    r"(?P<year>[0-9]{4})"
    # 9 April 2024, the 9th of April 2024
    rf"|(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:{_GAP}day)?(?:{_GAP}of)?(?:{_GAP}|-)"
    rf"(?P<month2>{_MONTH})\.?,?(?:{_GAP}|-)(?P<year2>[0-9]{{4}})"
    # 2024-04-09, 09/04/2024
    r"|(?P<year3>[0-9]{4})-(?P<month3>[0-9]{2})-(?P<day3>[0-9]{2})"
    r"|(?P<day4>[0-9]{1,2}) ?[/.-] ?(?P<month4>[0-9]{1,2}) ?[/.-] ?(?P<year4>[0-9]{4}))(?![0-9])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[)\]”\"»]?[ \n]{0,4}[,(]?[ \n]{0,4}n[ăa]m ([0-9]{4})(?![0-9])", re.IGNORECASE)
_OF = re.compile(r"[)\]”\"»]?[ \n]{0,4},?[ \n]{0,4}(?:của|cua|do)[ \n]{1,4}", re.IGNORECASE)
_ISSUED = re.compile(r"[ \n]{1,4}(?:đã |da )?(?:ban hành|ban hanh|ký|ky)\b", re.IGNORECASE)
_AHEAD = re.compile(r"[)\]”\"»]?[ \n]{0,4}[,(\[]?[ \n]{0,4}(\w)")
_ENGLISH_DATE_INITIALS = frozenset("0123456789adbefhijmnoprstwADBEFHIJMNOPRSTW")
# What stands before the end of a clause, which no name of a body reaches over.
_CLAUSE = re.compile(rf"[^;{BREAK}{OPAQUE}\"“«‘'(]{{1,120}}[;{BREAK}{OPAQUE}]")
_ISSUER_INITIALS = UNIT_INITIALS | frozenset("cdCDobaisp")  # «của», «do», “of”, “by”, “issued” …
_NAME_WORD = re.compile(
    r"[ \n]{0,4}((?:TP|Tp|TX|TT|ĐK|T|H|Q|P|X)\.(?=[ \n]?[A-ZĐÀ-Ỹ0-9])|[^\W\d_][^\W\d_]*|,|-"
    r"|[0-9]{1,2}(?![0-9/.%]))"
)
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

# Bodies whose names are whole, or go on with a place alone.
_WHOLE = re.compile(
    "(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan|chinh phu|thu tuong|quoc hoi|chu tich|bo chinh tri"
    "|ban bi thu|uy ban thuong vu quoc hoi|ban chap hanh|tinh uy|thanh uy|huyen uy|quan uy|thi uy"
    r"|bo (?!chi huy|tu lenh|doi))\b"
)
# Bodies that are named for a task, in words that are verbs elsewhere.
_FOR_A_TASK = re.compile("(?:ban|bcd|hoi dong|hd|to|tieu ban|doan|uy ban|bql)\\b")
_ON = re.compile(  # one word, number or phrase in quotation marks or parentheses of a name
    r"[ \n]{0,4}(?:(?P<word>[^\W\d_]+(?:\.(?=[ \n]?[A-ZĐÀ-Ỹ0-9]))?)|(?P<mark>[,&-])"
    r"|[0-9]{1,4}(?:[-/][A-ZĐ][\w-]{1,12}(?:/[A-ZĐ]\w{0,9})?)?(?![0-9/.%])"
    r"|[“\"«‘'][^“”\"«»\n\x00\ufffc]{1,80}[”\"»’']|\([^()\n\x00\ufffc]{1,40}\))"
)
_LONGEST_ON = 28
_STOPS = spellings(
    "đã đang sẽ phải được có là thì mà để nhằm khi nếu do bởi theo đến tại cho này nói nêu ghi ngày"
    " cũng gồm kèm như hay hoặc"
)
_PLAIN_STOPS = words(fold("đã đang sẽ được để nhằm khi theo ngày cũng về kèm")) - {"de"}
_STOP_PHRASES = re.compile(
    "(?:về việc|ve viec|ban hành|ban hanh|ban bố|công bố|cong bo|thông qua|thông báo|quy định|quy dinh"
    "|phê duyệt|phe duyet|yêu cầu|yeu cau|đề nghị|de nghi|giao nhiệm|phát động|phát hành|chủ trì"
    "|triệu tập|kết luận)\\b"
)
_TASKS = re.compile(
    "(?:hướng dẫn|thực hiện|triển khai|tổ chức|chỉ đạo|kiểm tra|giám sát|về|ve|huong dan|thuc hien"
    "|trien khai|to chuc|chi dao|kiem tra|giam sat|liên quan|nhân dịp|kế thừa|thành lập)\\b"
)
_ASIDES = spellings("về năm")  # of a name only if its place follows
_PLAIN_ASIDES = words("ve nam")
_TYPE_AND_NUMBER = re.compile(rf"(?:{'|'.join(_TYPE_NAMES)})(?: so)?:? ?[0-9]")
_NEXT_PLACE = re.compile(r"[ \n]{0,3}(?:[,(-]|thuộc|của|thuoc|cua)?[ \n]{0,3}")
_PLACE_AFTER = re.compile(r"[ \n]{1,3}\(?")

# A body says what it issues: «UBND tỉnh Hà Tĩnh vừa ban hành Quyết định số …».
_ISSUES = re.compile(
    r"[ \n]{1,3}(?:(?:đã|vừa|mới|cũng|da|vua)[ \n]{1,2}){0,2}"
    r"(?:có|ra|ký|ký ban hành|ban hành|phát hành|thông qua|công bố|ban hanh|co|ky)"
    r"(?:[ \n]{1,2}(?:các|những|một số))?[ \n]{1,3}\Z"
)
_ENDS_OF_ISSUES = tuple("có ra ký hành qua bố hanh co ky các những số".split())  # noqa: SIM905
_SUBJECT = re.compile(
    r"\b(?:Ban|BCĐ|BCH|BTV|Hội đồng|HĐND|UBND|UBMTTQ|MTTQ|[UÚỦ][yỷ] ban|Tổ|Tiểu ban|Trung tâm|Sở|Vụ|Cục"
    r"|Chi cục|Phòng|Văn phòng|Viện|T[òo][àa]|Kho bạc|Bảo hiểm|BHXH|Đoàn|Liên đoàn|Hội|Công an|Bộ|Đảng"
    r"|Tỉnh|Thành|Huyện|Quận|Thị|Xã|Phường|Đặc khu|Chủ tịch|Thường trực|Thường vụ|Mặt trận|Quốc hội"
    r"|Chính phủ|Thủ tướng|Thanh tra|Ngân hàng|TP|tỉnh|thành phố|huyện|xã|phường)\b"
)
_SUBJECT_REACH = 160
_CLAUSE_ENDS = (". ", ";", ":", BREAK, OPAQUE)

# «of the Steering Committee for Digital Transformation of Hà Tĩnh province»
_OF_ENGLISH = re.compile(
    r"[)\]”\"»]?[ \n]{0,4},?[ \n]{0,4}(?:(?:as[ \n])?(?:issued|signed|promulgated)[ \n]{1,3})?"
    r"(?:of|by)[ \n]{1,4}(?:the[ \n]{1,4})?(?=[A-ZĐÀ-Ỹ]|provincial|municipal|ward|commune|district)"
)
_ENGLISH_WORD = re.compile(r"(?:,?[ \n]{1,3})?([^\W\d_]+(?:['’]s)?|&|-)")
_ENGLISH_STOPS = words(
    "dated on issued signed promulgated regarding approving about is was were are has have which that"
    " who to as from at by with will would and/or requires required sets set says said"
)
_ENGLISH_LONGEST = 24


class Particulars(NamedTuple):
    """Date, year and issuer as the text gives them; `end` is where what was read as date ends."""

    date: datetime.date | None = None
    year: int | None = None
    issuer: tuple[int, int] | None = None
    end: int = 0


NO_PARTICULARS = Particulars()
# Behind these, and at the text's end, nothing belongs to the number.
_NOTHING_FOLLOWS = frozenset(("", ";", ".", ":", BREAK, OPAQUE))


def read_particulars(text: str, position: int) -> Particulars:
    """Read what follows the number that ends at `position`; date and issuer in either order."""
    if text[position : position + 1] in _NOTHING_FOLLOWS:
        return NO_PARTICULARS
    date, after = _read_date(text, position)
    year = None
    if date is None and (match := _YEAR.match(text, position)):
        year, after = int(match.group(1)), match.end()
    issuer = _read_issuer(text, after)
    if issuer and date is None:
        date, _ = _read_date(text, issuer[1])
        if date is None and year is None and (match := _YEAR.match(text, issuer[1])):
            year = int(match.group(1))
    return Particulars(date, date.year if date else year, issuer, after)


def _read_date(text: str, position: int) -> tuple[datetime.date | None, int]:
    match = _DATE.match(text, position)
    if match is None:
        return _read_english_date(text, position)
    day, month, year = filter(None, match.groups())
    return _date(year, month, day), match.end()


def _read_english_date(text: str, position: int) -> tuple[datetime.date | None, int]:
    """Read «dated April 9, 2024» and the other ways of English; numerals are day and month."""
    ahead = _AHEAD.match(text, position)
    if ahead is None or ahead[1] not in _ENGLISH_DATE_INITIALS:
        return None, position
    match = _ENGLISH_DATE.match(text, position)
    if match is None:
        return None, position
    parts = {name.rstrip("234"): part for name, part in match.groupdict().items() if part}
    day, month, year = parts["day"], parts["month"], parts["year"]
    if not month.isdigit():
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    elif int(month) > 12:  # «04/25/2024»
        day, month = month, day
    return _date(year, month, day), match.end()


def _date(year: str, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:  # 31/02/2021
        return None


def read_subject(text: str, position: int, *, at_once: bool) -> tuple[int, int] | None:
    """Read who issues what begins at `position`: «UBND tỉnh Hà Tĩnh vừa ban hành …».

    With `at_once` the body may stand directly before it, as in «Quyết định UBND tỉnh Hà Tĩnh số …».
    """
    ahead = text[max(0, position - 8) : position].rstrip(" \n")
    issues = ahead.endswith(_ENDS_OF_ISSUES) and _ISSUES.search(
        text, max(0, position - 40), position
    )
    if not (issues or at_once):
        return None
    floor = max(0, position - _SUBJECT_REACH)
    window = text[floor : issues.start() if issues else position].rstrip(" \n")
    begin = _subject_of(window[max(map(window.rfind, _CLAUSE_ENDS)) + 1 :])
    return None if begin is None else (floor + len(window) - begin, floor + len(window))


@lru_cache(maxsize=4096)
def _subject_of(clause: str) -> int | None:
    """Give how long the longest name of a body is at the end of `clause`."""
    # A comma may be one of the name, but that costs more to find out.
    for floor in sorted({clause.rfind(",") + 1, 0}, reverse=True):
        for subject in _SUBJECT.finditer(clause, floor):
            if _end_of_name(clause, subject.start()) == len(clause):
                return len(clause) - subject.start()
    return None


def _read_issuer(text: str, position: int) -> tuple[int, int] | None:
    if text[position : position + 1] in _NOTHING_FOLLOWS:
        return None
    ahead = _AHEAD.match(text, position)
    if ahead is None or ahead[1] not in _ISSUER_INITIALS:
        return None
    clause = _CLAUSE.match(text, position)
    if clause is None:
        return _issuer_at(text, position)
    issuer = _issuer_of_clause(clause.group())
    return issuer and (position + issuer[0], position + issuer[1])


@lru_cache(maxsize=4096)
def _issuer_of_clause(clause: str) -> tuple[int, int] | None:
    return _issuer_at(clause, 0)


def _issuer_at(text: str, position: int) -> tuple[int, int] | None:
    of = _OF.match(text, position)
    if of is None:
        return _read_english_issuer(text, position) or _read_place_after(text, position)
    end = _end_of_name(text, of.end())
    if end == of.end():
        return None
    if fold(of.group().strip(' \n,)]”"»')) == "do" and not _ISSUED.match(text, end):
        return None
    return of.end(), end


def _read_place_after(text: str, position: int) -> tuple[int, int] | None:
    """Read a place that follows at once: «Quyết định số 123/QĐ-UBND tỉnh Hà Tĩnh»."""
    before = _PLACE_AFTER.match(text, position)
    end = before and place_end(text, before.end())
    return (before.end(), _end_of_places(text, end)) if before and end else None


def _read_english_issuer(text: str, position: int) -> tuple[int, int] | None:
    of = _OF_ENGLISH.match(text, position)
    if of is None:
        return None
    end = capital = position = of.end()
    for _ in range(_ENGLISH_LONGEST):
        match = _ENGLISH_WORD.match(text, position)
        if match is None or match[1] in _ENGLISH_STOPS:
            break
        position = match.end()
        if match[1][0].isalpha():
            end = position
            if match[1][0].isupper():
                capital = position
    if any(place.name for place in read_places(text[of.end() : end])):
        return of.end(), end
    return (of.end(), capital) if capital > of.end() else None


def _end_of_name(text: str, position: int) -> int:
    """Read the name of a body, to its place if it has one."""
    end = _end_of_words(text, position)
    if end == position:
        return end
    name = text[position:end]
    if not read_places(name) and not _WHOLE.match(fold(name)):
        end = _read_on(text, position, end)
    return _end_of_places(text, end)


def _read_on(text: str, start: int, end: int) -> int:
    """Read on through small words to the place of a body that is named for what it does."""
    task = _FOR_A_TASK.match(fold(text[start:end])) is not None
    position, last, aside, joined = end, end, 0, False
    for count in range(_LONGEST_ON):
        match = _ON.match(text, position)
        if match is None:
            return aside or last
        word = match["word"]
        if word:
            at = match.start("word")
            if place := place_end(text, at):
                return place
            if word[0].islower():
                ascii_stop = word.isascii() and word in _PLAIN_STOPS and not _is_aside(word, task)
                if spelling(word) in _STOPS or ascii_stop or _STOP_PHRASES.match(text, at):
                    return aside or last
                if count and _TASKS.match(text, at) and not task:
                    return last
                if _is_aside(word, task):
                    aside = aside or last
            if not task or joined:
                ahead = fold(text[at : at + 40])
                of_number = word[0].islower() or not ahead.startswith(_TYPE_NAMES)
                if not of_number or _TYPE_AND_NUMBER.match(ahead):
                    return aside or last
        position = match.end()
        joined = match["mark"] is not None or word == "và"
        if not joined:
            last = position
    return aside or end


def _is_aside(word: str, task: bool) -> bool:
    return task and (spelling(word) in _ASIDES or word in _PLAIN_ASIDES)


def _end_of_places(text: str, end: int) -> int:
    """Read the larger units behind a place: «phường Đông Hà, tỉnh Quảng Trị»."""
    for _ in range(3):
        joint = _NEXT_PLACE.match(text, end)
        following = place_end(text, joint.end()) if joint else None
        if following is None:
            break
        end = following
    return end


def _end_of_words(text: str, position: int) -> int:
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
