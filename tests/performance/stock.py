"""The same content behind Wagtail's own APIs, without anything that `headless` does to them."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """The app's models, without its `ready`."""

    name = "headless"
    default_auto_field = "django.db.models.BigAutoField"
