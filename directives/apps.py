"""Configuration of the app: signals, registries and system checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    """Official documents, their register, relations and citations."""

    name = "directives"
    label = "civic_directives"
    verbose_name = _("Official documents")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """
        Connect signals; register API routes, search, citations, feedback, taxonomies and checks.
        """
        from django.core.checks import Tags, register
        from django.db.models.signals import (
            post_delete,
            post_migrate,
            post_save,
            pre_delete,
            pre_save,
        )
        from wagtail.models import PageViewRestriction
        from wagtail.signals import (
            page_published,
            page_unpublished,
            post_page_move,
            pre_page_move,
        )

        from headless.extending import (
            register_citation_extractor,
            register_feedback,
            register_link_chooser,
            register_list_prefetch,
            register_rich_text_filter,
            register_router,
            register_search_kind,
            register_taxonomy,
        )

        from .api import router
        from .checks import check_required_apps, check_terms
        from .citing import signals
        from .citing.extraction import DirectiveExtractor
        from .citing.links import link_citations_in_rich_text
        from .list_prefetch import prefetch_directives
        from .models import (
            DirectiveAttachment,
            DirectivePage,
            DirectiveSettings,
            DocumentType,
            IssuingBody,
        )
        from .search import DirectiveSearch
        from .signals import record_replaced_attachment
        from .vocabularies.taxonomies import used_bodies, used_types

        register(check_required_apps)
        register(check_terms, Tags.database)
        register_router("/directives/", router)
        register_search_kind("directives", DirectiveSearch())
        register_taxonomy("document_types", used_types)
        register_taxonomy("issuing_bodies", used_bodies)
        register_list_prefetch(DirectivePage, prefetch_directives)
        register_citation_extractor(DirectivePage, DirectiveExtractor())
        register_feedback(DirectivePage, comments=False, schema_type="Legislation")
        register_link_chooser("choose_directive:choose", _("Official document"))
        register_rich_text_filter(link_citations_in_rich_text)
        page_published.connect(signals.record_on_publish)
        page_unpublished.connect(signals.delete_on_unpublish)
        pre_page_move.connect(signals.refuse_duplicate_on_move)
        post_page_move.connect(signals.resolve_on_move)
        for signal in (post_save, post_delete):
            signal.connect(signals.resolve_on_restriction, sender=PageViewRestriction)
        pre_save.connect(record_replaced_attachment, sender=DirectiveAttachment)
        pre_save.connect(signals.resolve_former_number, sender=DirectivePage)
        pre_save.connect(signals.retitle_on_type_rename, sender=DocumentType)
        post_save.connect(signals.resolve_on_save, sender=DirectivePage)
        pre_delete.connect(signals.delete_manual_links, sender=DirectivePage)
        post_save.connect(signals.resolve_on_locality_change, sender=DirectiveSettings)
        post_save.connect(signals.resolve_on_locality_change, sender=IssuingBody)
        post_migrate.connect(signals.index_seeded_terms, sender=self)
