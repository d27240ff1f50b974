"""What the script of the article's form asks for."""

from django.http import JsonResponse
from wagtail.images import get_image_model

from headless.content.admin.viewers import Viewer

MAX_PICTURES = 200


def picture_descriptions(request):
    """
    Return `descriptions`: the description of each picture `id` that the user may see, by its id.
    """
    asked = [key for key in request.GET.getlist("id")[:MAX_PICTURES] if key.isdecimal()]
    ids = [int(key) for key in asked if len(key) < 19]
    pictures = Viewer(request.user).files(get_image_model()).filter(pk__in=ids)
    return JsonResponse({"descriptions": dict(pictures.values_list("pk", "description"))})
