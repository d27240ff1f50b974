"""
Redirect from the address of a replaced file.

Wagtail 8 answers 404 at the address that a document had before its file was replaced by one of
another name, though it knows the document by its id: https://github.com/wagtail/wagtail/issues/9858.
A document that was replaced by another goes on to serve the outdated file.
"""

from functools import wraps

from django.http import HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from wagtail.documents.views import serve

from ..content.files.former_files import current_address


def install() -> None:
    """Wrap the view; to be called once, before URL configurations are imported."""
    serve.serve = _redirecting(serve.serve)


def _redirecting(stock):
    @wraps(stock)
    def view(request, document_id, document_filename):
        address = current_address(request, document_id, document_filename)
        if address is None:
            return stock(request, document_id, document_filename)
        response = HttpResponseRedirect(address)
        # The file may be put back, and who may read the new one may change.
        add_never_cache_headers(response)
        return response

    return view
