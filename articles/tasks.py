"""What happens after a reader was answered."""

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext
from django_tasks import task
from wagtail.models import Site

from .models import Comment, CommentSettings


@task()
def tell_moderators(site_pk: int) -> bool:
    """
    Tells a site's moderators by e-mail how many comments wait; at most once in the set time.

    Returns whether a message was sent. The first of several processes to take the mark sends.
    """
    site = Site.objects.filter(pk=site_pk).select_related("root_page__locale").first()
    if site is None:
        return False
    policy = CommentSettings.of_site(site)
    if not policy.notified:
        return False
    mark = f"articles.moderators_told:{site.pk}"
    if not cache.add(mark, True, policy.notify_minutes * 60):
        return False
    number = Comment.objects.of_site(site).waiting().count()
    if not number:
        return False
    with translation.override(site.root_page.locale.language_code):
        subject = ngettext(
            "%(site)s: %(count)d reader comment waits",
            "%(site)s: %(count)d reader comments wait",
            number,
        ) % {"site": site.site_name or site.hostname, "count": number}
        address = reverse(Comment.snippet_viewset.get_url_name("list"))
        host = getattr(settings, "WAGTAILADMIN_BASE_URL", "")
        text = render_to_string(
            "articles/admin/waiting.txt",
            {
                "number": number,
                "address": f"{host}{address}?waiting=true",
                "minutes": policy.notify_minutes,
            },
        )
    # To each alone: moderators need not know each other's addresses.
    for address in policy.notified:
        send_mail(subject, text, None, [address])
    return True
