"""Template tag of the editor's form."""

from django import template

from ..content.admin.returned_pages import why_returned

register = template.Library()
register.simple_tag(why_returned)
