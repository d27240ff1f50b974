from .pages import FeaturedArticle, HomePage
from .settings import AgencySettings, AgencyText, SocialLink

__all__ = ["AgencySettings", "AgencyText", "FeaturedArticle", "HomePage", "SocialLink"]
