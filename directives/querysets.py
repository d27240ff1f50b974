"""QuerySet of official documents."""

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import PageQuerySet

from headless.content.search import find
from headless.content.visibility import is_published, public_documents, published

from .number_queries import (
    NumberColumns,
    has_number,
    is_named,
    names_more_than_ordinal,
    names_number,
)
from .vocabularies.legal_status import LegalStatus

NUMBER = NumberColumns("number_key", "document_type__code", ("issued_on__year",))
CITED_NUMBER = NumberColumns("key", "document_type", ("year", "date__year"))


class DirectiveQuerySet(PageQuerySet):
    """Chainable reads of official documents."""

    def published(self):
        """Return the documents that lists show: live, public and not an alias."""
        return published(self)

    def newest_first(self):
        """Order by date of issue, newest first; by primary key among equals."""
        return self.order_by("-issued_on", "-pk")

    def for_list(self):
        """Select what a row of the register prints, in the same query."""
        return self.select_related("document_type", "issuing_body").with_legal_status()

    def for_api(self):
        """Prefetch what a document's card has in API v3: its files and language by two queries."""
        files = self.model._meta.get_field("attachments").related_model
        files = files.objects.filter(document__in=public_documents())
        files = files.select_related("document__given_name").order_by("sort_order", "pk")
        return self.for_list().prefetch_related("locale", Prefetch("attachments", files))

    def related_to(self, directive):
        """Return the documents with a relation to `directive`, in either direction."""
        relation = self.model._meta.get_field("relations").related_model
        acting = relation.objects.filter(target__translation_key=directive.translation_key)
        acted_on = relation.objects.filter(page=directive)
        return self.filter(
            Q(pk__in=acting.values("page"))
            | Q(translation_key__in=acted_on.values("target__translation_key"))
        )

    def with_number_or_text(self, text, *, as_typed=False):
        """
        Return the documents that `text` names by their number, or by its beginning, or whose text
        contains its words; with `as_typed`, the last word may be begun only.

        «21kl/tw», «21-KL/TW», «Kết luận số 21-KL/TW» and «ket luan 21» all find document 21-KL/TW.
        """
        found = find(self, text, as_typed=as_typed)
        return self.filter(is_named(text, NUMBER) | Q(pk__in=[each.key for each in found]))

    def with_number(self, text):
        """Return the documents whose number is `text`, alone or after its type."""
        return self.filter(has_number(text, NUMBER))

    def numbered(self, text):
        """
        Return the documents that `text` names by their number, or by its beginning.

        «65/KH-UBND», «65-kh/ubnd», «65KH», «kh 65» and «65» all name document 65/KH-UBND. None for
        a text without a digit.
        """
        return self.filter(is_named(text, NUMBER)) if names_number(text) else self.none()

    def numbered_first(self, text):
        """
        Order by date of issue, newest first, but before all others the documents that `text` names:
        first those with exactly this number.
        """
        return self.order_by(*self.order_for(text), "-issued_on", "-pk")

    def order_for(self, text):
        """Return the expressions that order the documents named by `text` before all others."""
        if not names_number(text):
            return []
        exact = has_number(text, NUMBER)
        return [Case(When(exact, then=0), When(is_named(text, NUMBER), then=1), default=2)]

    def first_with(self, facts, drafted):
        """
        Return the first document with these values, or None.

        Compares both states: `facts` with the live row that readers see, `drafted`, as JSON has
        them, with the draft that editors see.
        """
        drafted = {f"latest_revision__content__{name}": value for name, value in drafted.items()}
        return (
            self.filter(Q(live=True) | Q(latest_revision=None), **facts).first()
            or self.filter(Q(live=False) | Q(has_unpublished_changes=True), **drafted).first()
        )

    def with_legal_status(self):
        """
        Annotate `legal_status` (a `LegalStatus`) as of today in the site's time zone.

        An editor's override wins, then relations from live, public documents, then the dates. Party
        documents are in no register of legal force, so they are unknown unless replaced or
        repealed.
        """
        today = timezone.localdate()
        relation = self.model._meta.get_field("relations").related_model
        # Judge only documents that end another: a list of all public ones is long.
        ending = relation.objects.filter(
            is_published("page__"),
            target__translation_key=OuterRef("translation_key"),
            kind__in=relation.ENDING,
        ).annotate(since=Coalesce("page__effective_on", "page__issued_on"))
        ending = ending.filter(since__lte=today)
        return self.annotate(
            legal_status=Case(
                When(~Q(status_override=""), then=F("status_override")),
                When(Exists(ending.filter(partly=False)), then=Value(LegalStatus.EXPIRED)),
                When(expires_on__lt=today, then=Value(LegalStatus.EXPIRED)),
                When(issuing_body__branch="party", then=Value(LegalStatus.UNKNOWN)),
                When(effective_on__gt=today, then=Value(LegalStatus.NOT_YET)),
                When(Exists(ending.filter(partly=True)), then=Value(LegalStatus.PARTLY_EXPIRED)),
                When(Q(effective_on=None, issued_on__gt=today), then=Value(LegalStatus.NOT_YET)),
                default=Value(LegalStatus.IN_FORCE),
                output_field=CharField(),
            )
        )


class CitationQuerySet(QuerySet):
    """Chainable reads of citations."""

    def naming(self, text):
        """
        Return the citations of documents that a reader's query names by their number.

        They are found however their texts write it: in short form by their documents, and without a
        document by the number they cite. None for a numeral alone, which names too many.
        """
        if not names_more_than_ordinal(text):
            return self.none()
        documents = self.model._meta.get_field("directive").related_model.objects
        named = documents.numbered(text).order_by().values("translation_key")
        named = documents.filter(translation_key__in=named).values("pk")
        return self.filter(Q(directive__in=named) | is_named(text, CITED_NUMBER))
