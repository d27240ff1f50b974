"""What an editor's browser posts for each page type; a test changes what it is about."""

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.factories import document_type, issuing_body

NO_SIDEBAR = {"sidebar_modes": inline_formset([]), "sidebar_cards": inline_formset([])}


def article_form(**changes) -> dict:
    return {
        "title": "Nước sạch cho mọi khu phố",
        "slug": "nuoc-sach",
        "summary": "Đường ống mới đến từng nhà.",
        "body": streamfield([("paragraph", rich_text("<p>Từ tháng Sáu.</p>"))]),
        "related_directives": inline_formset([]),
        "related_articles": inline_formset([]),
        "published_at": "2024-06-01 08:00",
        "feedback_modes": inline_formset([]),
    } | changes


def directive_form(**changes) -> dict:
    return {
        "title": "",
        "slug": "",
        "document_number": "65/KH-UBND",
        "document_type": document_type().pk,
        "issuing_body": issuing_body().pk,
        "subject": "Thu gom rác tại nguồn",
        "issued_on": "2024-03-15",
        "effective_on": "",
        "expires_on": "",
        "status_override": "",
        "body": rich_text("<p>Toàn văn.</p>"),
        "attachments": inline_formset([]),
        "relations": inline_formset([]),
        "feedback_modes": inline_formset([]),
    } | changes


def map_form(**changes) -> dict:
    return {
        "title": "Bản đồ phường",
        "slug": "ban-do",
        "introduction": "",
        "boundaries": "",
        "areas": inline_formset([]),
        "places": inline_formset([]),
    } | changes


def preview_new(client, parent, model, data):
    """The preview of a page of `model` below `parent` before its first save."""
    args = [model._meta.app_label, model._meta.model_name, parent.pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=args)
    valid = client.post(address, nested_form_data({"slug": "moi"} | data)).json()
    assert valid["is_valid"], valid
    return client.get(address)
