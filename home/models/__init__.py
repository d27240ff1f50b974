"""Models of the home page and the agency."""

from .pages import FeaturedArticle, HomePage
from .settings import AgencySettings, AgencyText, SocialLink

__all__ = ["AgencySettings", "AgencyText", "FeaturedArticle", "HomePage", "SocialLink"]
