"""`Cache-Control` and download filenames of the files that Django serves."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.static import serve as serve_static
from wagtail.documents.views.serve import serve as serve_document
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction

from ..conf import conf
from ..content.files.download_names import given_name
from ..content.visibility import documents_with_restriction

FILE_STATUSES = {200, 206, 304}


class ServedFilesMiddleware:
    """
    Set `Cache-Control` on documents, images and media that Django serves, and name downloads.

    A public file is `public`; a file in a restricted collection, and any response in its place, is
    `private, no-store`. Wagtail 8.0.1 sets nothing for documents, and `public` for every image.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        if match is None:
            return response
        if match.func is serve_document:
            _finish_document(response, match.args[0])
        elif match.url_name == "wagtailimages_serve":
            image = get_image_model().objects.filter(pk=match.args[1]).first()
            _set_cache_control(
                response, restricted=image is not None and _is_restricted(image.collection)
            )
        elif match.func is serve_static:
            _set_cache_control(response, restricted=False)
        return response


def _finish_document(response, document_id) -> None:
    document = documents_with_restriction().filter(pk=document_id).first()
    # Login redirects and errors too: a cached 404 would reveal which documents exist.
    _set_cache_control(response, restricted=document is None or document.is_restricted)
    if document and response.has_header("Content-Disposition"):
        attached = not response.get("Content-Disposition", "").startswith("inline")
        response["Content-Disposition"] = content_disposition_header(attached, given_name(document))


def _set_cache_control(response: HttpResponse, *, restricted: bool) -> None:
    if restricted:
        del response["Cache-Control"]
        patch_cache_control(response, private=True, no_store=True)
    elif response.status_code in FILE_STATUSES and not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, max_age=conf.FILE_CACHE_SECONDS)


def _is_restricted(collection) -> bool:
    collections = collection.get_ancestors(inclusive=True)
    return CollectionViewRestriction.objects.filter(collection__in=collections).exists()
