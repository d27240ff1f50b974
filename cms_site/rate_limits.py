"""Rate limits of logins, passwords of pages and files, and password resets."""

import math

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django_ratelimit.core import get_usage

from headless.content.client_address import client_network

# URL names of Wagtail's views that check the password of a page or collection, with the URL
# parameter that identifies the password.
PASSWORD_VIEWS = {
    "wagtailcore_authenticate_with_password": "page_view_restriction_id",
    "wagtaildocs_authenticate_with_password": "restriction_id",
}
RESET_VIEW = "wagtailadmin_password_reset"
RESETS_PER_NETWORK = "20/h"
RESETS_PER_ACCOUNT = "5/h"


class LoginHandler(AxesDatabaseHandler):
    """
    Lock a username at one network after some failed logins, a whole network only after many more.

    The limits are `AXES_FAILURE_LIMIT` and `NETWORK_FAILURE_LIMIT` within `AXES_COOLOFF_TIME`.
    django-axes has one limit for all lockout parameters, and treats each IPv6 address as a client,
    although one subscriber has 2^64 of them.
    """

    def is_locked(self, request, credentials=None):
        """Return whether the credentials or the network are locked."""
        return self.locked_until(request, credentials) is not None

    def locked_until(self, request, credentials=None):
        """Return when the lock on these credentials at this network ends, or None."""
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        network = client_network(request.axes_ip_address or "")
        name = get_client_username(request, credentials)
        end = _end_of_lock(
            request, recent.filter(username=name), network, settings.AXES_FAILURE_LIMIT
        )
        # Without a known address there is no network to lock.
        if network:
            near = {"ip_address__contains": ":"} if ":" in network else {"ip_address": network}
            of_all = _end_of_lock(
                request, recent.filter(**near), network, settings.NETWORK_FAILURE_LIMIT
            )
            end = max(filter(None, (end, of_all)), default=None)
        return end


def _end_of_lock(request, attempts, network, limit):
    """Return when enough failures of `network` have expired to be below `limit`, or None."""
    rows = attempts.order_by("attempt_time").values_list(
        "ip_address", "attempt_time", "failures_since_start"
    )
    counted = [row[1:] for row in rows if client_network(row[0] or "") == network]
    left = sum(failures for _moment, failures in counted)
    end = None
    for moment, failures in counted:
        if left < limit:
            break
        end = moment + get_cool_off(request)
        left -= failures
    return end


def refuse_login(request, response, credentials):
    """Return the response to a locked login (`AXES_LOCKOUT_CALLABLE`)."""
    end = AxesProxyHandler.get_implementation().locked_until(request, credentials)
    seconds = (end - timezone.now()).total_seconds() if end else 0
    return rate_limited(request, "login", seconds)


class PasswordLimitsMiddleware:
    """
    Limit password guesses for pages and collections, and password reset mails.

    Wrong passwords are limited as failed logins are: by password and network, and by network alone.
    Correct ones do not count, so that many readers in one network can enter the same password.
    Reset mails are limited by network and by account, whether the account exists or not. Must come
    after the middleware for sessions and users, which the response's template needs.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # A correct password is answered with a redirect.
        if response.status_code == 200 and (guesses := _guesses(request)):
            for limit in guesses:
                _usage(request, limit, increment=True)
        return response

    def process_view(self, request, view, args, kwargs):
        """Return a 429 response if a limit is exceeded; count a password reset."""
        if guesses := _guesses(request):
            usages = [_usage(request, limit, increment=False) for limit in guesses]
            return _refusal(request, "password", usages, lambda use: use["count"] >= use["limit"])
        if request.method == "POST" and request.resolver_match.url_name == RESET_VIEW:
            usages = [_usage(request, limit, increment=True) for limit in _resets(request)]
            return _refusal(request, "reset", usages, lambda use: use["should_limit"])
        return None


def _guesses(request):
    """Return the limits for a password guess as (group, value, rate); empty for other requests."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in PASSWORD_VIEWS:
        return []
    network = client_network(request.META.get("REMOTE_ADDR", ""))
    minutes = math.ceil(settings.AXES_COOLOFF_TIME * 60)
    password = match.kwargs.get(PASSWORD_VIEWS[match.url_name])
    limits = [
        (
            f"{match.url_name}.password",
            f"{password} {network}",
            f"{settings.AXES_FAILURE_LIMIT}/{minutes}m",
        )
    ]
    if network:
        limits.append(("guesses", network, f"{settings.NETWORK_FAILURE_LIMIT}/{minutes}m"))
    return limits


def _resets(request):
    """Return the limits for a password reset as (group, value, rate)."""
    account = request.POST.get("email", "").strip().casefold()
    limits = [("resets.account", account, RESETS_PER_ACCOUNT)]
    if network := client_network(request.META.get("REMOTE_ADDR", "")):
        limits.append(("resets.network", network, RESETS_PER_NETWORK))
    return limits


def _usage(request, limit, *, increment):
    group, value, rate = limit
    return get_usage(
        request,
        group=f"cms_site.{group}",
        key=lambda group, request: value,
        rate=rate,
        increment=increment,
    )


def _refusal(request, what, usages, is_over):
    waits = [usage["time_left"] for usage in usages if usage and is_over(usage)]
    return rate_limited(request, what, max(waits)) if waits else None


def rate_limited(request, what, seconds):
    """
    Return a 429 page with `Retry-After`.

    `what` is "login", "password" or "reset".
    """
    seconds = max(1, math.ceil(seconds))
    context = {"what": what, "minutes": math.ceil(seconds / 60)}
    response = render(request, "too_many_attempts.html", context, status=429)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response
