"""Names of the standard document types and central issuing bodies, in Vietnamese and English."""

from ..citations.document_types import DOCUMENT_TYPES
from ..citations.issuers import ISSUERS

SOURCE_LANGUAGE = "vi"

ENGLISH_NAMES = {
    # Types
    "hien-phap": "Constitution",
    "bo-luat": "Code",
    "luat": "Law",
    "phap-lenh": "Ordinance",
    "lenh": "Order",
    "nghi-quyet": "Resolution",
    "nghi-quyet-lien-tich": "Joint Resolution",
    "nghi-dinh": "Decree",
    "quyet-dinh": "Decision",
    "thong-tu": "Circular",
    "thong-tu-lien-tich": "Joint Circular",
    "van-ban-hop-nhat": "Consolidated Document",
    "sac-lenh": "Ordinance-Decree",
    "chi-thi": "Directive",
    "quy-che": "Regulation",
    "quy-dinh": "Rules",
    "thong-cao": "Communiqué",
    "thong-bao": "Notice",
    "huong-dan": "Guidelines",
    "chuong-trinh": "Programme",
    "ke-hoach": "Plan",
    "phuong-an": "Scheme",
    "de-an": "Proposal",
    "du-an": "Project",
    "bao-cao": "Report",
    "bien-ban": "Minutes",
    "to-trinh": "Submission",
    "hop-dong": "Contract",
    "cong-van": "Official Letter",
    "cong-dien": "Official Telegram",
    "ban-ghi-nho": "Memorandum",
    "ban-thoa-thuan": "Agreement",
    "giay-uy-quyen": "Authorisation",
    "giay-moi": "Invitation",
    "giay-gioi-thieu": "Letter of Introduction",
    "giay-nghi-phep": "Leave Permit",
    "phieu-gui": "Dispatch Slip",
    "phieu-chuyen": "Transfer Slip",
    "phieu-bao": "Notification Slip",
    "thu-cong": "Public Letter",
    "sao-y": "Certified Copy",
    "trich-sao": "Certified Extract",
    "sao-luc": "Transcript",
    "ket-luan": "Conclusion",
    "thong-tri": "Instruction",
    "cuong-linh": "Platform",
    "dieu-le": "Statutes",
    "chien-luoc": "Strategy",
    "quy-hoach": "Master Plan",
    "tuyen-bo": "Declaration",
    "loi-keu-goi": "Appeal",
    "giay-chung-nhan": "Certificate",
    "giay-di-duong": "Travel Permit",
    # Bodies
    "ban-chap-hanh-trung-uong": "Central Committee",
    "bo-chinh-tri": "Political Bureau",
    "ban-bi-thu": "Secretariat of the Central Committee",
    "van-phong-trung-uong": "Office of the Central Committee",
    "ban-to-chuc-trung-uong": "Central Organisation Commission",
    "ban-tuyen-giao-va-dan-van-trung-uong": "Central Communication and Mass Mobilisation Commission",
    "ban-noi-chinh-trung-uong": "Central Internal Affairs Commission",
    "ban-chinh-sach-chien-luoc-trung-uong": "Central Policy and Strategy Commission",
    "uy-ban-kiem-tra-trung-uong": "Central Inspection Commission",
    "quoc-hoi": "National Assembly",
    "uy-ban-thuong-vu-quoc-hoi": "Standing Committee of the National Assembly",
    "chu-tich-nuoc": "State President",
    "chinh-phu": "Government",
    "thu-tuong-chinh-phu": "Prime Minister",
    "van-phong-chinh-phu": "Office of the Government",
    "van-phong-quoc-hoi": "Office of the National Assembly",
    "van-phong-chu-tich-nuoc": "Office of the State President",
    "toa-an-nhan-dan-toi-cao": "Supreme People's Court",
    "kiem-toan-nha-nuoc": "State Audit Office",
    "thanh-tra-chinh-phu": "Government Inspectorate",
    "ngan-hang-nha-nuoc": "State Bank of Vietnam",
    "bo-noi-vu": "Ministry of Home Affairs",
    "bo-tai-chinh": "Ministry of Finance",
    "bo-cong-thuong": "Ministry of Industry and Trade",
    "bo-xay-dung": "Ministry of Construction",
    "bo-khoa-hoc-va-cong-nghe": "Ministry of Science and Technology",
    "bo-dan-toc-va-ton-giao": "Ministry of Ethnic and Religious Affairs",
    "bo-y-te": "Ministry of Health",
    "bo-giao-duc-va-dao-tao": "Ministry of Education and Training",
    "bo-tu-phap": "Ministry of Justice",
    "bo-cong-an": "Ministry of Public Security",
    "bo-quoc-phong": "Ministry of National Defence",
    "hoi-dong-tham-phan": "Council of Justices of the Supreme People's Court",
    "vien-kiem-sat-nhan-dan-toi-cao": "Supreme People's Procuracy",
    "bo-nong-nghiep-va-moi-truong": "Ministry of Agriculture and Environment",
    "bo-van-hoa-the-thao-va-du-lich": "Ministry of Culture, Sports and Tourism",
    "bo-ngoai-giao": "Ministry of Foreign Affairs",
}


def seed_terms(*, document_type, issuing_body, locale) -> int:
    """
    Create the standard terms that `locale` does not have; return how many were created.

    `document_type` and `issuing_body` are model classes, so that a migration can pass its
    historical ones. A term with the same code in another language becomes the new term's
    translation. Languages other than the source language get English names, for editors to
    translate.
    """
    types = [(document_type, row, {"symbol": _first_symbol(row)}) for row in DOCUMENT_TYPES]
    bodies = [
        (issuing_body, row, {"level": "central", "branch": row.family})
        for row in ISSUERS
        if row.level == "central" and row.current
    ]
    made = 0
    for model, row, facts in types + bodies:
        if model.objects.filter(locale=locale, code=row.code).exists():
            continue
        source = model.objects.filter(code=row.code).first()
        if source:
            facts["translation_key"] = source.translation_key
        name = row.name
        if locale.language_code != SOURCE_LANGUAGE:
            name = ENGLISH_NAMES.get(row.code, row.name)
        model.objects.create(locale=locale, code=row.code, name=name, **facts)
        made += 1
    return made


def _first_symbol(row):
    return next(iter((*row.state, *row.party)), "")
