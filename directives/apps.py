from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    name = "directives"
    label = "civic_directives"
    verbose_name = _("Official documents")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
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
            register_list_prefetch,
            register_rich_text_filter,
            register_router,
            register_search_kind,
            register_taxonomy,
        )

        from . import signals
        from .api import router
        from .checks import check_companions, check_terms
        from .extraction import DirectiveExtractor
        from .links import link_citations_in_rich_text
        from .list_prefetch import prepare_directives
        from .models import DirectivePage, DirectiveSettings, DocumentType, IssuingBody
        from .search import DirectiveSearch
        from .taxonomies import used_bodies, used_types

        register(check_companions)
        register(check_terms, Tags.database)
        register_router("/directives/", router)
        register_search_kind("directives", DirectiveSearch())
        register_taxonomy("document_types", used_types)
        register_taxonomy("issuing_bodies", used_bodies)
        register_list_prefetch(DirectivePage, prepare_directives)
        register_citation_extractor(DirectivePage, DirectiveExtractor())
        register_feedback(DirectivePage, comments=False, schema_type="Legislation")
        register_rich_text_filter(link_citations_in_rich_text)
        page_published.connect(signals.record_on_publish)
        page_unpublished.connect(signals.forget_on_unpublish)
        pre_page_move.connect(signals.refuse_second_page)
        post_page_move.connect(signals.follow_move)
        for signal in (post_save, post_delete):
            signal.connect(signals.follow_restriction, sender=PageViewRestriction)
        pre_save.connect(signals.notice_new_number, sender=DirectivePage)
        pre_save.connect(signals.notice_renamed_type, sender=DocumentType)
        post_save.connect(signals.resolve_on_save, sender=DirectivePage)
        pre_delete.connect(signals.forget_links_by_hand, sender=DirectivePage)
        post_save.connect(signals.resolve_on_new_place, sender=DirectiveSettings)
        post_save.connect(signals.resolve_on_new_place, sender=IssuingBody)
        post_migrate.connect(signals.index_seeded_terms, sender=self)
