"""Filters of the lists of webhooks in the admin."""

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFromToRangeFilter, ModelChoiceFilter, NumberFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from .models import TEST_EVENT, Event, WebhookDelivery, WebhookEndpoint


class WebhookDeliveryFilterSet(WagtailFilterSet):
    """Filter the list of deliveries by status, endpoint, event, page and date."""

    status = ChoiceFilter(label=_("Status"), choices=WebhookDelivery.Status.choices)
    endpoint = ModelChoiceFilter(
        label=_("Webhook endpoint"), queryset=WebhookEndpoint.objects.all()
    )
    event = ChoiceFilter(
        label=_("Event"), choices=[(name, name) for name in (*Event.values, TEST_EVENT)]
    )
    page_id = NumberFilter(label=_("Page ID"))
    created_at = DateFromToRangeFilter(label=_("Written"), widget=DateRangePickerWidget)

    class Meta:
        model = WebhookDelivery
        fields = []
