"""The types of official documents, with the symbols that stand for them in numbers.

Section 3 of docs/citation-grammar.md: normative, administrative (Decree 30/2020) and Party types.
"""

from dataclasses import dataclass
from typing import Literal

Family = Literal["party", "state"]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One type of document; `code` never changes, for databases hold it.

    `state` and `party` list the symbols each family writes, the usual one first; a type with
    neither is known by its word alone. `normative` types may carry a year in their number.
    """

    code: str
    name: str
    state: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    normative: bool = False

    @property
    def families(self) -> tuple[Family, ...]:
        """The families that issue this type, the one to suppose first in front."""
        if self.code == "cong-van":  # The state's letters have no symbol.
            return ("state", "party")
        if self.party and not self.state:
            return ("party",)
        if self.code == "quy-dinh":
            return ("party", "state")
        return ("state", "party") if self.party else ("state",)

    @property
    def symbol(self) -> str:
        """What stands for the type in a partial key (rule K8): the usual symbol, or the code."""
        if self.code == "quy-dinh":
            return "QĐ"
        symbols = self.state or self.party
        return (symbols[0] if symbols else self.code).upper()


DOCUMENT_TYPES: tuple[DocumentType, ...] = (
    # Normative
    DocumentType("hien-phap", "Hiến pháp", normative=True),
    DocumentType("bo-luat", "Bộ luật", normative=True),
    DocumentType("luat", "Luật", normative=True),
    DocumentType("phap-lenh", "Pháp lệnh", ("PL",), normative=True),
    DocumentType("lenh", "Lệnh", ("L",), normative=True),
    DocumentType("nghi-quyet", "Nghị quyết", ("NQ",), ("NQ",), normative=True),
    DocumentType("nghi-quyet-lien-tich", "Nghị quyết liên tịch", ("NQLT",), normative=True),
    DocumentType("nghi-dinh", "Nghị định", ("NĐ",), normative=True),
    DocumentType("quyet-dinh", "Quyết định", ("QĐ",), ("QĐ",), normative=True),
    DocumentType("thong-tu", "Thông tư", ("TT",), normative=True),
    DocumentType("thong-tu-lien-tich", "Thông tư liên tịch", ("TTLT",), normative=True),
    DocumentType("van-ban-hop-nhat", "Văn bản hợp nhất", ("VBHN",), normative=True),
    DocumentType("sac-lenh", "Sắc lệnh", ("SL",), normative=True),
    # Administrative, many of them Party types as well
    DocumentType("chi-thi", "Chỉ thị", ("CT",), ("CT",)),
    DocumentType("quy-che", "Quy chế", ("QC",), ("QC",)),
    DocumentType("quy-dinh", "Quy định", ("QyĐ",), ("QĐ", "QĐi", "QyĐ")),
    DocumentType("thong-cao", "Thông cáo", ("TC",), ("TC",)),
    DocumentType("thong-bao", "Thông báo", ("TB",), ("TB",)),
    DocumentType("huong-dan", "Hướng dẫn", ("HD",), ("HD",)),
    DocumentType("chuong-trinh", "Chương trình", ("CTr",), ("CTr",)),
    DocumentType("ke-hoach", "Kế hoạch", ("KH",), ("KH",)),
    DocumentType("phuong-an", "Phương án", ("PA",), ("PA",)),
    DocumentType("de-an", "Đề án", ("ĐA",), ("ĐA",)),
    DocumentType("du-an", "Dự án", ("DA",), ("DA",)),
    DocumentType("bao-cao", "Báo cáo", ("BC",), ("BC",)),
    DocumentType("bien-ban", "Biên bản", ("BB",), ("BB",)),
    DocumentType("to-trinh", "Tờ trình", ("TTr",), ("TTr",)),
    DocumentType("hop-dong", "Hợp đồng", ("HĐ",)),
    DocumentType("cong-van", "Công văn", (), ("CV",)),
    DocumentType("cong-dien", "Công điện", ("CĐ",)),
    DocumentType("ban-ghi-nho", "Bản ghi nhớ", ("BGN", "GN")),
    DocumentType("ban-thoa-thuan", "Bản thỏa thuận", ("BTT", "TTh")),
    DocumentType("giay-uy-quyen", "Giấy ủy quyền", ("GUQ", "UQ")),
    DocumentType("giay-moi", "Giấy mời", ("GM",), ("GM",)),
    DocumentType("giay-gioi-thieu", "Giấy giới thiệu", ("GGT",), ("GGT",)),
    DocumentType("giay-nghi-phep", "Giấy nghỉ phép", ("GNP", "NP"), ("GNP",)),
    DocumentType("phieu-gui", "Phiếu gửi", ("PG",), ("PG",)),
    DocumentType("phieu-chuyen", "Phiếu chuyển", ("PC",), ("PC",)),
    DocumentType("phieu-bao", "Phiếu báo", ("PB",)),
    DocumentType("thu-cong", "Thư công"),
    DocumentType("sao-y", "Sao y", ("SY",)),
    DocumentType("trich-sao", "Trích sao", ("TrS",)),
    DocumentType("sao-luc", "Sao lục", ("SL",)),
    # Party only
    DocumentType("ket-luan", "Kết luận", (), ("KL",)),
    DocumentType("thong-tri", "Thông tri", (), ("TT",)),
    DocumentType("cuong-linh", "Cương lĩnh", (), ("CL",)),
    DocumentType("dieu-le", "Điều lệ", (), ("ĐL",)),
    DocumentType("chien-luoc", "Chiến lược", (), ("CL",)),
    DocumentType("quy-hoach", "Quy hoạch", (), ("QH",)),
    DocumentType("tuyen-bo", "Tuyên bố", (), ("TB",)),
    DocumentType("loi-keu-goi", "Lời kêu gọi", (), ("LKG",)),
    DocumentType("giay-chung-nhan", "Giấy chứng nhận", (), ("GCN",)),
    DocumentType("giay-di-duong", "Giấy đi đường", (), ("GĐĐ",)),
)

TYPES_BY_CODE = {document_type.code: document_type for document_type in DOCUMENT_TYPES}


def _codes_by_symbol(family: Family) -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for document_type in DOCUMENT_TYPES:
        symbols = document_type.party if family == "party" else document_type.state
        for symbol in symbols:
            codes[symbol.upper()] = (*codes.get(symbol.upper(), ()), document_type.code)
    return codes


# Upper-case symbol to the codes of the types it may stand for, in each family.
STATE_CODES = _codes_by_symbol("state")
PARTY_CODES = _codes_by_symbol("party")
TYPE_SYMBOLS = frozenset(STATE_CODES) | frozenset(PARTY_CODES)


def codes_of_symbol(symbol: str, family: Family) -> tuple[str, ...]:
    """Name the types an upper-case `symbol` may stand for in a number of `family`."""
    if family == "party":
        return ("thong-bao",) if symbol == "TB" else PARTY_CODES.get(symbol, ())
    if symbol == "CV":  # Some offices write it on letters of the state, too.
        return ("cong-van",)
    return STATE_CODES.get(symbol, ())


def type_name(code: str) -> str:
    """Give the Vietnamese name of the type that has `code`; "" if it is none of these."""
    return TYPES_BY_CODE[code].name if code in TYPES_BY_CODE else ""
