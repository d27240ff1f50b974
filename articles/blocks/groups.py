"""The groups in which an editor is offered the blocks of an article."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Prose")
MEDIA = _("Pictures and files")
REFERENCES = _("References")
