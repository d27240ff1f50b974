import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def describe(apps, schema_editor):
    """Gives the citations by hand what there is to say of them."""
    Citation = apps.get_model("directives", "Citation")
    rows = Citation.objects.select_related("directive__document_type", "directive__issuing_body")
    changed = []
    for row in rows.iterator():
        directive = row.directive
        row.identity = directive.translation_key.hex
        row.key = directive.number_key
        row.number = directive.document_number
        row.document_type = directive.document_type.code
        row.date = directive.issued_on
        row.year = directive.issued_on.year
        row.issuer = directive.issuing_body.name
        row.status = "linked"
        changed.append(row)
    fields = ["identity", "key", "number", "document_type", "date", "year", "issuer", "status"]
    Citation.objects.bulk_update(changed, fields, batch_size=500)


def forget(apps, schema_editor):
    """The former table has no place for what is not linked."""
    Citation = apps.get_model("directives", "Citation")
    Citation.objects.exclude(status="linked").delete()
    seen = set()
    for pk, *place in Citation.objects.values_list("pk", "source", "directive", "origin"):
        if tuple(place) in seen:
            Citation.objects.filter(pk=pk).delete()
        seen.add(tuple(place))


class Migration(migrations.Migration):
    # PostgreSQL refuses to alter a table in the transaction that changed its rows.
    atomic = False

    dependencies = [
        ("directives", "0002_seed_terms"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            "citation", "identity",
            models.CharField(default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            "citation", "key",
            models.CharField(db_index=True, default="", editable=False, max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            "citation", "number",
            models.CharField(default="", help_text="As the text has it.", max_length=120, verbose_name="number"),
            preserve_default=False,
        ),
        migrations.AddField(
            "citation", "document_type",
            models.CharField(blank=True, default="", max_length=60, verbose_name="type"),
            preserve_default=False,
        ),
        migrations.AddField(
            "citation", "date", models.DateField(blank=True, null=True, verbose_name="date"),
        ),
        migrations.AddField(
            "citation", "year",
            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year"),
        ),
        migrations.AddField(
            "citation", "issuer",
            models.CharField(blank=True, default="", max_length=250, verbose_name="issuing body"),
            preserve_default=False,
        ),
        migrations.AddField(
            "citation", "count", models.PositiveIntegerField(default=1, verbose_name="mentions"),
        ),
        migrations.AddField(
            "citation", "order", models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            "citation", "status",
            models.CharField(
                choices=[("linked", "Linked"), ("ambiguous", "Ambiguous"), ("conflict", "Conflicting"), ("missing", "Missing"), ("dismissed", "Not to be linked")],
                db_index=True, default="linked", max_length=10, verbose_name="status",
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("citation", "citation_once_per_origin"),
        migrations.AlterField(
            "citation", "directive",
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="directives.directivepage", verbose_name="official document"),
        ),
        migrations.RunPython(describe, forget),
        migrations.AddConstraint(
            "citation",
            models.UniqueConstraint(fields=("source", "origin", "identity"), name="citation_once_per_page"),
        ),
        migrations.AddConstraint(
            "citation",
            models.CheckConstraint(condition=models.Q(("status", "linked"), ("directive", None), _connector="OR"), name="citation_leads_somewhere_if_linked"),
        ),
        migrations.CreateModel(
            name="CitationDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity", models.CharField(editable=False, max_length=32)),
                ("directive", models.ForeignKey(blank=True, help_text="Empty: the citation is not to be linked.", null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directives.directivepage", verbose_name="official document")),
                ("source", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.WAGTAIL_PAGE_MODEL, verbose_name="page")),
            ],
            options={
                "verbose_name": "decision on a citation",
                "verbose_name_plural": "decisions on citations",
                "constraints": [models.UniqueConstraint(fields=("source", "identity"), name="decision_once_per_citation")],
            },
        ),
    ]
