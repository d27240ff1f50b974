import uuid

import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import wagtail.fields
from django.conf import settings
from django.db import migrations, models
from wagtail.documents import get_document_model_string


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(get_document_model_string()),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DirectiveIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=500, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'register of official documents',
                'verbose_name_plural': 'registers of official documents',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='DirectiveSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commune', models.CharField(blank=True, help_text='As documents print it, for example “phường Bến Ngà”.', max_length=100, verbose_name='ward or commune')),
                ('province', models.CharField(blank=True, help_text='As documents print it, for example “tỉnh Lam Giang”.', max_length=100, verbose_name='province')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'locality of documents',
            },
        ),
        migrations.CreateModel(
            name='DocumentType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('code', models.SlugField(help_text='The same in every language, for example “ke-hoach”. URLs and API clients use it; do not change it once documents have this type.', max_length=60, verbose_name='code')),
                ('symbol', models.CharField(blank=True, help_text='As document numbers print it, for example “KH” in 65/KH-UBND.', max_length=20, verbose_name='symbol')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
            ],
            options={
                'verbose_name': 'document type',
                'verbose_name_plural': 'document types',
                'ordering': ['name'],
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='IssuingBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('code', models.SlugField(help_text='The same in every language, for example “ubnd-tinh-lam-giang”. URLs and API clients use it; do not change it once documents have this body.', max_length=80, verbose_name='code')),
                ('level', models.CharField(choices=[('central', 'Central'), ('province', 'Province'), ('commune', 'Commune')], db_index=True, default='commune', max_length=20, verbose_name='level')),
                ('branch', models.CharField(choices=[('state', 'State'), ('party', 'Party'), ('organisation', 'Organisation')], default='state', help_text='The legal status of Party documents is always unknown: no register records it.', max_length=20, verbose_name='branch')),
                ('locality', models.CharField(blank=True, help_text='The province or commune of a local body, for example “tỉnh Lam Giang”.', max_length=100, verbose_name='locality')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
            ],
            options={
                'verbose_name': 'issuing body',
                'verbose_name_plural': 'issuing bodies',
                'ordering': ['name'],
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='DirectivePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('document_number', models.CharField(help_text='As printed, for example “21-KL/TW” or “65/KH-UBND”.', max_length=100, verbose_name='number')),
                ('number_key', models.CharField(db_index=True, editable=False, max_length=120)),
                ('subject', models.TextField(help_text='What the document is about, as printed in its heading («trích yếu»).', verbose_name='subject')),
                ('issued_on', models.DateField(verbose_name='issued on')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='effective on')),
                ('expires_on', models.DateField(blank=True, help_text='The last day it is in force.', null=True, verbose_name='expires on')),
                ('status_override', models.CharField(blank=True, choices=[('not_yet_in_force', 'Not yet in force'), ('in_force', 'In force'), ('partly_expired', 'Partly expired'), ('expired', 'Expired'), ('suspended', 'Suspended'), ('unknown', 'Unknown')], help_text='Leave empty to derive it from the dates and from the relations of other documents.', max_length=20, verbose_name='legal status')),
                ('signer', models.CharField(blank=True, max_length=100, verbose_name='signer')),
                ('signer_title', models.CharField(blank=True, max_length=150, verbose_name="signer's office")),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('document_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='civic_directives.documenttype', verbose_name='type')),
                ('issuing_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='civic_directives.issuingbody', verbose_name='issuing body')),
            ],
            options={
                'indexes': [models.Index(fields=['issued_on', 'page_ptr'], name='directive_newest'), models.Index(fields=['number_key', 'page_ptr'], name='directive_by_number'), models.Index(fields=['document_type', 'issued_on', 'page_ptr'], name='directive_newest_of_type'), models.Index(fields=['issuing_body', 'issued_on', 'page_ptr'], name='directive_newest_of_body')],
                'verbose_name': 'official document',
                'verbose_name_plural': 'official documents',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='DirectiveAttachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(blank=True, help_text="Shown instead of the file's own title.", max_length=255, verbose_name='title')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=get_document_model_string(), verbose_name='file')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='civic_directives.directivepage')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.CreateModel(
            name='CitationDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.CharField(editable=False, max_length=32)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('directive', models.ForeignKey(blank=True, help_text='Leave empty so that the citation is not linked.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='civic_directives.directivepage', verbose_name='official document')),
            ],
            options={
                'verbose_name': 'decision on a citation',
                'verbose_name_plural': 'decisions on citations',
                'constraints': [models.UniqueConstraint(fields=('source', 'identity'), name='decision_once_per_citation')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.CharField(editable=False, max_length=32)),
                ('origin', models.CharField(choices=[('text', 'Found in the text'), ('hand', 'Chosen by an editor')], max_length=10, verbose_name='origin')),
                ('key', models.CharField(db_index=True, editable=False, max_length=120)),
                ('number', models.CharField(help_text='As written in the text.', max_length=120, verbose_name='number')),
                ('document_type', models.CharField(blank=True, max_length=60, verbose_name='type')),
                ('date', models.DateField(blank=True, null=True, verbose_name='date')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('issuer', models.CharField(blank=True, max_length=250, verbose_name='issuing body')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='mentions')),
                ('order', models.PositiveIntegerField(default=0, editable=False)),
                ('status', models.CharField(choices=[('linked', 'Linked'), ('ambiguous', 'Ambiguous'), ('conflict', 'Conflicting'), ('missing', 'Missing'), ('dismissed', 'Not to be linked')], db_index=True, max_length=10, verbose_name='status')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='civic_directives.directivepage', verbose_name='official document')),
            ],
            options={
                'verbose_name': 'citation',
                'verbose_name_plural': 'citations',
                'constraints': [models.UniqueConstraint(fields=('source', 'origin', 'identity'), name='citation_once_per_page'), models.CheckConstraint(condition=models.Q(('status', 'linked'), ('directive', None), _connector='OR'), name='citation_leads_somewhere_if_linked')],
            },
        ),
        migrations.CreateModel(
            name='DirectiveRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('based_on', 'Based on'), ('implements', 'Implements'), ('amends', 'Amends'), ('replaces', 'Replaces'), ('repeals', 'Repeals'), ('corrects', 'Corrects'), ('consolidates', 'Consolidates'), ('related', 'Related to')], max_length=20, verbose_name='relation')),
                ('partly', models.BooleanField(default=False, help_text='Only some provisions are replaced or repealed; the others stay in force.', verbose_name='in part')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='civic_directives.directivepage')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='incoming_relations', to='civic_directives.directivepage', verbose_name='official document')),
            ],
            options={
                'verbose_name': 'relation',
                'verbose_name_plural': 'relations',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.AddConstraint(
            model_name='documenttype',
            constraint=models.UniqueConstraint(fields=('locale', 'code'), name='document_type_code_per_locale'),
        ),
        migrations.AlterUniqueTogether(
            name='documenttype',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddConstraint(
            model_name='issuingbody',
            constraint=models.UniqueConstraint(fields=('locale', 'code'), name='issuing_body_code_per_locale'),
        ),
        migrations.AlterUniqueTogether(
            name='issuingbody',
            unique_together={('translation_key', 'locale')},
        ),
    ]
