"""What tests ask about the versions that answers hang on."""

from headless.cache.content_version import current_versions


def version_now() -> int:
    """The content version at this moment."""
    return current_versions({})[0]
