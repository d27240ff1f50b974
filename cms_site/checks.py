"""What `manage.py check --deploy` says of an installation's environment."""

from django.conf import settings
from django.core.checks import Warning


def check_trusted_proxies(app_configs, **kwargs):
    """Warn of a proxy in front whose word on readers' addresses is not believed."""
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
    """Warn of a request for the browsers' preload list that the list would refuse."""
    if not settings.SECURE_HSTS_PRELOAD:
        return []
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS and settings.SECURE_HSTS_SECONDS >= 31_536_000:
        return []
    return [
        Warning(
            "HSTS_PRELOAD has no effect: the preload list takes domains with all their subdomains "
            "and for a year at least.",
            hint="Set HSTS_SUBDOMAINS=true and leave HSTS_SECONDS, or unset HSTS_PRELOAD.",
            id="cms_site.W002",
        )
    ]
