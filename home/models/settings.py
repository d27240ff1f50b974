"""Settings of the agency for each site."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images import get_image_model_string
from wagtail.models import Locale, Orderable


@register_setting(icon="home")
class AgencySettings(BaseSiteSetting, ClusterableModel):
    """The agency that runs a site; translated texts are in its `AgencyText` rows."""

    mark = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("mark"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The emblem beside the name; square, at least 200 pixels wide."),
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#8c1c13",
        validators=[
            RegexValidator(
                r"^#[0-9a-fA-F]{6}$", _("Write a colour as #rrggbb, for example #8c1c13.")
            )
        ],
        help_text=_(
            "The accent colour of the site, as #rrggbb. Choose a dark one: it is the background of "
            "white text."
        ),
    )
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    select_related = ["mark"]

    class Meta:
        verbose_name = _("agency and footer")

    panels = [
        InlinePanel(
            "texts", heading=_("In each language"), label=_("language"), min_num=0, max_num=20
        ),
        MultiFieldPanel(
            ["mark", FieldPanel("colour", classname="collapsed")], heading=_("Appearance")
        ),
        MultiFieldPanel([FieldRowPanel(["telephone", "email"])], heading=_("Contact")),
        InlinePanel("social_links", heading=_("Social networks"), label=_("link")),
    ]


class AgencyText(Orderable):
    """The texts of an agency in one language."""

    settings = ParentalKey(AgencySettings, on_delete=models.CASCADE, related_name="texts")
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name of the agency"), max_length=150)
    motto = models.CharField(
        _("line above the name"),
        max_length=150,
        blank=True,
        help_text=_("For example the superior authority, “Tỉnh Lam Giang”."),
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    responsible = models.CharField(_("responsible for the content"), max_length=200, blank=True)
    footer_text = models.TextField(_("footer text"), max_length=600, blank=True)

    panels = [
        FieldRowPanel(["locale", "name"]),
        "motto",
        "address",
        "responsible",
        "footer_text",
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("text of the agency")
        verbose_name_plural = _("texts of the agency")

    def __str__(self):
        return self.name


class SocialLink(Orderable):
    """The agency's page on a social network."""

    settings = ParentalKey(AgencySettings, on_delete=models.CASCADE, related_name="social_links")
    name = models.CharField(_("name"), max_length=50)
    url = models.URLField(_("address"), max_length=300)

    panels = [FieldRowPanel(["name", "url"])]

    class Meta(Orderable.Meta):
        verbose_name = _("link to a social network")
        verbose_name_plural = _("links to social networks")

    def __str__(self):
        return self.name
