"""E-mails to moderators about waiting comments."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext
from django_tasks import task
from wagtail.models import Site

from headless.conf import shared_cache

from ..models import Comment, CommentSettings

logger = logging.getLogger(__name__)


@task()
def notify_moderators(site_pk: int) -> bool:
    """
    Tell a site's moderators by e-mail how many comments wait, at most once in the set time.

    Return whether a message was sent. The first of several processes to take the mark sends.
    """
    site = Site.objects.filter(pk=site_pk).select_related("root_page__locale").first()
    if site is None:
        return False
    policy = CommentSettings.of_site(site.pk)
    if not policy.notified:
        return False
    mark = f"feedback.moderators_told:{site.pk}"
    if not shared_cache.add(mark, True, policy.notify_minutes * 60):
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
            "civic_feedback/admin/waiting.txt",
            {
                "number": number,
                "address": f"{host}{address}?waiting=true",
                "minutes": policy.notify_minutes,
            },
        )
    try:
        return send_to_each(policy.notified, subject, text)
    except OSError:
        # Nobody was told: the next comment that waits tries again.
        shared_cache.delete(mark)
        raise


def send_to_each(addresses: list[str], subject: str, text: str) -> bool:
    """
    Send a message to each address alone: moderators need not know each other's.

    One that fails keeps it from no other; if all fail, raise the last error.
    """
    failed = []
    for address in addresses:
        try:
            send_mail(subject, text, None, [address])
        except OSError as error:  # SMTPException is one
            logger.exception("A moderator could not be told of waiting comments.")
            failed.append(error)
    if len(failed) == len(addresses):
        raise failed[-1]
    return True
