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

from headless.content.requests.client_address import client_network
from headless.content.requests.rate_limits import RateLimit, RateLimitExceeded
from headless.errors import CacheUnavailable
from headless.middleware import unavailable

# URL names of Wagtail's views that check the password of a page or collection, with the URL
# parameter that identifies the password.
PASSWORD_VIEWS = {
    "wagtailcore_authenticate_with_password": "page_view_restriction_id",
    "wagtaildocs_authenticate_with_password": "restriction_id",
}
RESET_VIEW = "wagtailadmin_password_reset"
RESETS_OF_A_NETWORK = RateLimit.parse("20/h")
RESETS_OF_AN_ACCOUNT = RateLimit.parse("5/h")


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
            return _apply(RateLimit.count, guesses, request, "password") or response
        return response

    def process_view(self, request, view, args, kwargs):
        """Return a 429 response if a limit is exceeded; count a password reset."""
        if guesses := _guesses(request):
            return _apply(RateLimit.check, guesses, request, "password")
        if request.method == "POST" and request.resolver_match.url_name == RESET_VIEW:
            return _apply(RateLimit.count, _resets(request), request, "reset")
        return None


def _guesses(request):
    """Return the limits that a guess of a page's or collection's password falls under, by key."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in PASSWORD_VIEWS:
        return {}
    network = client_network(request.META.get("REMOTE_ADDR", ""))
    seconds = math.ceil(settings.AXES_COOLOFF_TIME * 60) * 60
    password = match.kwargs.get(PASSWORD_VIEWS[match.url_name])
    limits = {
        f"cms_site.{match.url_name}:{password} {network}": RateLimit(
            settings.AXES_FAILURE_LIMIT, seconds
        )
    }
    if network:
        of_all = RateLimit(settings.NETWORK_FAILURE_LIMIT, seconds)
        limits[f"cms_site.guesses:{network}"] = of_all
    return limits


def _resets(request):
    """Return the limits that a mail for a new password falls under, by key."""
    account = request.POST.get("email", "").strip().casefold()
    limits = {f"cms_site.resets.account:{account}": RESETS_OF_AN_ACCOUNT}
    if network := client_network(request.META.get("REMOTE_ADDR", "")):
        limits[f"cms_site.resets.network:{network}"] = RESETS_OF_A_NETWORK
    return limits


def _apply(operation, limits, request, what):
    """Check or count all `limits`; return the answer to who is beyond one, else None."""
    waits = []
    try:
        for key, limit in limits.items():
            try:
                operation(limit, key)
            except RateLimitExceeded as error:
                waits.append(error.retry_after)
    except CacheUnavailable as error:
        return unavailable(request, error)
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
