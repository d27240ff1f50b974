"""
Resolve citations to pages of official documents.

Candidates are narrowed by number key, then type, place, date and year; a citation is linked only if
one document remains. A number alone identifies nothing: every province has its «123/QĐ-UBND», so a
local document must be of the place in the text, or else of the site's own. No link is better than a
wrong one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Q
from wagtail.models import Locale, Page, Site

from ..citations import Place, Reference, is_central, ordinal_of, read_places
from ..citations.issuers import ISSUERS
from ..citations.letters import fold
from ..citations.places import fold_name, tells_level
from ..models import Citation, CitationDecision, DirectivePage, DirectiveSettings, IssuingBody
from .committees import is_same_committee

Status = Citation.Status
Level = IssuingBody.Level
# Words for places that do not tell the level of government.
_OF_ANY_LEVEL = {"city", "unit"}
_OF_COMMUNES = {"commune", "unit"}


@dataclass(frozen=True)
class Resolution:
    """Result of resolving a reference; `candidates` are the documents an editor may choose from."""

    status: Status
    directive: DirectivePage | None = None
    candidates: list[DirectivePage] = field(default_factory=list)


@dataclass(frozen=True)
class Locality:
    """The place of a site as folded names; "" where its settings do not say."""

    site: int | None = None
    commune: str = ""
    province: str = ""


@dataclass(frozen=True)
class Candidate:
    """A document that a number may refer to: one page for all its languages."""

    page: DirectivePage
    locality: Locality

    @property
    def kind(self):
        """Return the code of the document type."""
        return self.page.document_type.code

    @property
    def level(self):
        """Return the level of the issuing body."""
        return self.page.issuing_body.level

    @property
    def document(self):
        """Return the key by which pages of the same document are equal."""
        body = self.page.issuing_body.code
        return self.page.number_key, self.kind, self.page.issued_on, body

    @cached_property
    def places(self) -> dict[str, str]:
        """
        Return commune, district and province by level, from the issuing body, then from the site.
        """
        body = self.page.issuing_body
        named = [place for place in read_places(body.locality) if place.name]
        if body.locality and not named:
            named = [
                Place(
                    "commune" if body.level == Level.COMMUNE else "province",
                    fold_name(body.locality),
                )
            ]
        named += [place for place in read_places(body.name) if place.name]
        places = {}
        for place in named:
            level = place.level
            if level == "city":
                level = "province" if body.level == Level.PROVINCE else "district"
            places.setdefault(level, place.name)
        if body.level == Level.COMMUNE and self.locality.commune:
            places.setdefault("commune", self.locality.commune)
        if self.locality.province:
            places.setdefault("province", self.locality.province)
        return places


def resolve_references(asked: Iterable[tuple[Page, Reference]]) -> list[Resolution]:
    """
    Resolve references of pages; return the resolutions in the same order.

    Takes (page, reference) pairs. Editors' decisions override the rules. The number of queries is
    constant.
    """
    asked = list(asked)
    if not asked:
        return []
    decisions = _decisions({page.pk for page, reference in asked})
    chosen = {each.directive.translation_key for each in decisions.values() if each.directive}
    register = CandidateIndex((reference for page, reference in asked), chosen)
    places = register.localities_of({page.pk: page for page, reference in asked})
    resolutions = []
    for page, reference in asked:
        resolution = register.resolve(reference, places[page.pk])
        decision = decisions.get((page.pk, reference.identity))
        if decision:
            resolution = register.apply_decision(decision, resolution)
        resolutions.append(resolution)
    return resolutions


def _decisions(pages):
    pages.discard(None)
    found = CitationDecision.objects.filter(source__in=pages).select_related("directive")
    return {(each.source_id, each.identity): each for each in found}


class CandidateIndex:
    """
    Index of the live, public documents that given references may refer to.

    `chosen` adds documents by translation key: those that editors decided on.
    """

    def __init__(self, references: Iterable[Reference], chosen: Iterable = ()):
        self._resolved = {}
        settings = {each.site_id: each for each in DirectiveSettings.objects.all()}
        self._roots = []
        for root in Site.get_site_root_paths():
            place = settings.get(root.site_id)
            locality = Locality(
                root.site_id,
                _name_of(place.commune) if place else "",
                _name_of(place.province) if place else "",
            )
            self._roots.append((root.root_path, locality))
        self._roots.sort(key=lambda root: len(root[0]), reverse=True)
        self._by_key, self._by_ordinal, self._by_document = {}, {}, {}
        for candidate in self._candidates(references, set(chosen)):
            key = candidate.page.number_key
            self._by_document[candidate.page.translation_key] = candidate.page
            self._by_key.setdefault(key, []).append(candidate)
            self._by_ordinal.setdefault((candidate.kind, ordinal_of(key)), []).append(candidate)

    def locality_of(self, url_path: str) -> Locality:
        """Return the locality of the site that a page with this URL path is on."""
        for root_path, locality in self._roots:
            if url_path.startswith(root_path):
                return locality
        return Locality()

    def localities_of(self, pages: dict) -> dict:
        """
        Return the locality in which the text of each page is read, by primary key.

        That is the locality of its site; a document issued by another place speaks of that place.
        """
        places = {pk: self.locality_of(page.url_path) for pk, page in pages.items()}
        documents = DirectivePage.objects.filter(pk__in=pages.keys() - {None}).defer("body")
        for document in documents.select_related("document_type", "issuing_body"):
            here = places[document.pk]
            own = Candidate(document, here).places
            places[document.pk] = replace(
                here,
                commune=own.get("commune", here.commune),
                province=own.get("province", here.province),
            )
        return places

    def resolve(self, reference: Reference, here: Locality) -> Resolution:
        """Return the resolution of `reference` for a page in `here` by the rules alone."""
        facts = (here, reference.identity)
        if facts not in self._resolved:
            self._resolved[facts] = self._resolve(reference, here)
        return self._resolved[facts]

    def apply_decision(self, decision: CitationDecision, resolution: Resolution) -> Resolution:
        """Return the resolution as overridden by an editor's decision."""
        if decision.directive_id is None:
            return replace(resolution, status=Status.DISMISSED, directive=None)
        page = self._by_document.get(decision.directive.translation_key)
        status = Status.LINKED if page else Status.MISSING
        return replace(resolution, status=status, directive=page)

    def _candidates(self, references, chosen):
        keys, ordinals, kinds = set(), set(), set()
        for reference in references:
            if reference.partial:
                ordinals.add(re.escape(ordinal_of(reference.key)))
                kinds.add(reference.document_type)
            else:
                keys.add(reference.key)
        wanted = Q(number_key__in=keys)
        if ordinals:
            pattern = rf"^({'|'.join(sorted(ordinals))})[-/]"
            wanted |= Q(document_type__code__in=kinds, number_key__regex=pattern)
        if chosen:
            wanted |= Q(translation_key__in=chosen)
        pages = DirectivePage.objects.published().filter(wanted).defer("body")
        pages = pages.select_related("document_type", "issuing_body")
        return [
            Candidate(page, self.locality_of(page.url_path))
            for page in _default_translations(pages)
        ]

    def _resolve(self, reference, here):
        if reference.partial:
            found = self._by_ordinal.get((reference.document_type, ordinal_of(reference.key)), [])
            found = [each for each in found if _is_of_year(each.page, reference.year)]
        else:
            found = self._by_key.get(reference.key, [])
        if reference.document_type:
            found = [each for each in found if each.kind == reference.document_type]
        found = [each for each in found if _is_compatible(each, reference, here)]
        found = _of_named_committee(found, reference)
        dated = [each for each in found if _agrees(each.page.issued_on, reference)]
        if found and not dated:
            return Resolution(Status.CONFLICT, candidates=[each.page for each in found])
        found = _deduplicate(dated, here)
        pages = [each.page for each in found]
        if not found:
            status = Status.CONFLICT if _years_disagree(reference) else Status.MISSING
            return Resolution(status)
        certain = len(found) == 1 and not reference.partial
        if certain and _is_certain(found[0], reference, here):
            return Resolution(Status.LINKED, pages[0], pages)
        return Resolution(Status.AMBIGUOUS, candidates=pages)


