"""Who issues official documents: bodies and the abbreviations they sign numbers with.

Section 4 of docs/citation-grammar.md. One abbreviation may belong to several bodies («TW»,
«UBND»), and the table is not complete: `is_party_issuer` and `is_state_issuer` also judge by pattern.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .document_types import Family
from .letters import words

Level = Literal["central", "province", "district", "commune"]


@dataclass(frozen=True, slots=True)
class Issuer:
    """One body, or one kind of body that every province or commune has.

    `code` never changes, for databases hold it. The district level was abolished on
    01/07/2025: its bodies occur in older documents only. `current` is false for it, and for
    ministries that were merged.
    """

    code: str
    abbreviation: str
    name: str
    level: Level
    family: Family
    current: bool = True


ISSUERS: tuple[Issuer, ...] = (
    # Party, central
    Issuer("ban-chap-hanh-trung-uong", "TW", "Ban Chấp hành Trung ương", "central", "party"),
    Issuer("bo-chinh-tri", "TW", "Bộ Chính trị", "central", "party"),
    Issuer("ban-bi-thu", "TW", "Ban Bí thư", "central", "party"),
    Issuer("van-phong-trung-uong", "VPTW", "Văn phòng Trung ương Đảng", "central", "party"),
    Issuer("ban-to-chuc-trung-uong", "BTCTW", "Ban Tổ chức Trung ương", "central", "party"),
    Issuer(
        "ban-tuyen-giao-va-dan-van-trung-uong",
        "BTGDVTW",
        "Ban Tuyên giáo và Dân vận Trung ương",
        "central",
        "party",
    ),
    Issuer(
        "ban-tuyen-giao-trung-uong", "BTGTW", "Ban Tuyên giáo Trung ương", "central", "party", False
    ),
    Issuer("ban-dan-van-trung-uong", "BDVTW", "Ban Dân vận Trung ương", "central", "party", False),
    Issuer("ban-noi-chinh-trung-uong", "BNCTW", "Ban Nội chính Trung ương", "central", "party"),
    Issuer("ban-kinh-te-trung-uong", "BKTTW", "Ban Kinh tế Trung ương", "central", "party", False),
    Issuer(
        "ban-chinh-sach-chien-luoc-trung-uong",
        "BCSCLTW",
        "Ban Chính sách, chiến lược Trung ương",
        "central",
        "party",
    ),
    Issuer(
        "ban-doi-ngoai-trung-uong", "BĐNTW", "Ban Đối ngoại Trung ương", "central", "party", False
    ),
    Issuer(
        "uy-ban-kiem-tra-trung-uong", "UBKTTW", "Ủy ban Kiểm tra Trung ương", "central", "party"
    ),
    # Party, province
    Issuer("tinh-uy", "TU", "Tỉnh ủy, Thành ủy", "province", "party"),
    Issuer("van-phong-tinh-uy", "VPTU", "Văn phòng Tỉnh ủy", "province", "party"),
    Issuer("ban-to-chuc-tinh-uy", "BTCTU", "Ban Tổ chức Tỉnh ủy", "province", "party"),
    Issuer(
        "ban-tuyen-giao-va-dan-van-tinh-uy",
        "BTGDVTU",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "province",
        "party",
    ),
    Issuer("ban-tuyen-giao-tinh-uy", "BTGTU", "Ban Tuyên giáo Tỉnh ủy", "province", "party", False),
    Issuer("ban-dan-van-tinh-uy", "BDVTU", "Ban Dân vận Tỉnh ủy", "province", "party", False),
    Issuer("ban-noi-chinh-tinh-uy", "BNCTU", "Ban Nội chính Tỉnh ủy", "province", "party"),
    Issuer("uy-ban-kiem-tra-tinh-uy", "UBKTTU", "Ủy ban Kiểm tra Tỉnh ủy", "province", "party"),
    # Party, district (abolished)
    Issuer("huyen-uy", "HU", "Huyện ủy", "district", "party", False),
    Issuer("quan-uy", "QU", "Quận ủy", "district", "party", False),
    Issuer("thi-uy", "ThU", "Thị ủy, Thành ủy trực thuộc tỉnh", "district", "party", False),
    # Party, commune
    Issuer("dang-uy", "ĐU", "Đảng ủy", "commune", "party"),
    Issuer("van-phong-dang-uy", "VPĐU", "Văn phòng Đảng ủy", "commune", "party"),
    Issuer("uy-ban-kiem-tra-dang-uy", "UBKTĐU", "Ủy ban Kiểm tra Đảng ủy", "commune", "party"),
    Issuer("ban-xay-dung-dang", "BXDĐ", "Ban Xây dựng Đảng", "commune", "party"),
    Issuer("chi-bo", "CB", "Chi bộ", "commune", "party"),
    Issuer("dai-hoi", "ĐH", "Đại hội", "commune", "party"),
    # State, central
    Issuer("quoc-hoi", "QH", "Quốc hội", "central", "state"),
    Issuer("uy-ban-thuong-vu-quoc-hoi", "UBTVQH", "Ủy ban Thường vụ Quốc hội", "central", "state"),
    Issuer("chu-tich-nuoc", "CTN", "Chủ tịch nước", "central", "state"),
    Issuer("chinh-phu", "CP", "Chính phủ", "central", "state"),
    Issuer("thu-tuong-chinh-phu", "TTg", "Thủ tướng Chính phủ", "central", "state"),
    Issuer("van-phong-chinh-phu", "VPCP", "Văn phòng Chính phủ", "central", "state"),
    Issuer("van-phong-quoc-hoi", "VPQH", "Văn phòng Quốc hội", "central", "state"),
    Issuer("van-phong-chu-tich-nuoc", "VPCTN", "Văn phòng Chủ tịch nước", "central", "state"),
    Issuer("toa-an-nhan-dan-toi-cao", "TANDTC", "Tòa án nhân dân tối cao", "central", "state"),
    Issuer(
        "hoi-dong-tham-phan",
        "HĐTP",
        "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
        "central",
        "state",
    ),
    Issuer(
        "vien-kiem-sat-nhan-dan-toi-cao",
        "VKSNDTC",
        "Viện kiểm sát nhân dân tối cao",
        "central",
        "state",
    ),
    Issuer("kiem-toan-nha-nuoc", "KTNN", "Kiểm toán nhà nước", "central", "state"),
    Issuer("thanh-tra-chinh-phu", "TTCP", "Thanh tra Chính phủ", "central", "state"),
    Issuer("ngan-hang-nha-nuoc", "NHNN", "Ngân hàng Nhà nước Việt Nam", "central", "state"),
    Issuer("bo-noi-vu", "BNV", "Bộ Nội vụ", "central", "state"),
    Issuer("bo-tai-chinh", "BTC", "Bộ Tài chính", "central", "state"),
    Issuer("bo-cong-thuong", "BCT", "Bộ Công Thương", "central", "state"),
    Issuer("bo-xay-dung", "BXD", "Bộ Xây dựng", "central", "state"),
    Issuer(
        "bo-nong-nghiep-va-moi-truong",
        "BNNMT",
        "Bộ Nông nghiệp và Môi trường",
        "central",
        "state",
    ),
    Issuer("bo-khoa-hoc-va-cong-nghe", "BKHCN", "Bộ Khoa học và Công nghệ", "central", "state"),
    Issuer("bo-dan-toc-va-ton-giao", "BDTTG", "Bộ Dân tộc và Tôn giáo", "central", "state"),
    Issuer("bo-y-te", "BYT", "Bộ Y tế", "central", "state"),
    Issuer("bo-giao-duc-va-dao-tao", "BGDĐT", "Bộ Giáo dục và Đào tạo", "central", "state"),
    Issuer("bo-tu-phap", "BTP", "Bộ Tư pháp", "central", "state"),
    Issuer("bo-cong-an", "BCA", "Bộ Công an", "central", "state"),
    Issuer("bo-quoc-phong", "BQP", "Bộ Quốc phòng", "central", "state"),
    Issuer("bo-ngoai-giao", "BNG", "Bộ Ngoại giao", "central", "state"),
    Issuer(
        "bo-van-hoa-the-thao-va-du-lich",
        "BVHTTDL",
        "Bộ Văn hóa, Thể thao và Du lịch",
        "central",
        "state",
    ),
    Issuer(
        "bo-thong-tin-va-truyen-thong",
        "BTTTT",
        "Bộ Thông tin và Truyền thông",
        "central",
        "state",
        False,
    ),
    Issuer("bo-ke-hoach-va-dau-tu", "BKHĐT", "Bộ Kế hoạch và Đầu tư", "central", "state", False),
    Issuer(
        "bo-lao-dong-thuong-binh-va-xa-hoi",
        "BLĐTBXH",
        "Bộ Lao động - Thương binh và Xã hội",
        "central",
        "state",
        False,
    ),
    Issuer("bo-giao-thong-van-tai", "BGTVT", "Bộ Giao thông vận tải", "central", "state", False),
    Issuer(
        "bo-tai-nguyen-va-moi-truong",
        "BTNMT",
        "Bộ Tài nguyên và Môi trường",
        "central",
        "state",
        False,
    ),
    Issuer(
        "bo-nong-nghiep-va-phat-trien-nong-thon",
        "BNNPTNT",
        "Bộ Nông nghiệp và Phát triển nông thôn",
        "central",
        "state",
        False,
    ),
    Issuer("uy-ban-dan-toc", "UBDT", "Ủy ban Dân tộc", "central", "state", False),
    Issuer("hoi-dong-bo-truong", "HĐBT", "Hội đồng Bộ trưởng", "central", "state", False),
    # State, province
    Issuer(
        "hoi-dong-nhan-dan-tinh", "HĐND", "Hội đồng nhân dân tỉnh, thành phố", "province", "state"
    ),
    Issuer("uy-ban-nhan-dan-tinh", "UBND", "Ủy ban nhân dân tỉnh, thành phố", "province", "state"),
    Issuer(
        "van-phong-uy-ban-nhan-dan-tinh",
        "VPUBND",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "province",
        "state",
    ),
    Issuer("so-noi-vu", "SNV", "Sở Nội vụ", "province", "state"),
    Issuer("so-tai-chinh", "STC", "Sở Tài chính", "province", "state"),
    Issuer("so-xay-dung", "SXD", "Sở Xây dựng", "province", "state"),
    Issuer("so-cong-thuong", "SCT", "Sở Công Thương", "province", "state"),
    Issuer(
        "so-nong-nghiep-va-moi-truong",
        "SNNMT",
        "Sở Nông nghiệp và Môi trường",
        "province",
        "state",
    ),
    Issuer("so-khoa-hoc-va-cong-nghe", "SKHCN", "Sở Khoa học và Công nghệ", "province", "state"),
    Issuer("so-giao-duc-va-dao-tao", "SGDĐT", "Sở Giáo dục và Đào tạo", "province", "state"),
    Issuer("so-y-te", "SYT", "Sở Y tế", "province", "state"),
    Issuer("so-tu-phap", "STP", "Sở Tư pháp", "province", "state"),
    Issuer(
        "so-van-hoa-the-thao-va-du-lich",
        "SVHTTDL",
        "Sở Văn hóa, Thể thao và Du lịch",
        "province",
        "state",
    ),
    Issuer("ban-quan-ly-khu-kinh-te", "BQLKKT", "Ban Quản lý Khu kinh tế", "province", "state"),
    Issuer("cong-an-tinh", "CAT", "Công an tỉnh", "province", "state"),
    # State, district (abolished)
    Issuer(
        "hoi-dong-nhan-dan-huyen", "HĐND", "Hội đồng nhân dân huyện", "district", "state", False
    ),
    Issuer("uy-ban-nhan-dan-huyen", "UBND", "Ủy ban nhân dân huyện", "district", "state", False),
    # State, commune
    Issuer("hoi-dong-nhan-dan-xa", "HĐND", "Hội đồng nhân dân xã, phường", "commune", "state"),
    Issuer("uy-ban-nhan-dan-xa", "UBND", "Ủy ban nhân dân xã, phường", "commune", "state"),
    Issuer("cong-an-xa", "CAX", "Công an xã, phường", "commune", "state"),
)

_PARTY = frozenset(issuer.abbreviation.upper() for issuer in ISSUERS if issuer.family == "party")
_STATE = frozenset(issuer.abbreviation.upper() for issuer in ISSUERS if issuer.family == "state")
_OTHER_STATE_BODIES = (
    "UB VKSTC VKSNDTC HĐCP KBNN BHXH NHCSXH TCTK TCHQ TCT TCTHADS"
    " BTM BCN BTS BNN BGD BVHTT BVHTTTT BKH BKHCNMT BVGCP BTCCBCP BCYCP UBCKNN UBQGNCT"
    " STNMT SKHĐT SGTVT SLĐTBXH STTTT SNNPTNT SNN SNGV SDL SVHTT SQHKT SDTTG"
    " CAP CAH BCHQS TTHĐND ĐĐBQH VPĐĐBQH TAND VKSND CTHADS CCTHADS CCT QLTT CQLTT CTK"
)
# The Fatherland Front, unions, and offices of either family: rule K6 leaves them to the separator.
_OTHER_BODIES = (
    "MTTQ MTTW TWMTTQ UBMTTQ MTTQVN TWĐTN TĐTN ĐTN TĐ HĐĐ HPN HLHPN HND HCCB LĐLĐ TLĐ LHH CĐ"
    " VP BCĐ BCH HĐQT HĐTV BQL BQLDA TTYT TTPVHCC PGDĐT VBCSXH BTV BTT HĐKH HĐTĐKT BCHPCTT"
    " XPHC XPVPHC KPHQ CCXP BVĐK TYT TCKH TNMT GDĐT LĐTBXH VHTT VHXH KTHT NNPTNT"
)
_OTHER_PARTY_BODIES = "ĐUK ĐUTCT ĐUTT ĐUQH ĐUBP ĐUCA ĐUQS ĐUCQ"
_MORE_STATE = words(_OTHER_STATE_BODIES)
_OTHERS = words(_OTHER_BODIES)
ABBREVIATIONS = _PARTY | words(_OTHER_PARTY_BODIES) | _STATE | _MORE_STATE | _OTHERS

_PARTY_PATTERN = re.compile(
    r"ĐU[A-ZĐ]{0,8}|(?:VP|UBKT|B[A-ZĐ]{1,7}|ĐH|CB|ĐUK|TTCT|TTBDCT)(?:TW|TU|HU|QU|THU|ĐU)"
)
_STATE_PATTERN = re.compile(r"(?:QH|UBTVQH)[0-9]{0,2}")


@lru_cache(maxsize=4096)
def is_party_issuer(symbol: str) -> bool:
    """Tell whether an upper-case `symbol` is that of a Party body."""
    return symbol in _PARTY or _PARTY_PATTERN.fullmatch(symbol) is not None


@lru_cache(maxsize=4096)
def is_state_issuer(symbol: str) -> bool:
    """Tell whether an upper-case `symbol` is that of a body of the state."""
    return symbol in _STATE or symbol in _MORE_STATE or bool(_STATE_PATTERN.fullmatch(symbol))


@lru_cache(maxsize=4096)
def is_issuer(symbol: str) -> bool:
    """Tell whether an upper-case `symbol` is that of any body we know."""
    return symbol in ABBREVIATIONS or is_party_issuer(symbol) or is_state_issuer(symbol)


@lru_cache(maxsize=4096)
def is_of_one_level(symbol: str) -> bool:
    """Tell whether `symbol` is that of bodies of one level, central or local, and not of all."""
    return symbol.startswith("TW") or (symbol not in _OTHERS and is_issuer(symbol))
