"""
Workaround for wagtail-localize 1.14: submitting a snippet for translation publishes it untranslated.

A snippet whose model has no drafts is live as soon as its row exists, and the library stores the row
in the source's words when it is submitted. There is no upstream issue yet. Whoever translates such a
snippet gets the form for a new one instead, filled in with the source: its row in the other language
exists when they have saved their words.
"""

from functools import wraps

from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import set_query_params
from wagtail.models import DraftStateMixin, TranslatableMixin
from wagtail.snippets.views.snippets import CreateView

# The parameter of the form for a new snippet that names the source, by its id.
SOURCE = "translation_of"


def install() -> None:
    """Replace what follows a submission, and have the form for a new snippet take a source."""
    from wagtail_localize.views.submit_translations import SubmitSnippetTranslationView as Submit

    Submit.form_valid = _opening_the_form(Submit.form_valid)
    CreateView.run_before_hook = _leading_to_translation(CreateView.run_before_hook)
    CreateView.get_initial_form_instance = _copied(CreateView.get_initial_form_instance)
    CreateView.get_add_url = _keeping_source(CreateView.get_add_url)


def _opening_the_form(form_valid):
    @wraps(form_valid)
    def open_form(view, form):
        model = type(view.object)
        if issubclass(model, DraftStateMixin):
            return form_valid(view, form)
        first, *others = form.cleaned_data["locales"]
        if others:
            names = ", ".join(each.get_display_name() for each in others)
            message = _("One language at a time: after this one, translate into %(others)s.")
            messages.info(view.request, message % {"others": names})
        address = reverse(model.snippet_viewset.get_url_name("add"))
        query = {"locale": first.language_code, SOURCE: view.object.pk}
        return redirect(set_query_params(address, query))

    return open_form


def _leading_to_translation(run_before_hook):
    @wraps(run_before_hook)
    def lead(view):
        """Redirect to the translation where there is one already."""
        if (source := _source_of(view)) is not None:
            found = source.get_translations(inclusive=True).filter(locale=view.locale).first()
            if found is not None:
                return redirect(view.edit_url_name, quote(found.pk))
        return run_before_hook(view)

    return lead


def _copied(get_initial_form_instance):
    @wraps(get_initial_form_instance)
    def copy(view):
        if (source := _source_of(view)) is not None:
            return source.copy_for_translation(view.locale)
        return get_initial_form_instance(view)

    return copy


def _keeping_source(get_add_url):
    @wraps(get_add_url)
    def address(view):
        key = view.request.GET.get(SOURCE) if view.i18n_enabled else None
        return set_query_params(get_add_url(view), {SOURCE: key} if key else {})

    return address


def _source_of(view) -> TranslatableMixin | None:
    """Return the snippet that the view's address names as the source, None without one."""
    key = view.request.GET.get(SOURCE) if view.i18n_enabled else None
    if not key:
        return None
    try:
        return view.model._default_manager.get(pk=unquote(key))
    except (view.model.DoesNotExist, ValueError, OverflowError, ValidationError) as error:
        raise Http404 from error
