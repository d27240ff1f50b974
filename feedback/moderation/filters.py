from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from ..models import Comment
from ..models.ratings import STARS

# A filter of Django's booleans would be called “True” above the list, in every language.
YES_OR_NO = [("true", _("Yes")), ("false", _("No"))]


class CommentFilterSet(WagtailFilterSet):
    """Filters of the list of comments in the admin."""

    waiting = ChoiceFilter(label=_("Needs a decision"), choices=YES_OR_NO, method="filter_waiting")
    status = ChoiceFilter(label=_("Status"), choices=Comment.Status.choices)
    reported = ChoiceFilter(
        label=_("Reported by readers"), choices=YES_OR_NO, method="filter_reported"
    )
    page = CharFilter(label=_("Page's title contains"), method="filter_page")
    created_at = DateFromToRangeFilter(label=_("Written"), widget=DateRangePickerWidget)
    stars = ChoiceFilter(label=_("Stars"), choices=[(each, str(each)) for each in STARS])
    verified = ChoiceFilter(
        label=_("Verification code solved"), choices=YES_OR_NO, method="filter_verified"
    )

    class Meta:
        model = Comment
        fields = []

    def filter_waiting(self, queryset, name, value):
        waiting = queryset.waiting()
        return waiting if value == "true" else queryset.exclude(pk__in=waiting.values("pk"))

    def filter_reported(self, queryset, name, value):
        return queryset.filter(reports__gt=0) if value == "true" else queryset.filter(reports=0)

    def filter_verified(self, queryset, name, value):
        return queryset.filter(verified=value == "true")

    def filter_page(self, queryset, name, value):
        return queryset.filter(page__title__icontains=value)
