import datetime

from django.urls import reverse
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from articles.models import ArticlePage
from directives.models import DirectiveIndexPage, DirectivePage, DirectiveRelation
from tests.factories import (
    attach,
    cite,
    document_type,
    issuing_body,
    language,
    log_in,
    make_article,
    make_directive,
    make_document,
    make_english,
    make_portal,
    relate,
    translate,
)
from tests.forms import directive_form, preview_new
from tests.queries import queries_of


class DirectivePageTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.register = cls.portal.register

    def test_lives_only_in_a_register(self):
        self.assertAllowedParentPageTypes(DirectivePage, {DirectiveIndexPage})
        self.assertAllowedSubpageTypes(DirectivePage, {})

    def test_an_editor_can_create_it(self):
        log_in(self.client)
        target = make_directive(self.register)
        data = directive_form(
            attachments=inline_formset(
                [
                    {"document": make_document().pk, "title": "Toàn văn"},
                    {"document": make_document().pk, "title": ""},
                ]
            ),
            relations=inline_formset([{"kind": "implements", "target": target.pk}]),
        )

        self.assertCanCreate(self.register, DirectivePage, nested_form_data(data))

        page = DirectivePage.objects.get(document_number="65/KH-UBND")
        assert page.attachments.count() == 2
        assert page.relations.get().target == target

    def test_can_be_previewed_before_its_first_save(self):
        unsaved = DirectivePage(
            title="Kế hoạch",
            document_number="9/KH-UBND",
            document_type=document_type(),
            issuing_body=issuing_body(),
            subject="Chưa lưu",
            issued_on=datetime.date(2024, 3, 1),
            locale=language("vi"),
        )

        response = unsaved.make_preview_request()

        self.assertContains(response, "Chưa lưu")

    def test_the_editor_previews_a_page_with_files_and_relations_that_has_no_id(self):
        log_in(self.client)
        target = make_directive(self.register)
        data = directive_form(
            attachments=inline_formset([{"document": make_document("Phụ lục").pk, "title": ""}]),
            relations=inline_formset([{"kind": "amends", "target": target.pk}]),
        )

        response = preview_new(self.client, self.register, DirectivePage, data)
        for text in ("65/KH-UBND", "Thu gom rác tại nguồn", "Phụ lục", target.title):
            self.assertContains(response, text)

    def test_more_files_relations_and_citing_pages_cost_no_more_queries(self):
        page = make_directive(self.register)
        counts = []
        for _ in range(2):
            for _ in range(10):
                attach(page)
                relate(page, "amends", make_directive(self.register))
                relate(make_directive(self.register), "implements", page)
                cite(make_article(self.portal.news), page)
            counts.append(queries_of(self.client, page.url))

        assert counts[0] == counts[1]

    def test_a_reader_sees_all_there_is_to_know(self):
        page = make_directive(
            self.register,
            document_number="21-KL/TW",
            subject="Đẩy mạnh xây dựng, chỉnh đốn",
            issued_on=datetime.date(2021, 10, 25),
            effective_on=datetime.date(2021, 11, 1),
            expires_on=datetime.date(2031, 11, 1),
            signer="Nguyễn Văn An",
            signer_title="Chủ tịch",
            body="<p>Toàn văn ở đây</p>",
        )
        file = make_document("Bản gốc", name="ban-goc.pdf")
        attach(page, file)
        attach(page, title="Phụ lục I")

        response = self.client.get(page.url)

        for text in (
            "21-KL/TW",
            "Đẩy mạnh xây dựng, chỉnh đốn",
            "25/10/2021",
            "01/11/2021",
            "01/11/2031",
            "Nguyễn Văn An",
            "Chủ tịch",
            "Toàn văn ở đây",
            "Bản gốc",
            "Phụ lục I",
            "PDF",
            file.url,
            page.issuing_body.name,
        ):
            self.assertContains(response, text)

    def test_fields_with_markup_are_printed_as_text(self):
        evil = '"><script>alert(1)</script>'
        page = make_directive(
            self.register,
            title=evil,
            slug="xau",
            document_number=evil[:100],
            subject=evil,
            signer=evil,
            signer_title=evil,
        )
        attach(page, title=evil)

        for address in (page.url, self.register.url, self.portal.home.url):
            html = self.client.get(address).content.decode()
            assert "alert(1)" in html
            assert "<script>alert(1)" not in html

    def test_is_in_the_trail_of_its_sections(self):
        page = make_directive(self.register)

        soup = self.get_soup(self.client.get(page.url).content)

        steps = [step.get_text() for step in soup.select(".breadcrumbs li")]
        assert steps == [self.portal.home.title, self.register.title, page.title]


class TitleAndSlugTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.english = make_english(cls.portal)

    def create(self, register, **changes):
        log_in(self.client)
        data = nested_form_data(directive_form(**changes)) | {"action-publish": "yes"}
        address = reverse(
            "wagtailadmin_pages:add", args=["civic_directives", "directivepage", register.pk]
        )
        response = self.client.post(address, data)
        assert response.status_code == 302, response.context["form"].errors
        return DirectivePage.objects.latest("pk")

    def test_a_title_left_empty_is_made_of_type_and_number(self):
        page = self.create(
            self.portal.register,
            document_number="21-KL/TW",
            document_type=document_type("ket-luan").pk,
            issued_on="2021-10-25",
        )

        assert page.title == "Kết luận số 21-KL/TW"
        assert page.slug == "ket-luan-21-kl-tw-2021-10-25"

    def test_an_english_title_is_made_of_the_english_type(self):
        locale = self.english.register.locale
        kind = document_type(locale=locale)
        kind.name = "Plan"
        kind.save()

        page = self.create(
            self.english.register,
            document_type=kind.pk,
            issuing_body=issuing_body(locale=locale).pk,
        )

        assert page.title == "Plan No. 65/KH-UBND"
        assert page.slug == "plan-65-kh-ubnd-2024-03-15"

    def test_the_admins_language_does_not_choose_the_titles(self):
        user = log_in(self.client)
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = "en"
        profile.save()
        data = nested_form_data(directive_form()) | {"action-publish": "yes"}
        address = reverse(
            "wagtailadmin_pages:add",
            args=["civic_directives", "directivepage", self.portal.register.pk],
        )

        self.client.post(address, data)

        assert DirectivePage.objects.get().title == "Kế hoạch số 65/KH-UBND"

    def test_đ_of_a_decree_is_not_lost_in_the_slug(self):
        page = make_directive(
            self.portal.register,
            document_number="15/2020/NĐ-CP",
            document_type=document_type("nghi-dinh"),
            issued_on=datetime.date(2020, 2, 3),
        )

        assert page.slug == "nghi-dinh-15-2020-nd-cp-2020-02-03"

    def test_a_title_of_the_editors_own_stays(self):
        page = self.create(self.portal.register, title="Kế hoạch thu gom rác năm 2024")

        assert page.title == "Kế hoạch thu gom rác năm 2024"


