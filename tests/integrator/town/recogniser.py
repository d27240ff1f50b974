import re

from directives.citations import FoundCitation

CONVENTION = re.compile(r"Hương ước số (?P<number>\d{1,3}/HƯ-\w+)")


def find_conventions(text: str, *, html: bool = False) -> list[FoundCitation]:
    """Conventions of hamlets («Hương ước số 3/HƯ-TDP5»), which the portal does not know."""
    return [
        FoundCitation(
            start=match.start(),
            end=match.end(),
            num_start=match.start("number"),
            num_end=match.end("number"),
            number=match["number"],
            key=match["number"].upper(),
            document_type="huong-uoc",
            year=None,
            date=None,
            issuer=None,
            form="full",
            family="state",
        )
        for match in CONVENTION.finditer(text)
    ]
