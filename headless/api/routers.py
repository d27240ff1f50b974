"""Add the routers of other apps to Wagtail's API v3."""

from functools import wraps

from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import ValidationError
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.api.v3.errors import ProblemDetail

from ..errors import CacheUnavailable
from ..extending import ROUTERS
from .problems import nested_too_deeply, problem_entry, service_unavailable

PROBLEMS = {404: ProblemDetail, 422: ProblemDetail}


class PortalRouter(Router):
    """
    A router with authentication and strict query parameters.

    A session cookie gives no permissions (CSRF), only a bearer token does. An undeclared query
    parameter is a 422, because a misspelt filter would otherwise return the whole list; a repeated
    parameter is one too, because none is a list. `site` is always accepted. Every operation
    documents its problems.
    """

    def __init__(self, **kwargs):
        super().__init__(auth=[BearerTokenAuth(), AllowAnonymous()], **kwargs)

    def add_api_operation(self, path, methods, view_func, *, response, **kwargs):
        """Add an operation with problem responses and strict query parameters."""
        answers = response if isinstance(response, dict) else {200: response}
        super().add_api_operation(path, methods, view_func, response=answers | PROBLEMS, **kwargs)
        operation = self.path_operations[path].operations[-1]
        operation.view_func = refuse_unknown_parameters(
            operation.view_func, _query_names(operation)
        )


def _query_names(operation) -> set[str]:
    names = {"site"}
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            names |= set(model.__ninja_flatten_map__)
    return names


def refuse_unknown_parameters(view, known: set[str]):
    """Wrap `view`: raise a 422 for query parameters that are not in `known` or are repeated."""

    @wraps(view)
    def refusing(request, *args, **kwargs):
        problems = []
        for name, values in sorted(request.GET.lists()):
            if name not in known:
                problems.append(problem_entry("query", name, _("There is no such parameter.")))
            elif len(values) > 1:
                problems.append(problem_entry("query", name, _("Give this parameter once.")))
        if problems:
            raise ValidationError(problems)
        return view(request, *args, **kwargs)

    return refusing


def add_routers() -> None:
    """Add the registered routers and exception handlers, after the page schemas are extended."""
    from wagtail.api.v3.api import api

    # As of rich text with hundreds of lists in each other.
    api.add_exception_handler(RecursionError, nested_too_deeply)
    api.add_exception_handler(CacheUnavailable, service_unavailable)
    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
