from django.db.models import Case, F, Prefetch, Q, QuerySet, Value, When
from wagtail.models import Page
from wagtail.permissions import policy_registry

from headless.content.search import contains_folded


class CommentQuerySet(QuerySet):
    """Chainable reads of comments."""

    def of_page(self, page):
        """Comments on a page; none for an unsaved page."""
        return self.filter(page_id=page.pk) if page.pk else self.none()

    def of_site(self, site):
        """Comments on the pages of a site, in all its languages."""
        pages = Page.objects.none()
        for home in Page.objects.filter(translation_key=site.root_page.translation_key):
            pages |= Page.objects.descendant_of(home)
        return self.filter(page__in=pages.values("pk"))

    def approved(self):
        return self.filter(status="approved")

    def waiting(self):
        """Comments that need a moderator: pending, or reported by readers."""
        return self.filter(Q(status="pending") | Q(reports__gt=0))

    def threads(self):
        """Top-level comments, without replies."""
        return self.filter(parent__isnull=True)

    def shown(self):
        """Public comments: approved, and if replies, to approved ones."""
        return self.approved().filter(Q(parent__isnull=True) | Q(parent__status="approved"))

    def with_contact_for(self, user):
        """Annotate `contact`, the e-mail address, which is "" where `user` does not moderate."""
        policy = policy_registry.get_by_type(self.model)
        moderated = policy.instances_user_has_permission_for(user, "change")
        return self.annotate(
            contact=Case(
                When(pk__in=moderated.order_by().values("pk"), then=F("email")), default=Value("")
            )
        )

    def containing(self, words):
        """
        Return those with all `words` in the comment, the author's name or contact, or the page's
        title, with or without diacritics.

        To be called on comments `with_contact_for` somebody.
        """
        found = self
        for word in words.split()[:10]:
            found = found.filter(
                Q(contains_folded("body", word))
                | Q(contains_folded("name", word))
                | Q(contact__icontains=word)
                | Q(contains_folded("page__title", word))
            )
        return found

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def oldest_first(self):
        return self.order_by("created_at", "pk")

    def with_replies(self):
        """Prefetch approved replies as `shown_replies`, oldest first, in one more query."""
        replies = self.model.objects.approved().oldest_first()
        return self.prefetch_related(Prefetch("replies", replies, to_attr="shown_replies"))