def _of_named_committee(candidates, reference):
    """Return the candidates that are of the committee in the text, or may be."""
    told = [is_same_committee(reference.issuer, each.page.issuing_body.name) for each in candidates]
    wanted = {True} if True in told else {None}
    return [each for each, same in zip(candidates, told, strict=True) if same in wanted]


def _default_translations(pages) -> list[DirectivePage]:
    """Return one page for each document: in the default language if there is one."""
    default = Locale.get_default().pk
    chosen = {}
    for page in pages.order_by("pk"):
        if page.translation_key not in chosen or page.locale_id == default:
            chosen[page.translation_key] = page
    return list(chosen.values())


def _name_of(locality: str) -> str:
    places = read_places(locality)
    return places[0].name if places and places[0].name else fold_name(locality)


def _agrees(issued_on, reference) -> bool:
    if reference.date:
        return issued_on == reference.date
    # A year within the number is already compared as part of the key.
    return (
        reference.year is None
        or issued_on.year == reference.year
        or _is_numbered_by_year(reference)
    )


def _is_of_year(page, year) -> bool:
    return year is None or f"/{year}/" in page.number_key or page.issued_on.year == year


def _is_numbered_by_year(reference) -> bool:
    return f"/{reference.year}/" in reference.key


def _years_disagree(reference) -> bool:
    """Return whether number and date contradict each other: «12/2012/TT-BNV ngày 06/10/2008»."""
    year = re.search(r"/([0-9]{4})(?:/|$)", reference.key)
    return bool(year and reference.date and int(year[1]) != reference.date.year)


def _is_local(candidate) -> bool:
    return candidate.level != Level.CENTRAL and not is_central(candidate.page.number_key)


