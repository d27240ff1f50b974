"""Admin views of webhook endpoints and deliveries."""

import json

from django.contrib.admin.utils import quote, unquote
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button
from wagtail.log_actions import log

from .deliveries import create_test_delivery
from .dispatch import requeue_deliveries
from .filters import WebhookDeliveryFilterSet
from .forms import WebhookEndpointForm
from .models import WebhookDelivery, WebhookEndpoint
from .signing import new_secret, renew_secret
from .worker import schedule_sending

SECRET_TEMPLATE = "civic_headless/admin/webhook_secret.html"  # noqa: S105


class ConfirmationView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """
    Ask for confirmation (`question`) and call `perform` on POST; requires the change permission.
    """

    permission_required = "change"
    template_name = "civic_headless/admin/webhook_question.html"
    model = None
    question = ""
    explanation = ""
    button = ""
    index_url_name = None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(self.model, pk=unquote(str(kwargs["pk"])))

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        plural = self.model._meta.verbose_name_plural.capitalize()
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": plural},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            question=self.question,
            explanation=self.explanation,
            button=self.button,
            back=reverse(self.index_url_name),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """Call `perform`, which subclasses define, after confirmation."""
        return self.perform()


class RenewSecretView(ConfirmationView):
    """Replace an endpoint's secret and show the new one once."""

    page_title = gettext_lazy("Renew the secret")
    question = gettext_lazy("Generate a new secret for this endpoint?")
    explanation = gettext_lazy(
        "It is shown once. For a day messages are signed with both secrets, so that the receiver "
        "can be changed without losing any."
    )
    button = gettext_lazy("Renew the secret")

    def perform(self):
        """Renew the secret, log it, and render the new secret."""
        secret = renew_secret(endpoint=self.object)
        log(
            instance=self.object,
            action="civic_headless.webhook.renew_secret",
            user=self.request.user,
        )
        self.template_name = SECRET_TEMPLATE
        return self.render_to_response(self.get_context_data(secret=secret))


class TestEndpointView(ConfirmationView):
    """Send a test message to an endpoint."""

    page_title = gettext_lazy("Send a test message")
    question = gettext_lazy("Send a message “webhook.test” to this endpoint?")
    button = gettext_lazy("Send a test message")

    def perform(self):
        """Create a test delivery and redirect to it."""
        delivery = create_test_delivery(endpoint=self.object)
        schedule_sending()
        messages.success(self.request, _("The message will be sent. Its status is shown here."))
        return redirect("webhook_deliveries:inspect", quote(delivery.pk))


class RetryFailedView(ConfirmationView):
    """Send all failed deliveries of an endpoint again."""

    page_title = gettext_lazy("Send failed messages again")
    question = gettext_lazy("Send all failed messages to this endpoint again?")
    button = gettext_lazy("Send again")

    def perform(self):
        """Requeue the failed deliveries and redirect to the list."""
        failed = self.object.deliveries.filter(status=WebhookDelivery.Status.FAILED)
        number = requeue_deliveries(deliveries=failed)
        log(
            instance=self.object,
            action="civic_headless.webhook.send_again",
            user=self.request.user,
            data={"number": number},
        )
        schedule_sending()
        text = ngettext(
            "%(count)d message will be sent again.",
            "%(count)d messages will be sent again.",
            number,
        )
        messages.success(self.request, text % {"count": number})
        address = reverse("webhook_deliveries:index")
        return redirect(f"{address}?endpoint={self.object.pk}")


class RetryDeliveryView(ConfirmationView):
    """Send one delivery again, with the same message id."""

    page_title = gettext_lazy("Send again")
    question = gettext_lazy("Send this message again?")
    explanation = gettext_lazy(
        "It keeps its id, so that a receiver that has handled it before can ignore it."
    )
    button = gettext_lazy("Send again")

    def perform(self):
        """Requeue the delivery and redirect to it."""
        requeue_deliveries(deliveries=WebhookDelivery.objects.filter(pk=self.object.pk))
        log(
            instance=self.object, action="civic_headless.webhook.send_again", user=self.request.user
        )
        schedule_sending()
        messages.success(self.request, _("The message will be sent. Its status is shown here."))
        return redirect("webhook_deliveries:inspect", quote(self.object.pk))


class EndpointIndexView(IndexView):
    """List endpoints, without reading their secrets."""

    def get_base_queryset(self):
        endpoints = super().get_base_queryset().select_related("site", "locale")
        return endpoints.defer("secret", "former_secret")


class EndpointCreateView(CreateView):
    """Create an endpoint with a generated secret, which the response shows once."""

    def save_instance(self):
        self.form.instance.secret = new_secret()
        return super().save_instance()

    def save_action(self):
        response = super().save_action()
        if self.expects_json_response:
            return response
        self.template_name = SECRET_TEMPLATE
        context = self.get_context_data(
            secret=self.object.secret, back=reverse(self.index_url_name)
        )
        return self.render_to_response(context)


