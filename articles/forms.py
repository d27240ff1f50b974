from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from .texts import clean_line, clean_text, count_links, has_word


class ArticleForm(WagtailAdminPageForm):
    """The editor's form of an article."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if category := self.fields.get("category"):
            category.queryset = category.queryset.filter(locale=self.instance.locale_id)

    def clean(self):
        cleaned = super().clean()
        # A row of a form set does not know its page, so the page's form judges.
        # Over API v3 there is a form set only for what is written.
        related = self.formsets.get("related_articles")
        for form in related.forms if related else ():
            if (
                form.is_valid()
                and self.instance.pk
                and form.cleaned_data.get("article") == self.instance
            ):
                form.add_error("article", _("An article cannot be related to itself."))
        return cleaned


class ArticleFilterForm(forms.Form):
    """What a reader may ask of the news; a value that cannot be is an error."""

    category = forms.SlugField(label=_("Category"), required=False)
    tag = forms.CharField(label=_("Tag"), max_length=100, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200, required=False)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("month") and not cleaned.get("year"):
            self.add_error("month", _("A month needs a year."))
        return cleaned


class ReaderTextField(forms.CharField):
    """Text of a reader, made harmless; far too long a text is refused before it is looked at."""

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


class CommentForm(forms.Form):
    """What a reader writes below an article, judged by the site's policy."""

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
    # People do not see it; programs that fill in every field give themselves away.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
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
    def trapped(self):
        """Whether something filled in what people do not see."""
        return bool(self.data.get("website"))

    @property
    def refusals(self):
        """The fields with an error, for a summary above the form."""
        return [field for field in self if field.errors]


class RatingForm(forms.Form):
    """How many stars a reader gives an article."""

    stars = forms.TypedChoiceField(
        choices=[(str(stars), str(stars)) for stars in range(1, 6)],
        coerce=int,
        error_messages={
            "required": _("Choose one to five stars."),
            "invalid_choice": _("Choose one to five stars."),
        },
    )


class FeedbackForm(forms.Form):
    """What a reader may ask of the comments below an article; an impossible value is an error."""

    comments = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    order = forms.ChoiceField(choices=[("newest", ""), ("oldest", "")], required=False)
