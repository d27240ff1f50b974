"""What search engines are told of an official document."""

import datetime
import json

from bs4 import BeautifulSoup
from django.test import TestCase

from tests.factories import document_type, issuing_body, make_directive, make_portal, relate


class LegislationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.decision = make_directive(
            cls.portal.register,
            document_number="9/QĐ-UBND",
            document_type=document_type("quyet-dinh"),
            issuing_body=issuing_body(
                "ubnd-tinh-lam-giang",
                name="Ủy ban nhân dân tỉnh Lam Giang",
                locality="tỉnh Lam Giang",
                level="province",
            ),
            subject="Thu gom rác",
            issued_on=datetime.date(2024, 3, 15),
            effective_on=datetime.date(2024, 4, 1),
        )

    def described(self):
        soup = BeautifulSoup(self.client.get(self.decision.url).content, "html.parser")
        found = [json.loads(each.text) for each in soup.select('[type="application/ld+json"]')]
        [legislation] = [each for each in found if each["@type"] == "Legislation"]
        return legislation

    def test_says_what_it_is_and_since_when(self):
        said = self.described()

        assert (
            said
            | {
                "legislationIdentifier": "9/QĐ-UBND",
                "legislationType": "Quyết định",
                "abstract": "Thu gom rác",
                "legislationDate": "2024-03-15",
                "legislationDateOfApplicability": "2024-04-01",
                "temporalCoverage": "2024-04-01/..",
                "jurisdiction": "tỉnh Lam Giang",
                "legislationLegalForce": "https://schema.org/InForce",
                "inLanguage": "vi",
                "url": self.decision.full_url,
            }
            == said
        )
        assert said["legislationPassedBy"]["name"] == "Ủy ban nhân dân tỉnh Lam Giang"

    def test_says_what_it_does_to_others(self):
        old = make_directive(self.portal.register, document_number="8/QĐ-UBND")
        basis = make_directive(self.portal.register, document_number="30/2020/NĐ-CP")
        relate(self.decision, "replaces", old)
        relate(self.decision, "based_on", basis)
        relate(self.decision, "amends", make_directive(self.portal.register, live=False))

        said = self.described()

        assert [each["url"] for each in said["legislationRepeals"]] == [old.full_url]
        assert [each["url"] for each in said["legislationChanges"]] == [old.full_url]
        assert [each["url"] for each in said["isBasedOn"]] == [basis.full_url]
        assert "legislationAmends" not in said
