class CacheUnavailable(Exception):
    """
    The shared cache cannot be reached, and what was asked has no safe answer without it.

    Raised by `add` and `incr` of our cache backends, for Redis and for the database: rate limits,
    replay protection and locks decide by their result. `headless.middleware.UnavailableMiddleware`
    and API v3 answer it with a 503 and `Retry-After`; who catches it must refuse, never let through.
    """
