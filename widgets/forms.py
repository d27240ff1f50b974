"""Form fields of maps: boundaries as GeoJSON, and coordinates picked on a map."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from .conf import conf
from .maps.geojson import MAX_BYTES, normalise_boundaries, parse_boundaries


class BoundariesWidget(forms.Textarea):
    """A text area for GeoJSON that a script can fill from a file, so that previews include it."""

    template_name = "civic_widgets/forms/boundaries.html"

    class Media:
        js = ["civic_widgets/boundaries.js"]

    def __init__(self):
        super().__init__({"rows": 6, "spellcheck": "false", "data-boundaries": ""})


class LatitudeInput(forms.NumberInput):
    """A number input for a latitude, beside a map that sets both coordinates."""

    class Media:
        css = {"all": ["leaflet/leaflet.css", "civic_widgets/places.css"]}
        js = ["leaflet/leaflet.js", "civic_widgets/places.js"]

    def get_context(self, name, value, attrs):
        """Add the data attributes that the script reads: tiles and translated labels."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-latitude": "",
            "data-tiles": conf.MAP_TILE_URL,
            "data-pick": _("Pick the position on a map"),
            "data-centre": _("Take the centre of the map"),
        }
        return context


class BoundariesField(forms.CharField):
    """Parse GeoJSON; clean to normalised boundaries, or None if empty."""

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
        """
        Return the normalised boundaries; raise `ValidationError` for text that is not valid
        GeoJSON.
        """
        # Before parsing, to bound the work; whitespace counts as well.
        if len(value or "") > 4 * MAX_BYTES:
            raise ValidationError(
                _("The boundaries are larger than %(limit)d kB. Simplify them, then try again.")
                % {"limit": MAX_BYTES // 1024}
            )
        text = super().clean(value)
        if not text:
            return None
        return normalise_boundaries(parse_boundaries(text))


class MapForm(WagtailAdminPageForm):
    """Edit a map."""

    boundaries = BoundariesField()

    def clean(self):
        """Check areas against the boundaries in the same form."""
        cleaned = super().clean()
        if "boundaries" in cleaned:
            features = (cleaned["boundaries"] or {}).get("features", [])
            self._check_areas({feature["properties"]["key"] for feature in features})
        return cleaned

    def _check_areas(self, known):
        """Add an error to each posted area whose boundary is not in `known`."""
        # API v3 builds formsets only for relations in the request.
        areas = self.formsets.get("areas")
        for form in areas.forms if areas else ():
            # Runs the form's validation; rows with other errors get this one as well.
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
