import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from wagtail.documents import get_document_model_string

import headless.webhooks.models


def add_to_search_index(apps, schema_editor):
    """Add to Wagtail's search index what `headless.content.search_index` reads of it."""
    table = apps.get_model("wagtailsearch", "IndexEntry")._meta.db_table
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE civic_headless_vocabulary USING fts5vocab({table}_fts, 'row')"
        )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"ALTER TABLE {table} ADD COLUMN civic_text tsvector"
            " GENERATED ALWAYS AS (title || body || autocomplete) STORED"
        )
        schema_editor.execute(
            f"CREATE INDEX civic_headless_search_text ON {table} USING gin (civic_text)"
        )


def remove_from_search_index(apps, schema_editor):
    table = apps.get_model("wagtailsearch", "IndexEntry")._meta.db_table
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE IF EXISTS civic_headless_vocabulary")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS civic_text")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        ('wagtailsearch', '0010_add_text_fields'),
        migrations.swappable_dependency(get_document_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.PositiveBigIntegerField(default=1, verbose_name='amount')),
            ],
            options={
                'verbose_name': 'change of content',
                'verbose_name_plural': 'changes of content',
            },
        ),
        migrations.CreateModel(
            name='DailySecret',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('secret', models.CharField(max_length=64, verbose_name='secret')),
            ],
            options={
                'verbose_name': 'secret of a day',
                'verbose_name_plural': 'secrets of a day',
            },
        ),
        migrations.CreateModel(
            name='GivenName',
            fields=[
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='given_name', serialize=False, to=get_document_model_string(), verbose_name='document')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
            ],
            options={
                'verbose_name': 'name of a file',
                'verbose_name_plural': 'names of files',
            },
        ),
        migrations.CreateModel(
            name='FormerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('former_id', models.PositiveBigIntegerField(verbose_name='former id')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=get_document_model_string(), verbose_name='document')),
            ],
            options={
                'verbose_name': 'former address of a file',
                'verbose_name_plural': 'former addresses of files',
                'constraints': [models.UniqueConstraint(fields=('former_id', 'name'), name='formerfile_of_one_address')],
            },
        ),
        migrations.CreateModel(
            name='PageChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_id', models.PositiveBigIntegerField()),
                ('page_type', models.CharField(max_length=200)),
                ('language_code', models.CharField(max_length=100)),
                ('url_path', models.TextField()),
                ('was_public', models.BooleanField()),
                ('last_published_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'change of a page',
                'verbose_name_plural': 'changes of pages',
            },
        ),
        migrations.CreateModel(
            name='WebhookEndpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('url', models.URLField(help_text='The URL that events are posted to. It may contain a secret.', max_length=500, verbose_name='address')),
                ('events', models.JSONField(default=headless.webhooks.models.all_events, verbose_name='events')),
                ('active', models.BooleanField(default=True, help_text='Nothing is sent to an inactive endpoint.', verbose_name='active')),
                ('secret', models.CharField(editable=False, max_length=100)),
                ('former_secret', models.CharField(editable=False, max_length=100)),
                ('former_until', models.DateTimeField(editable=False, null=True)),
                ('locale', models.ForeignKey(blank=True, help_text='Leave empty for pages in all languages.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale', verbose_name='language')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'webhook endpoint',
                'verbose_name_plural': 'webhook endpoints',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='key')),
                ('event', models.CharField(max_length=30, verbose_name='event')),
                ('page_id', models.PositiveBigIntegerField(null=True, verbose_name='page')),
                ('payload', models.JSONField(verbose_name='message')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('status', models.CharField(choices=[('pending', 'To be sent'), ('delivered', 'Delivered'), ('failed', 'Failed')], db_index=True, default='pending', max_length=10, verbose_name='status')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('claimed_until', models.DateTimeField(editable=False, null=True)),
                ('attempted_at', models.DateTimeField(null=True, verbose_name='last attempt')),
                ('answer_status', models.PositiveSmallIntegerField(null=True, verbose_name='HTTP status of the response')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='start of the response')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='error')),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='civic_headless.webhookendpoint', verbose_name='webhook endpoint')),
            ],
            options={
                'verbose_name': 'webhook delivery',
                'verbose_name_plural': 'webhook deliveries',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['status', 'next_attempt_at'], name='headless_webhooks_due'), models.Index(fields=['-created_at'], name='headless_webhooks_newest')],
            },
        ),
        migrations.RunPython(add_to_search_index, remove_from_search_index),
    ]
