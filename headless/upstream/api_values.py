"""
Values in queries of API v2 that Wagtail 8.0.1 hands on to the database as they come.

`find/?id=` takes what is no integer, and filters take a date that does not exist: both are a server
error. They must be a 400, as https://github.com/wagtail/wagtail/issues/7011 had it for other filters;
for these there is no issue yet.
"""

import re
from functools import wraps

from django.core.exceptions import ValidationError
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet


def install() -> None:
    """
    Refuse such values at every endpoint.

    Larger integers than a database takes are refused by `RequestValidationMiddleware`.
    """
    BaseAPIViewSet.find_object = _by_number(BaseAPIViewSet.find_object)
    BaseAPIViewSet.filter_queryset = _by_values(BaseAPIViewSet.filter_queryset)


def _by_number(stock):
    @wraps(stock)
    def find_object(self, queryset, request):
        asked = request.GET.get("id", "0")
        if not re.fullmatch(r"-?[0-9]+", asked):
            raise BadRequestError(f"field filter error. '{asked}' is not a valid value for id")
        return stock(self, queryset, request)

    return find_object


def _by_values(stock):
    @wraps(stock)
    def filter_queryset(self, queryset):
        try:
            return stock(self, queryset)
        except ValidationError as error:
            raise BadRequestError("; ".join(error.messages)) from error

    return filter_queryset
