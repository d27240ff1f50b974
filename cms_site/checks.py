"""Deployment checks of the environment (`manage.py check --deploy`)."""

from django.conf import settings
from django.core.checks import Warning


def check_trusted_proxies(app_configs, **kwargs):
    """Warn if TLS ends at a proxy that `TRUSTED_PROXIES` does not name (`cms_site.W001`)."""
    if not settings.SECURE_PROXY_SSL_HEADER or settings.TRUSTED_PROXIES:
        return []
    return [
        Warning(
            "TRUSTED_PROXIES is empty, but TLS ends at a proxy: all readers and editors have the "
            "proxy's address, and share the limits on logins, comments, votes and the APIs.",
            hint=(
                "Set TRUSTED_PROXIES to the networks of your own proxies, for example "
                "127.0.0.1/32 for one on the same machine."
            ),
            id="cms_site.W001",
        )
    ]


def check_hsts(app_configs, **kwargs):
    """Warn if HSTS preloading is set, but the preload list would refuse it (`cms_site.W002`)."""
    if not settings.SECURE_HSTS_PRELOAD:
        return []
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS and settings.SECURE_HSTS_SECONDS >= 31_536_000:
        return []
    return [
        Warning(
            "HSTS_PRELOAD has no effect: the preload list requires HSTS for all subdomains and for "
            "at least a year.",
            hint="Set HSTS_SUBDOMAINS=true and leave HSTS_SECONDS, or unset HSTS_PRELOAD.",
            id="cms_site.W002",
        )
    ]
