"""Papers that are numbered like official documents and are none.

Judgments, permits, contracts, plates, standards: rule A3 of docs/citation-grammar.md.
"""

import re

from .letters import fold, spelling, words


def _phrases(listed: str) -> dict[str, str]:
    """Map the folded form of each of the listed phrases to how it must be spelt."""
    phrases = listed.split(", ")
    return {fold(phrase): " ".join(map(spelling, phrase.split())) for phrase in phrases}


# The number of one of these is no citation, however far it stands behind the word in its clause.
FAR_WORDS = _phrases(
    "hợp đồng, bản án, thụ lý, giấy phép, giấy chứng nhận, giấy đăng ký, giấy khai sinh,"
    " chứng chỉ, chứng minh, chứng thư, căn cước, hộ chiếu, hóa đơn, biên lai, tài khoản,"
    " thửa đất, tờ bản đồ, biển số, biển kiểm soát, mẫu số, biểu mẫu, số nhà, điện thoại,"
    " contract, licence, license, permit, certificate, passport, invoice, account, judgment"
)
# These only when they stand directly before it, «số» or not.
NEAR_WORDS = _phrases(
    "tcvn, qcvn, tcxdvn, tcxd, tccs, tcn, iso, iec, astm, km, mã, mã số, mã hồ sơ,"
    " mã hiệu, mẫu, model, đt, sđt, tel, fax, hotline, nhà, ngõ, ngách, hẻm, kiệt, đường,"
    " phố, quốc lộ, tỉnh lộ, thửa, lô, xe, biển, vé, cif, biểu, phụ lục, cchn, gpxd, gplx, gcn,"
    " gcnqsdđ, cmnd, cccd, mst, sbd, số báo danh, ký hiệu hóa đơn"
)
# Of these, words may follow that say what for: «mã giao dịch 12/QĐ-UBND».
CODES = frozenset(("ma", "ma so"))
# Courts («12/2021/HS-ST»), permits and contracts number their papers in the same way.
_COURT_MATTERS = words(
    "HS DS HC LĐ KDTM HNGĐ HNGD KT LHS TLHS TLDS QĐST QĐPT QĐDS QĐHS QĐHC QĐLĐ QĐHNGĐ QĐKDTM"
)
_COURT_STAGES = words("ST PT GĐT TT")
_COURT = re.compile(r"(?:HS|DS|HC|LĐ|KDTM|HNGĐ|QĐ|TL|TB)(?:ST|PT|GĐT)[A-ZĐ]*|TL(?:ST|PT)")
_PERMITS = re.compile(
    r"GP(?:XD|HĐ|LX|KD|MT|TL|LH|SC|CN|QC)?|GCN[A-ZĐ]*|CCHN|CNĐKKD|ĐKKD|ĐKDN"
    r"|HĐ(?:KT|LĐ|MB|TD|XD|TV|DV|GK|NT|TC|TN|CN|TT|TX|VC|GC|ĐC|UT|HT)?|HDKT|HDLD|HDMB|HDTD"
)


def is_judgment(tokens: tuple[str, ...]) -> bool:
    """Tell whether the symbol is that of a court, «12/2021/HS-ST»."""
    if len(tokens) == 2 and tokens[0] in _COURT_MATTERS and tokens[1] in _COURT_STAGES:
        return True
    return any(map(_COURT.fullmatch, tokens))


def is_permit(token: str) -> bool:
    """Tell whether a symbol that begins with `token` is that of a permit, certificate or contract."""
    return _PERMITS.fullmatch(token) is not None
