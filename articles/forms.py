from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class ArticleForm(WagtailAdminPageForm):
    """The editor's form of an article."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if category := self.fields.get("category"):
            category.queryset = category.queryset.filter(locale=self.instance.locale_id)

    def clean(self):
        cleaned = super().clean()
        # A row of a form set does not know its page, so the page's form judges.
        # Over API v3 there is a form set only for what is written.
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
    """What a reader may ask of the news; a value that cannot be is an error."""

    category = forms.SlugField(label=_("Category"), required=False)
    tag = forms.CharField(label=_("Tag"), max_length=100, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200, required=False)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("month") and not cleaned.get("year"):
            self.add_error("month", _("A month needs a year."))
        return cleaned
