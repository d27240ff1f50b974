"""
Former addresses that no parser reads, such as `http://[::1`.

Wagtail 8.0.1 parses the address of a redirect in its form, its model and its import with
`urllib.parse.urlparse`, whose `ValueError` nothing catches. There is no issue yet; it would say that
`Redirect.normalise_path` must raise a `ValidationError`.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect

normalise_path = Redirect.normalise_path


def install() -> None:
    """Refuse an address that cannot be read in words."""
    Redirect.normalise_path = staticmethod(normalised_path)


def normalised_path(url, decode_unicode=True):
    """Return the path as redirects store it; raise `ValidationError` at its field if there is none."""
    try:
        return normalise_path(url, decode_unicode)
    except ValueError:
        message = _("“%(address)s” is no address.") % {"address": url}
        raise ValidationError({"old_path": message}) from None
