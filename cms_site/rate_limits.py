"""How often passwords may be guessed and mails for new ones be asked for."""

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
from headless.errors import CacheUnavailable
from headless.middleware import unavailable_page

# Wagtail's views that take the password of a page or a collection of files, by their names; what
# in their addresses says which password it is.
PASSWORD_VIEWS = {
    "wagtailcore_authenticate_with_password": "page_view_restriction_id",
    "wagtaildocs_authenticate_with_password": "restriction_id",
}
RESET_VIEW = "wagtailadmin_password_reset"
RESETS_OF_A_NETWORK = "20/h"
RESETS_OF_AN_ACCOUNT = "5/h"


class LoginHandler(AxesDatabaseHandler):
    """
    Lock a name at an address after some failed logins, a whole network only after many more.

    The limits are `AXES_FAILURE_LIMIT` and `NETWORK_FAILURE_LIMIT` within `AXES_COOLOFF_TIME`.
    django-axes knows one limit for all parameters, and takes each IPv6 address for a client of
    its own, of which one subscriber has 2^64.
    """

    def is_locked(self, request, credentials=None):
        return self.locked_until(request, credentials) is not None

    def locked_until(self, request, credentials=None):
        """Return when the lock on these credentials at this network ends; None if there is none."""
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        network = client_network(request.axes_ip_address or "")
        name = get_client_username(request, credentials)
        end = _end_of_lock(
            request, recent.filter(username=name), network, settings.AXES_FAILURE_LIMIT
        )
        # Those whose address no proxy knows are not one network.
        if network:
            near = {"ip_address__contains": ":"} if ":" in network else {"ip_address": network}
            of_all = _end_of_lock(
                request, recent.filter(**near), network, settings.NETWORK_FAILURE_LIMIT
            )
            end = max(filter(None, (end, of_all)), default=None)
        return end


def _end_of_lock(request, attempts, network, limit):
    """Return when so many of the failures of `network` have grown old that fewer than `limit` count."""
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
    """Answer a login that django-axes has locked (`AXES_LOCKOUT_CALLABLE`)."""
    end = AxesProxyHandler.get_implementation().locked_until(request, credentials)
    seconds = (end - timezone.now()).total_seconds() if end else 0
    return rate_limited(request, "login", seconds)


class PasswordLimitsMiddleware:
    """
    Limit guesses of the passwords of pages and collections, and mails for new passwords.

    Wrong passwords count as those of logins do: by password and network, and all of a network
    together. Right ones do not count, so that an office may read what its members know the
    password of. Mails count by network and by the account they are for, whether it exists or not.
    Where the cache cannot be reached, so that nothing can be counted, the answer is a 503.
    Stands below Django's middleware for sessions and users, which the answer's template asks.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Who wrote the right password is sent on to the page.
        if response.status_code == 200 and (guesses := _guesses(request)):
            try:
                for limit in guesses:
                    _usage(request, limit, increment=True)
            except CacheUnavailable:
                # Not told that the guess was wrong, since it did not count.
                return unavailable_page(request)
        return response

    def process_view(self, request, view, args, kwargs):
        # Django hands only what views raise to `process_exception`.
        try:
            return self._refused(request)
        except CacheUnavailable:
            return unavailable_page(request)

    def _refused(self, request):
        """Return the answer to a request that exceeds a limit, None to any other."""
        if guesses := _guesses(request):
            usages = [_usage(request, limit, increment=False) for limit in guesses]
            return _refusal(request, "password", usages, lambda use: use["count"] >= use["limit"])
        if request.method == "POST" and request.resolver_match.url_name == RESET_VIEW:
            usages = [_usage(request, limit, increment=True) for limit in _resets(request)]
            return _refusal(request, "reset", usages, lambda use: use["should_limit"])
        return None


def _guesses(request):
    """Return the limits that a guess of a page's or collection's password falls under."""
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
    """Return the limits that a mail for a new password falls under."""
    account = request.POST.get("email", "").strip().casefold()
    limits = [("resets.account", account, RESETS_OF_AN_ACCOUNT)]
    if network := client_network(request.META.get("REMOTE_ADDR", "")):
        limits.append(("resets.network", network, RESETS_OF_A_NETWORK))
    return limits


def _usage(request, limit, *, increment):
    """Return what django-ratelimit counted; raise `CacheUnavailable` if it could not count."""
    group, value, rate = limit
    usage = get_usage(
        request,
        group=f"cms_site.{group}",
        key=lambda group, request: value,
        rate=rate,
        increment=increment,
    )
    # No rate of ours has the limit 0, which stands for a counter that was lost meanwhile.
    if usage and not usage["limit"]:
        raise CacheUnavailable
    return usage


def _refusal(request, what, usages, is_over):
    waits = [usage["time_left"] for usage in usages if usage and is_over(usage)]
    return rate_limited(request, what, max(waits)) if waits else None


def rate_limited(request, what, seconds):
    """
    Answer 429 with a page that says what to do, and when.

    `what` is "login", "password" or "reset".
    """
    seconds = max(1, math.ceil(seconds))
    context = {"what": what, "minutes": math.ceil(seconds / 60)}
    response = render(request, "too_many_attempts.html", context, status=429)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response