def _is_compatible(candidate, reference, here) -> bool:
    """Return whether nothing known of the candidate's place contradicts the reference."""
    if not _is_local(candidate):
        levels = {place.level for place in reference.places}
        named = any(place.name for place in reference.places)
        return not named and (levels <= {"country"} or is_central(reference.key))
    wanted = _wanted_places(candidate, reference, here)
    known = candidate.places
    if any(known.get(level, name) != name for level, name in wanted.items()):
        return False
    if not all(_place_is_compatible(candidate, place) for place in reference.places):
        return False
    levels = {place.level for place in reference.places}
    if levels and candidate.level == Level.COMMUNE and levels.isdisjoint(_OF_COMMUNES):
        return False  # The reference names a body of the province, not of the commune.
    if not any(place.name for place in reference.places) and here.site != candidate.locality.site:
        # The text names no place: a page of another site must certainly be of this place.
        return _is_certain(candidate, reference, here)
    return True


def _wanted_places(candidate, reference, here) -> dict[str, str]:
    """
    Return the names of places by level that the issuer must match.

    They come from the text, and where it names none, from the site's locality.
    """
    named = [place for place in reference.places if place.name]
    wanted = {place.level: place.name for place in named if place.level not in _OF_ANY_LEVEL}
    if not named and candidate.level == Level.COMMUNE and here.commune:
        wanted["commune"] = here.commune
    if not {"province", "city"} & {place.level for place in named} and here.province:
        wanted["province"] = here.province
    return wanted


def _place_is_compatible(candidate, place) -> bool:
    """Return whether a place in the text may be the place of the candidate's body."""
    if not place.name:  # «tỉnh» or «xã» alone tells only the level.
        wanted = {
            "country": Level.CENTRAL,
            "province": Level.PROVINCE,
            "city": Level.PROVINCE,
            "commune": Level.COMMUNE,
        }
        return candidate.level == wanted.get(place.level)
    known = candidate.places
    if place.level == "unit":
        return place.name in known.values()
    if place.level == "city":
        return place.name in (known.get("province", place.name), known.get("district"))
    return not (place.level == "commune" and candidate.level == Level.PROVINCE)


def _is_certain(candidate, reference, here) -> bool:
    """Return whether the candidate's place is known and equals the one meant."""
    if not _is_local(candidate):
        # Symbols such as «BCĐ» and «HĐ» are used at every level.
        return tells_level(reference.key) or bool(reference.places)
    known = candidate.places
    named = [place for place in reference.places if place.name]
    if named:
        return all(_is_place_of(known, place) for place in named)
    of_a_district = "district" in known and candidate.level != Level.COMMUNE
    if of_a_district and reference.issuer and not reference.places:
        return False
    if candidate.locality.site == here.site and here.site is not None:
        return True
    level = "commune" if candidate.level == Level.COMMUNE else "province"
    own = {"commune": here.commune, "province": here.province}
    if not own[level] or known.get(level) != own[level]:
        return False
    return level == "province" or bool(own["province"] and known.get("province") == own["province"])


def _is_place_of(known, place) -> bool:
    if place.level == "unit":
        return place.name in known.values()
    if place.level == "city":
        return place.name in (known.get("province"), known.get("district"))
    return known.get(place.level) == place.name


def _deduplicate(candidates, here) -> list[Candidate]:
    """Return one page for each document: the site's own, else the oldest one."""
    chosen = {}
    for candidate in candidates:
        kept = chosen.get(candidate.document)
        own = candidate.locality.site == here.site
        if kept is None or (own and kept.locality.site != here.site):
            chosen[candidate.document] = candidate
    return list(chosen.values())


def guess_issuing_body(issuer: str, key: str, here: Locality, locale: Locale) -> IssuingBody | None:
    """
    Return the issuing body that a citation's words most likely mean, or None if in doubt.

    Used to prefill a form. The longest body name contained in the words wins; without any, the only
    body whose symbol is in the key.
    """
    bodies = list(IssuingBody.objects.filter(locale=locale))
    words = _spelt_out(issuer)
    named = [body for body in bodies if words and _spelt_out(body.name) in words]
    if words and not named:
        named = [body for body in bodies if words in _spelt_out(body.name)]
    if named:
        longest = max(len(body.name) for body in named)
        named = [body for body in named if len(body.name) == longest]
    elif not key.startswith("?"):
        tokens = set(re.split(r"[/-]", key))
        codes = {each.code for each in ISSUERS if each.abbreviation.upper() in tokens}
        named = [body for body in bodies if body.code in codes]
    if len(named) > 1:
        local = {here.commune, here.province} - {""}
        named = [body for body in named if _name_of(body.locality) in local]
    return named[0] if len(named) == 1 else None


def _spelt_out(name: str) -> str:
    words = f" {' '.join(fold(name).split())} "
    for short, long in _SHORTENED.items():
        words = words.replace(f" {short} ", f" {long} ")
    return words.strip()


_SHORTENED = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "bch": "ban chap hanh",
    "btv": "ban thuong vu",
    "tw": "trung uong",
}
