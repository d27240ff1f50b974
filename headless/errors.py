"""Exceptions that several packages raise or handle."""


class CacheUnavailable(Exception):
    """
    The shared cache is unreachable, and the operation has no safe result without it.

    Raised by `add` and `incr` of our cache backends for Redis and the database, on which rate
    limits, replay protection and locks rely. `headless.middleware.UnavailableMiddleware` and API v3
    turn it into a 503 with `Retry-After`. Code that catches it must fail closed.
    """
