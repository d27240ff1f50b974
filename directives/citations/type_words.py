"""Words and abbreviations that stand for a type of document in front of its number."""

from .document_types import DOCUMENT_TYPES
from .letters import fold, spelling

# Types known by their symbol only: as words they begin what is no citation, or no document.
_NO_WORD = ("hop-dong", "giay-chung-nhan", "sao-luc")
_MORE_WORDS = {
    "thông tư liên bộ": "thong-tu-lien-tich",
    "TT liên tịch": "thong-tu-lien-tich",
    "NQ liên tịch": "nghi-quyet-lien-tich",
    "thỏa thuận": "ban-thoa-thuan",
    "bản sao y": "sao-y",
}
_GENERIC = ("văn bản", "VB")
# As translated pages say; more codes than one leave it to the symbol.
_ENGLISH: dict[str, tuple[str, ...]] = {
    "decision": ("quyet-dinh",),
    "decree": ("nghi-dinh",),
    "circular": ("thong-tu",),
    "joint circular": ("thong-tu-lien-tich",),
    "resolution": ("nghi-quyet",),
    "joint resolution": ("nghi-quyet-lien-tich",),
    "directive": ("chi-thi",),
    "conclusion": ("ket-luan",),
    "regulation": ("quy-dinh", "quy-che"),
    "ordinance": ("phap-lenh",),
    "law": ("luat",),
    "code": ("bo-luat",),
    "order": ("lenh",),
    "plan": ("ke-hoach",),
    "program": ("chuong-trinh",),
    "programme": ("chuong-trinh",),
    "action program": ("chuong-trinh",),
    "action programme": ("chuong-trinh",),
    "scheme": ("de-an",),
    "project": ("de-an", "du-an"),
    "report": ("bao-cao",),
    "notice": ("thong-bao",),
    "notification": ("thong-bao",),
    "announcement": ("thong-bao",),
    "guideline": ("huong-dan",),
    "guidance": ("huong-dan",),
    "instruction": ("huong-dan", "chi-thi"),
    "submission": ("to-trinh",),
    "proposal": ("to-trinh",),
    "statement": ("to-trinh",),
    "letter": ("cong-van",),
    "official letter": ("cong-van",),
    "dispatch": ("cong-dien", "cong-van"),
    "official dispatch": ("cong-dien", "cong-van"),
    "telegram": ("cong-dien",),
    "official telegram": ("cong-dien",),
    "document": (),
    "official document": (),
}
# Written for the word itself: «NQ 52-NQ/TW», «CV 5973/UBND-KT». Case matters: TT is not «tt».
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "NQ": ("nghi-quyet",),
    "NQLT": ("nghi-quyet-lien-tich",),
    "QĐ": ("quyet-dinh", "quy-dinh"),
    "QD": ("quyet-dinh", "quy-dinh"),
    "QyĐ": ("quy-dinh",),
    "QĐi": ("quy-dinh",),
    "NĐ": ("nghi-dinh",),
    "ND": ("nghi-dinh",),
    "TT": ("thong-tu", "thong-tri"),
    "TTLT": ("thong-tu-lien-tich",),
    "CT": ("chi-thi",),
    "KL": ("ket-luan",),
    "KH": ("ke-hoach",),
    "TB": ("thong-bao",),
    "BC": ("bao-cao",),
    "HD": ("huong-dan",),
    "CV": ("cong-van",),
    "CĐ": ("cong-dien",),
    "CTr": ("chuong-trinh",),
    "CTR": ("chuong-trinh",),
    "TTr": ("to-trinh",),
    "TTR": ("to-trinh",),
    "QC": ("quy-che",),
    "ĐA": ("de-an",),
    "PA": ("phuong-an",),
    "GM": ("giay-moi",),
    "PL": ("phap-lenh",),
    "VBHN": ("van-ban-hop-nhat",),
    "VB": (),
}


# Folded words to how they must be spelt, and the codes they may stand for.
TYPE_WORDS: dict[str, tuple[str, tuple[str, ...]]] = {
    fold(name): (" ".join(map(spelling, name.split())), codes)
    for name, codes in (
        *((t.name, (t.code,)) for t in DOCUMENT_TYPES if t.code not in _NO_WORD),
        *((name, (code,)) for name, code in _MORE_WORDS.items()),
        *((name, ()) for name in _GENERIC),
    )
}
# Pasted text loses spaces: «Quyếtđịnh số 5/QĐ-UBND».
TYPE_WORDS |= {
    fold("".join(name.split())): (spelling("".join(name.split())), (code,))
    for name, code in ((t.name, t.code) for t in DOCUMENT_TYPES if t.code not in _NO_WORD)
    if " " in name
}
ENGLISH = frozenset(_ENGLISH) | frozenset(f"{name}s" for name in _ENGLISH)
TYPE_WORDS |= {
    written: (" ".join(map(spelling, written.split())), codes)
    for name, codes in _ENGLISH.items()
    for written in (name, f"{name}s")
}
LAST_WORDS = frozenset(phrase.split()[-1] for phrase in TYPE_WORDS) | frozenset(
    map(fold, ABBREVIATIONS)
)
