from django.contrib.syndication.views import Feed
from django.http import Http404
from django.template.defaultfilters import linebreaks
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from headless.content.feeds import NormalisedAtomFeed, permanent_id

from .models import Comment
from .pages import get_public_page


class CommentFeed(Feed):
    """The newest comments on a page."""

    feed_type = NormalisedAtomFeed
    SIZE = 20

    def get_object(self, request, page):
        found = get_public_page(page, Site.find_for_request(request))
        if found is None:
            raise Http404
        return found

    def title(self, obj):
        return _("Comments on “%(title)s”") % {"title": obj.title}

    def link(self, obj):
        return f"{obj.full_url}#comments"

    def feed_guid(self, obj):
        return permanent_id(obj.translation_key, obj.locale.language_code, "comments")

    def items(self, obj):
        comments = Comment.objects.of_page(obj).shown().newest_first()
        return comments.exclude(body="").select_related("page")[: self.SIZE]

    def item_title(self, item):
        return item.name

    def item_description(self, item):
        # A feed reader takes this for HTML.
        return linebreaks(item.body, autoescape=True)

    def item_link(self, item):
        return reverse("civic_feedback:comment", args=[item.pk])

    def item_guid(self, item):
        return permanent_id(item.page.translation_key, "comments", item.pk)

    def item_author_name(self, item):
        return item.name

    def item_pubdate(self, item):
        return item.created_at

    item_updateddate = item_pubdate
