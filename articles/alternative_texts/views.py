"""What the script of the article's form asks for."""

from django.http import JsonResponse
from wagtail.images import get_image_model

from headless.content.admin.viewers import Viewer

from .pictures import without_description

MAX_PICTURES = 200


def picture_descriptions(request):
    """
    Return `descriptions`: the description of each picture `id` that the user may see, by its id.

    It is empty where it is only the name of the file.
    """
    asked = [key for key in request.GET.getlist("id")[:MAX_PICTURES] if key.isdecimal()]
    ids = [int(key) for key in asked if len(key) < 19]
    pictures = Viewer(request.user).files(get_image_model()).filter(pk__in=ids)
    described = dict(pictures.values_list("pk", "description"))
    described |= dict.fromkeys(without_description(pictures).values_list("pk", flat=True), "")
    return JsonResponse({"descriptions": described})