class EndpointEditView(EditView):
    """Edit an endpoint, with buttons for its deliveries, a test, a new secret and retries."""

    @cached_property
    def header_more_buttons(self):
        actions = (
            ("test", TestEndpointView.page_title, "mail"),
            ("secret", RenewSecretView.page_title, "key"),
            ("repeat", RetryFailedView.page_title, "rotate"),
        )
        deliveries = f"{reverse('webhook_deliveries:index')}?endpoint={self.object.pk}"
        return [
            *super().header_more_buttons,
            Button(_("Its deliveries"), url=deliveries, icon_name="history", priority=40),
            *(
                Button(
                    label,
                    url=reverse(f"webhook_endpoints:{name}", args=[quote(self.object.pk)]),
                    icon_name=icon,
                    priority=50 + number,
                )
                for number, (name, label, icon) in enumerate(actions)
            ),
        ]


class WebhookEndpointViewSet(ModelViewSet):
    """Manage webhook endpoints under *Settings*."""

    model = WebhookEndpoint
    name = "webhook_endpoints"
    url_prefix = "webhooks/endpoints"
    icon = "site"
    menu_label = gettext_lazy("Webhooks")
    menu_order = 750
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = EndpointIndexView
    add_view_class = EndpointCreateView
    edit_view_class = EndpointEditView
    search_fields = ["name"]
    list_filter = ["site", "active"]
    list_display = [
        "name",
        Column("host", label=gettext_lazy("Server")),
        Column("site", label=gettext_lazy("Site"), sort_key="site"),
        Column("locale", label=gettext_lazy("Language"), sort_key="locale"),
        BooleanColumn("active", label=gettext_lazy("Active"), sort_key="active"),
    ]

    def get_form_class(self, for_update=False):
        return WebhookEndpointForm

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in (
                    ("secret", RenewSecretView),
                    ("test", TestEndpointView),
                    ("repeat", RetryFailedView),
                )
            ),
        ]


def retry_button(delivery, **kwargs):
    """Return the button that sends a delivery again."""
    address = reverse("webhook_deliveries:repeat", args=[quote(delivery.pk)])
    return Button(
        RetryDeliveryView.page_title, url=address, icon_name="rotate", priority=30, **kwargs
    )


class DeliveryIndexView(IndexView):
    """List deliveries, newest first, without reading secrets."""

    def get_base_queryset(self):
        deliveries = super().get_base_queryset().select_related("endpoint")
        return deliveries.defer("endpoint__secret", "endpoint__former_secret", "endpoint__url")

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.user_has_permission("change"):
            buttons.append(retry_button(instance))
        return buttons


class DeliveryInspectView(InspectView):
    """Show all data of one delivery."""

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.user_has_permission("change"):
            buttons.append(retry_button(self.object))
        return buttons

    def get_field_label(self, field_name, field):
        if field_name == "message_id":
            return "webhook-id"
        return super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        return "–" if value is None else value

    def get_payload_display_value(self):
        text = json.dumps(self.object.payload, ensure_ascii=False, indent=2)
        return format_html("<pre>{}</pre>", text)


class WebhookDeliveryViewSet(ModelViewSet):
    """Inspect webhook deliveries under *Reports* and send them again; they cannot be edited."""

    model = WebhookDelivery
    name = "webhook_deliveries"
    url_prefix = "webhooks/deliveries"
    icon = "history"
    menu_label = gettext_lazy("Webhook deliveries")
    menu_order = 1200
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    filterset_class = WebhookDeliveryFilterSet
    form_fields = []
    list_per_page = 50
    ordering = ["-created_at", "-pk"]
    export_filename = "webhook-deliveries"
    list_export = ["event", "page_id", "endpoint.name", "status", "attempts", "created_at", "error"]
    list_display = [
        "event",
        Column("page_id", label=gettext_lazy("Page"), sort_key="page_id"),
        Column("endpoint", label=gettext_lazy("Webhook endpoint"), sort_key="endpoint__name"),
        StatusTagColumn(
            "status",
            label=gettext_lazy("Status"),
            accessor="get_status_display",
            sort_key="status",
            primary=lambda delivery: delivery.status == WebhookDelivery.Status.DELIVERED,
        ),
        Column("attempts", label=gettext_lazy("Attempts"), sort_key="attempts"),
        Column("error", label=gettext_lazy("Error")),
        DateColumn("created_at", label=gettext_lazy("Written"), sort_key="created_at"),
    ]
    inspect_view_fields = [
        "message_id",
        "event",
        "endpoint",
        "status",
        "attempts",
        "created_at",
        "attempted_at",
        "next_attempt_at",
        "answer_status",
        "error",
        "answer",
        "payload",
    ]

    def get_common_view_kwargs(self, **kwargs):
        # Deliveries are created by events only; users inspect them and send them again.
        others = dict.fromkeys(
            (
                "add_url_name",
                "edit_url_name",
                "delete_url_name",
                "history_url_name",
                "usage_url_name",
            )
        )
        return super().get_common_view_kwargs(**others, **kwargs)

    def get_permissions_to_register(self):
        return (
            super()
            .get_permissions_to_register()
            .exclude(codename__in=["add_webhookdelivery", "delete_webhookdelivery"])
        )

    def get_urlpatterns(self):
        kept = {"index", "index_results", "inspect"}
        return [
            *(each for each in super().get_urlpatterns() if each.name in kept),
            path("repeat/<int:pk>/", self.construct_view(RetryDeliveryView), name="repeat"),
        ]


endpoints = WebhookEndpointViewSet()
deliveries = WebhookDeliveryViewSet()
