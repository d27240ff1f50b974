"""Forms of webhooks in the admin."""

import socket

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from ..conf import conf
from .models import Event, WebhookEndpoint
from .safe_http import PrivateAddressError, is_public_address, resolve_public_address


class WebhookEndpointForm(WagtailAdminModelForm):
    """Edit an endpoint; the secret is not a form field, and the URL must be public (SSRF)."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=WebhookEndpoint._meta.get_field("url").help_text,
    )
    events = forms.MultipleChoiceField(
        label=_("Events"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["name", "url", "site", "locale", "events", "active"]

    def clean_url(self):
        """Return the URL; raise `ValidationError` unless it is public and uses https (SSRF)."""
        url = self.cleaned_data["url"]
        if conf.WEBHOOKS_TO_PRIVATE_ADDRESSES:
            return url
        if not url.startswith("https://"):
            raise forms.ValidationError(gettext("The address must begin with https://."))
        try:
            resolve_public_address(url, is_public_address)
        except PrivateAddressError as error:
            raise forms.ValidationError(str(error)) from error
        except (socket.gaierror, UnicodeError) as error:
            raise forms.ValidationError(gettext("There is no server of this name.")) from error
        return url
