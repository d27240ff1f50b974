"""Forms of articles: the editor's and the list's filters."""

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class ArticleForm(WagtailAdminPageForm):
    """Edit an article; categories are limited to its language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if category := self.fields.get("category"):
            category.queryset = category.queryset.filter(locale=self.instance.locale_id)
        first = self.instance.first_published_at
        if (moment := self.fields.get("published_at")) and first:
            moment.help_text = _(
                "Articles are sorted by this date, newest first. Left empty, it is set to the time of "
                "the first publication: %(moment)s."
            ) % {"moment": date_format(timezone.localtime(first), "DATETIME_FORMAT")}

    def clean(self):
        """Refuse an article that is related to itself."""
        cleaned = super().clean()
        # Rows of a formset do not know their page, so the page's form checks them.
        # API v3 builds formsets only for relations in the request.
        related = self.formsets.get("related_articles")
        for form in related.forms if related else ():
            if (
                form.is_valid()
                and self.instance.pk
                and form.cleaned_data.get("article") == self.instance
            ):
                form.add_error("article", _("An article cannot be related to itself."))
        return cleaned


class ArticleFilterForm(forms.Form):
    """Validate the query parameters of a list of articles."""

    category = forms.SlugField(label=_("Category"), required=False)
    tag = forms.CharField(label=_("Tag"), max_length=100, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200, required=False)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)

    def clean(self):
        """Require a year with a month."""
        cleaned = super().clean()
        if cleaned.get("month") and not cleaned.get("year"):
            self.add_error("month", _("A month needs a year."))
        return cleaned
