"""
Workaround for Wagtail 8: a page type cannot say that a copy of its page begins as a draft.

`CopyPageAction` keeps copies live if asked to. One that its own `clean()` refuses raises an unhandled
`ValidationError` (https://github.com/wagtail/wagtail/issues/5966 is a case of that), and below a
copied section it goes live without being validated. An alias that is converted into an ordinary
page stays live likewise.

A page type may define `copy_is_draft(parent, changes)`: whether a copy of the page below `parent`,
with the attributes `changes`, has to be changed further before it is published.
"""

from functools import wraps

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction


def install() -> None:
    """Ask pages whether their copies are drafts, in the admin, over the API and in scripts."""
    CopyPageAction._copy_page = _asking_copy(CopyPageAction._copy_page)
    ConvertAliasPageAction._convert_alias = _asking_conversion(
        ConvertAliasPageAction._convert_alias
    )


def _asking_copy(copy_page):
    @wraps(copy_page)
    def copy(self, page, to=None, update_attrs=None, *args, **kwargs):
        keep_live = self.keep_live
        parent = to or page.get_parent()
        self.keep_live = keep_live and not _is_draft(page.specific, parent, update_attrs or {})
        try:
            return copy_page(self, page, to, update_attrs, *args, **kwargs)
        finally:
            self.keep_live = keep_live

    return copy


def _asking_conversion(convert_alias):
    @wraps(convert_alias)
    def convert(self, page, log_action, user):
        if page.live and _is_draft(page, page.get_parent(), {}):
            page.unpublish(user=user)
        return convert_alias(self, page, log_action, user)

    return convert


def _is_draft(page, parent, changes):
    return hasattr(page, "copy_is_draft") and page.copy_is_draft(parent, changes)
