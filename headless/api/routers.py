"""What other apps add to Wagtail's API v3."""

from functools import wraps

from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import ValidationError
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.api.v3.errors import ProblemDetail

from ..errors import CacheUnavailable
from ..extending import ROUTERS
from .problems import problem, refuse_depth, try_again

PROBLEMS = {404: ProblemDetail, 422: ProblemDetail}


class PortalRouter(Router):
    """
    Routes that keep to one custom.

    A session cookie gives no authority, only a bearer token does. A query parameter that an
    operation does not declare is a 422 that names it: a typing error in a filter would otherwise
    answer with the whole list. So is one that is given twice; none of ours takes a list. `site` is
    never refused: who asks about a site may name it with every request. Every operation says what
    its problems look like.
    """

    def __init__(self, **kwargs):
        super().__init__(auth=[BearerTokenAuth(), AllowAnonymous()], **kwargs)

    def add_api_operation(self, path, methods, view_func, *, response, **kwargs):
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
    """`view`, which answers a 422 to query parameters that are not `known`, or given repeatedly."""

    @wraps(view)
    def refusing(request, *args, **kwargs):
        problems = []
        for name, values in sorted(request.GET.lists()):
            if name not in known:
                problems.append(problem("query", name, _("There is no such parameter.")))
            elif len(values) > 1:
                problems.append(problem("query", name, _("Give this parameter once.")))
        if problems:
            raise ValidationError(problems)
        return view(request, *args, **kwargs)

    return refusing


def add_routers() -> None:
    """Adds the registered routers, once the page schemas are extended."""
    from wagtail.api.v3.api import api

    # As of rich text with hundreds of lists in each other.
    api.add_exception_handler(RecursionError, refuse_depth)
    api.add_exception_handler(CacheUnavailable, try_again)
    for prefix, router in ROUTERS:
        api.add_router(prefix, router)
