"""An official document as schema.org data, which search engines read."""

from headless.content.links.absolute_urls import absolute_url

from ..vocabularies.legal_status import LegalStatus


def describe_legislation(page, request) -> dict:
    """
    Return a document page as a schema.org `Legislation`, with its files and relations.

    Terms and properties are those of https://schema.org/Legislation.
    """
    body = page.issuing_body
    data = page.legislation | {
        "url": page.get_full_url(request),
        "legislationType": page.document_type.name,
        "abstract": page.subject,
        "legislationPassedBy": {"@type": "Organization", "name": body.name},
        "inLanguage": page.locale.language_code,
    }
    if body.locality:
        data["jurisdiction"] = body.locality
    if force := LegalStatus(page.legal_status).legal_force:
        data["legislationLegalForce"] = f"https://schema.org/{force}"
    if page.effective_on:
        data["legislationDateOfApplicability"] = page.effective_on.isoformat()
    if page.effective_on or page.expires_on:
        last = page.expires_on.isoformat() if page.expires_on else ".."
        data["temporalCoverage"] = f"{page.effective_on or page.issued_on}/{last}"
    if encoding := [_describe_file(row.document) for row in page.files]:
        data["encoding"] = encoding
    return data | _describe_relations(page)


def _describe_file(document):
    data = {"@type": "LegislationObject", "contentUrl": absolute_url(document.url)}
    if document.content_type:
        data["encodingFormat"] = document.content_type
    if document.file_size:
        data["contentSize"] = str(document.file_size)
    return data


def _describe_relations(page):
    properties = {}
    for row, directive in page.shown_relations:
        for name in row.structured_names:
            properties.setdefault(name, []).append(directive.legislation)
    return properties
