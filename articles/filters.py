from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from .models import Comment
from .models.ratings import STARS

YES_OR_NO = forms.Select(choices=[("", _("All")), ("true", _("Yes")), ("false", _("No"))])


class CommentFilterSet(WagtailFilterSet):
    """What moderators narrow the list of comments by."""

    status = ChoiceFilter(label=_("Status"), choices=Comment.Status.choices)
    reported = BooleanFilter(
        label=_("Reported by readers"), method="filter_reported", widget=YES_OR_NO
    )
    article = CharFilter(label=_("Article's title contains"), method="filter_article")
    created_at = DateFromToRangeFilter(label=_("Written"), widget=DateRangePickerWidget)
    stars = ChoiceFilter(label=_("Stars"), choices=[(each, str(each)) for each in STARS])
    verified = BooleanFilter(label=_("Verification code solved"), widget=YES_OR_NO)

    class Meta:
        model = Comment
        fields = []

    def filter_reported(self, queryset, name, value):
        return queryset.filter(reports__gt=0) if value else queryset.filter(reports=0)

    def filter_article(self, queryset, name, value):
        return queryset.filter(article__title__icontains=value)