class BadInputTests(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.portal = make_portal()
        cls.existing = make_directive(
            cls.portal.register,
            document_number="65/KH-UBND",
            issued_on=datetime.date(2024, 3, 15),
        )

    def setUp(self):
        super().setUp()
        log_in(self.client)

    def post(self, register=None, **changes):
        data = nested_form_data(directive_form(**changes)) | {"action-publish": "yes"}
        register = register or self.portal.register
        address = reverse(
            "wagtailadmin_pages:add", args=["civic_directives", "directivepage", register.pk]
        )
        return self.client.post(address, data)

    def errors(self, **changes):
        response = self.post(**changes)
        assert response.status_code == 200
        return response.context["form"].errors

    def test_the_same_document_twice_is_refused_at_its_number(self):
        for number in ("65/KH-UBND", "65 / kh-ubnd", "65/KH–UBND", "065/KH-UBND"):
            with self.subTest(number=number):
                errors = self.errors(document_number=number)
                assert self.existing.title in errors["document_number"][0]

    def test_the_same_number_of_another_day_type_or_body_is_another_document(self):
        other = issuing_body("ubnd-phuong-go-say", name="Ủy ban nhân dân phường Gò Sậy")
        for change in (
            {"issued_on": "2023-03-15"},
            {"document_type": document_type("quyet-dinh").pk},
            {"issuing_body": other.pk},
        ):
            with self.subTest(change=change):
                assert self.post(**change).status_code == 302

    def test_a_draft_counts_as_the_same_document(self):
        self.existing.unpublish()

        assert "document_number" in self.errors()

    def test_a_number_in_a_draft_of_a_published_document_counts_as_well(self):
        self.existing.document_number = "66/KH-UBND"
        self.existing.save_revision(clean=True)

        assert "document_number" in self.errors(document_number="66/KH-UBND")
        assert "document_number" in self.errors(document_number="65/KH-UBND")

    def test_a_number_that_a_draft_gave_up_is_free(self):
        self.existing.unpublish()
        self.existing.document_number = "66/KH-UBND"
        self.existing.save_revision(clean=True)

        assert "document_number" in self.errors(document_number="66/KH-UBND")
        assert self.post(document_number="65/KH-UBND").status_code == 302

    def test_another_site_may_have_the_same_document(self):
        other = make_portal("go-say.localhost", "Phường Gò Sậy")

        assert self.post(register=other.register).status_code == 302

    def test_a_translation_is_no_duplicate(self):
        make_english(self.portal)

        translated = translate(self.existing)

        assert translated.live
        assert translated.number_key == self.existing.number_key

    def test_saving_again_is_no_duplicate_of_itself(self):
        address = reverse("wagtailadmin_pages:edit", args=[self.existing.pk])
        data = directive_form(title=self.existing.title, slug=self.existing.slug, subject="Mới")

        response = self.client.post(address, nested_form_data(data) | {"action-publish": "yes"})

        assert response.status_code == 302
        self.existing.refresh_from_db()
        assert self.existing.subject == "Mới"

    def test_an_expiry_before_the_issue_is_refused_at_its_field(self):
        assert "expires_on" in self.errors(document_number="66/KH-UBND", expires_on="2024-03-14")

    def test_an_effect_before_the_issue_is_refused_at_its_field(self):
        assert "effective_on" in self.errors(
            document_number="66/KH-UBND", effective_on="2024-03-14"
        )

    def test_an_expiry_before_the_effect_is_refused_at_its_field(self):
        errors = self.errors(
            document_number="66/KH-UBND", effective_on="2024-05-01", expires_on="2024-04-01"
        )

        assert set(errors) == {"expires_on"}

    def test_what_is_missing_is_said_at_its_field(self):
        errors = self.errors(
            document_number="", document_type="", issuing_body="", subject="", issued_on=""
        )

        assert {"document_number", "document_type", "issuing_body", "subject", "issued_on"} <= set(
            errors
        )

    def test_a_draft_needs_a_number_or_a_title(self):
        address = reverse(
            "wagtailadmin_pages:add",
            args=["civic_directives", "directivepage", self.portal.register.pk],
        )
        nameless = nested_form_data(directive_form(document_number=""))
        named = nested_form_data(directive_form(document_number="", title="Thu gom rác"))

        refused, saved = self.client.post(address, nameless), self.client.post(address, named)

        assert set(refused.context["form"].errors) == {"document_number"}
        assert saved.status_code == 302
        draft = DirectivePage.objects.get(title="Thu gom rác")
        assert (draft.slug, draft.live) == ("ke-hoach-2024-03-15", False)

    def test_an_attachment_of_a_wrong_type_is_refused_at_its_field(self):
        program = make_document(name="virus.exe", content=b"MZ\x90\x00")
        attachments = inline_formset([{"document": program.pk, "title": ""}])

        response = self.post(document_number="66/KH-UBND", attachments=attachments)

        formset = response.context["form"].formsets["attachments"]
        assert "document" in formset.errors[0]

    def test_a_document_cannot_be_related_to_itself(self):
        address = reverse("wagtailadmin_pages:edit", args=[self.existing.pk])
        relations = inline_formset([{"kind": "amends", "target": self.existing.pk}])
        data = directive_form(
            title=self.existing.title, slug=self.existing.slug, relations=relations
        )

        response = self.client.post(address, nested_form_data(data) | {"action-publish": "yes"})

        assert response.status_code == 200
        assert "target" in response.context["form"].formsets["relations"].errors[0]
        assert not DirectiveRelation.objects.exists()

    def test_only_a_replacement_or_a_repeal_can_be_in_part(self):
        relations = inline_formset([{"kind": "amends", "target": self.existing.pk, "partly": "on"}])

        response = self.post(document_number="66/KH-UBND", relations=relations)

        assert "partly" in response.context["form"].formsets["relations"].errors[0]

    def test_a_page_of_another_type_is_no_target(self):
        article = make_article(self.portal.news)
        relations = inline_formset([{"kind": "amends", "target": article.pk}])

        response = self.post(document_number="66/KH-UBND", relations=relations)

        assert response.status_code == 200
        assert "target" in response.context["form"].formsets["relations"].errors[0]
        assert ArticlePage.objects.get() == article
