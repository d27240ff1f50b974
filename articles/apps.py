from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from directives.extraction import register_extractor

        from .extraction import ArticleExtractor
        from .models import ArticlePage

        register_extractor(ArticlePage, ArticleExtractor())
