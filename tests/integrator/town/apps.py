from django.apps import AppConfig


class TownConfig(AppConfig):
    name = "town"
    label = "town"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from headless.extending import register_citation_extractor

        from .extraction import NoticeExtractor
        from .models import NoticePage

        register_citation_extractor(NoticePage, NoticeExtractor())
