from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from ..models.ratings import STARS
from .link_detection import count_links
from .text_cleaning import clean_line, clean_text, has_word


class ReaderTextField(forms.CharField):
    """A text field that sanitises its value; much too long a text is refused before that."""

    def __init__(self, *, clean, **kwargs):
        super().__init__(strip=False, **kwargs)
        self.clean_text = clean

    def to_python(self, value):
        value = super().to_python(value)
        if len(value) > 4 * self.max_length:
            raise ValidationError(self.error_messages["too_long"], code="max_length")
        return self.clean_text(value)

    def validate(self, value):
        super().validate(value)
        if value and not has_word(value):
            raise ValidationError(self.error_messages["required"], code="required")


class StarsField(forms.TypedChoiceField):
    """One to five stars, as a number; None for none."""

    def __init__(self, **kwargs):
        message = _("Choose one to five stars.")
        super().__init__(
            choices=[(str(stars), str(stars)) for stars in STARS],
            coerce=int,
            empty_value=None,
            error_messages={"required": message, "invalid_choice": message},
            **kwargs,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """
    The cleaned values of a `CommentForm`.

    `stars` rate the page along with it, `parent` names the comment replied to, `payload` is the
    proof of work, and `is_honeypot_filled` says that the honeypot was filled in.
    """

    name: str
    email: str
    body: str
    stars: int | None = None
    parent: str | int | None = None
    payload: str = ""
    is_honeypot_filled: bool = False


class CommentForm(forms.Form):
    """The form for a comment, with the limits of the site's settings."""

    prefix_id = "comment"

    name = ReaderTextField(
        label=_("Your name"),
        max_length=80,
        clean=clean_line,
        help_text=_("Shown with your comment. A nickname will do."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={
            "required": _("Enter your name."),
            "too_long": _("The name is longer than 80 characters."),
            "max_length": _("The name is longer than 80 characters."),
        },
    )
    email = forms.EmailField(
        label=_("E-mail (optional)"),
        max_length=254,
        required=False,
        help_text=_("Never shown. Only for questions about your comment."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "invalid": _("Enter an e-mail address like name@example.vn, or leave it empty.")
        },
    )
    body = ReaderTextField(
        label=_("Your comment"),
        clean=clean_text,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": _("Write your comment.")},
    )
    # Honeypot: invisible to people, filled in by bots.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    stars = StarsField(required=False)
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    altcha = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, policy, **kwargs):
        super().__init__(data, auto_id=f"{self.prefix_id}-%s", **kwargs)
        self.policy = policy
        body = self.fields["body"]
        too_long = _("The comment is longer than %(limit)d characters.") % {
            "limit": policy.max_length
        }
        body.max_length = policy.max_length
        body.error_messages |= {"too_long": too_long, "max_length": too_long}
        body.validators.append(MaxLengthValidator(policy.max_length, too_long))
        body.widget.attrs["maxlength"] = policy.max_length
        body.help_text = ngettext_lazy(
            "At most %(limit)d character.", "At most %(limit)d characters.", "limit"
        ) % {"limit": policy.max_length}

    def clean_name(self):
        return self._without_links("name", 0)

    def clean_body(self):
        return self._without_links("body", self.policy.max_links)

    def _without_links(self, name, limit):
        if count_links(self.cleaned_data[name]) > limit:
            message = ngettext(
                "At most %(limit)d link is allowed here.",
                "At most %(limit)d links are allowed here.",
                limit,
            )
            raise ValidationError(
                message % {"limit": limit} if limit else _("Links are not allowed here."),
                code="links",
            )
        return self.cleaned_data[name]

    @property
    def draft(self) -> Draft:
        """The cleaned values of a valid form."""
        given = self.cleaned_data
        return Draft(
            **{name: given[name] for name in ("name", "email", "body", "stars", "parent")},
            payload=given["altcha"],
            is_honeypot_filled=bool(given["website"]),
        )

    @property
    def refusals(self):
        """The fields with an error, for a summary above the form."""
        return [field for field in self if field.errors]


class RatingForm(forms.Form):
    """The form for a rating."""

    stars = StarsField()


class FeedbackForm(forms.Form):
    """The query string of a page with comments: page number and order."""

    comments = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    order = forms.ChoiceField(choices=[("newest", ""), ("oldest", "")], required=False)
