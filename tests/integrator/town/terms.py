from wagtail.models import Locale

from directives.models import DocumentType, IssuingBody


def add_terms():
    """A document type and an issuing body of the town's own; to be called by a data migration."""
    locale = Locale.get_default()
    DocumentType.objects.get_or_create(
        code="huong-uoc", locale=locale, defaults={"name": "Hương ước", "symbol": "HƯ"}
    )
    IssuingBody.objects.get_or_create(
        code="hoi-nghi-to-dan-pho",
        locale=locale,
        defaults={"name": "Hội nghị tổ dân phố", "level": "commune", "branch": "state"},
    )
