"""Routes of articles, and of what readers say of them, in Wagtail's API v3."""
