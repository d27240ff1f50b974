"""Addresses of a site on which something goes wrong."""

from django.urls import path

from cms_site.urls import urlpatterns as working


def fail(request):
    raise RuntimeError("secret")


urlpatterns = [path("fails/", fail), *working]
