"""
An empty batch of redirects deletes all automatic ones.

`BatchRedirectCreator` deletes what clashes with its items, and without items everything does: after
a change that gives no page a new address, or one of exactly as many pages as a batch holds.
https://github.com/wagtail/wagtail/issues/11338, in 8.0.1.
"""

from functools import wraps

from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator


def install() -> None:
    """Let an empty batch delete nothing."""
    delete_clashing = BatchRedirectCreator.pre_process

    @wraps(delete_clashing)
    def pre_process(self):
        if self.items:
            delete_clashing(self)

    BatchRedirectCreator.pre_process = pre_process
