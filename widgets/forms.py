import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from .conf import conf
from .maps.geojson import MAX_BYTES, normalise_boundaries


class BoundariesWidget(forms.Textarea):
    """A text area for GeoJSON that a file can be loaded into, so that a preview has it too."""

    template_name = "civic_widgets/forms/boundaries.html"

    class Media:
        js = ["civic_widgets/boundaries.js"]

    def __init__(self):
        super().__init__({"rows": 6, "spellcheck": "false", "data-boundaries": ""})


class LatitudeInput(forms.NumberInput):
    """A latitude, and beside it a map on which both coordinates can be picked."""

    class Media:
        css = {"all": ["leaflet/leaflet.css", "civic_widgets/places.css"]}
        js = ["leaflet/leaflet.js", "civic_widgets/places.js"]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-latitude": "",
            "data-tiles": conf.MAP_TILE_URL,
            "data-pick": _("Pick the position on a map"),
            "data-centre": _("Take the centre of the map"),
        }
        return context


class BoundariesField(forms.CharField):
    """GeoJSON as text; cleans to the normalised boundaries, or None when left empty."""

    widget = BoundariesWidget

    def __init__(self):
        super().__init__(
            label=_("Boundaries"),
            required=False,
            help_text=_(
                "GeoJSON with one named polygon for each area, at most 512 kB. "
                "Load a file or paste the text."
            ),
        )

    def prepare_value(self, value):
        return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value):
        # Before anything is made of it: spaces, too, are bytes to handle.
        if len(value or "") > 4 * MAX_BYTES:
            raise ValidationError(
                _("The boundaries are larger than %(limit)d kB. Simplify them, then try again.")
                % {"limit": MAX_BYTES // 1024}
            )
        text = super().clean(value)
        if not text:
            return None
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValidationError(
                _("This is not JSON: %(problem)s.") % {"problem": error}
            ) from error
        return normalise_boundaries(data)


class MapForm(WagtailAdminPageForm):
    """The editor's form of a map."""

    boundaries = BoundariesField()

    def clean(self):
        cleaned = super().clean()
        if "boundaries" in cleaned:
            features = (cleaned["boundaries"] or {}).get("features", [])
            self._check_areas({feature["properties"]["key"] for feature in features})
        return cleaned

    def _check_areas(self, known):
        """Each area must name a boundary; the rows posted count, not those the page has now."""
        # Over API v3 there is a form set only for what is written.
        areas = self.formsets.get("areas")
        for form in areas.forms if areas else ():
            # A row with another error is told of this one as well.
            form.is_valid()
            if form.cleaned_data.get("DELETE"):
                continue
            key = form.cleaned_data.get("feature_key")
            if key and key not in known:
                message = _(
                    "The area “%(area)s” names a boundary “%(key)s” that is not there. "
                    "There are: %(known)s."
                )
                facts = {
                    "area": form.cleaned_data.get("label"),
                    "key": key,
                    "known": ", ".join(sorted(known)) or "–",
                }
                form.add_error("feature_key", message % facts)
