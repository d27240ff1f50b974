import uuid

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AdministrativeMapPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=500, verbose_name='introduction')),
                ('boundaries', models.JSONField(blank=True, null=True, verbose_name='boundaries')),
            ],
            options={
                'verbose_name': 'administrative map',
                'verbose_name_plural': 'administrative maps',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='StatisticsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, help_text='The page itself says what counts: a visit ends after 30 minutes of silence; who was seen in the last five minutes is online.', max_length=500, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'statistics',
                'verbose_name_plural': 'statistics',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='WebsiteLinksPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=500, verbose_name='introduction')),
                ('display', models.CharField(choices=[('list', 'List'), ('logos', 'Logos'), ('select', 'Drop-down with a button')], default='list', max_length=10, verbose_name='in sidebars as')),
                ('groups', models.JSONField(verbose_name='links')),
            ],
            options={
                'verbose_name': 'website links',
                'verbose_name_plural': 'website links',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='WidgetIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'widgets',
                'verbose_name_plural': 'widgets',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PageViews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_id', models.BigIntegerField(verbose_name='page')),
                ('day', models.DateField(db_index=True, verbose_name='day')),
                ('views', models.PositiveBigIntegerField(default=0, verbose_name='page views')),
            ],
            options={
                'verbose_name': 'page views of a day',
                'verbose_name_plural': 'page views of a day',
                'constraints': [models.UniqueConstraint(fields=('page_id', 'day'), name='widgets_one_row_a_page_and_day')],
            },
        ),
        migrations.CreateModel(
            name='WidgetSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starting_value', models.PositiveBigIntegerField(default=0, help_text='Visits counted by an earlier portal; they are added to the total.', verbose_name='starting value of the counter')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'statistics of visits',
            },
        ),
        migrations.CreateModel(
            name='DailyVisits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('views', models.PositiveBigIntegerField(default=0, verbose_name='page views')),
                ('visits', models.PositiveBigIntegerField(default=0, verbose_name='visits')),
                ('visitors', models.PositiveBigIntegerField(default=0, verbose_name='visitors')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'visits of a day',
                'verbose_name_plural': 'visits of a day',
                'constraints': [models.UniqueConstraint(fields=('site', 'day'), name='widgets_one_row_a_site_and_day')],
            },
        ),
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('url', models.URLField(max_length=500, verbose_name='address')),
                ('status', models.CharField(choices=[('works', 'Works'), ('broken', 'Broken'), ('refused', 'Not asked: no public address')], max_length=10, verbose_name='result')),
                ('detail', models.CharField(blank=True, max_length=200, verbose_name='detail')),
                ('checked_at', models.DateTimeField(verbose_name='checked at')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'checked link',
                'verbose_name_plural': 'checked links',
                'constraints': [models.UniqueConstraint(fields=('page', 'url'), name='widgets_one_check_a_page_and_url')],
            },
        ),
        migrations.CreateModel(
            name='MapArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('feature_key', models.CharField(help_text='The “key” (or name) of the boundary in the uploaded GeoJSON.', max_length=60, verbose_name='boundary')),
                ('label', models.CharField(max_length=100, verbose_name='label')),
                ('colour', models.CharField(blank=True, help_text='As #rrggbb.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour as #rrggbb, for example #8c1c13.')], verbose_name='colour')),
                ('text', models.TextField(blank=True, max_length=500, verbose_name='text')),
                ('link_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='civic_widgets.administrativemappage')),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.CreateModel(
            name='MapPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('kind', models.CharField(choices=[('office', 'Office'), ('school', 'School'), ('health', 'Health station'), ('police', 'Police'), ('market', 'Market'), ('culture', 'Culture'), ('other', 'Other')], default='office', max_length=20, verbose_name='kind')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('hours', models.CharField(blank=True, max_length=200, verbose_name='opening hours')),
                ('latitude', models.DecimalField(decimal_places=6, help_text='In degrees north, for example 18.342100.', max_digits=9, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                ('longitude', models.DecimalField(decimal_places=6, help_text='In degrees east, for example 105.905700.', max_digits=9, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='civic_widgets.administrativemappage')),
            ],
            options={
                'verbose_name': 'place',
                'verbose_name_plural': 'places',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.CreateModel(
            name='SidebarCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(blank=True, help_text="Leave empty to use the widget's own title.", max_length=100, verbose_name='title')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='sidebar_cards', to=settings.WAGTAIL_PAGE_MODEL)),
                ('widget', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='widget')),
            ],
            options={
                'verbose_name': 'sidebar card',
                'verbose_name_plural': 'sidebar cards',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.CreateModel(
            name='SidebarMode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('mode', models.CharField(choices=[('own', 'Only the cards of this page'), ('add', 'The cards from above, then those of this page'), ('none', 'No sidebar')], default='add', max_length=10, verbose_name='mode')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='sidebar_modes', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'sidebar mode',
                'verbose_name_plural': 'sidebar modes',
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.CreateModel(
            name='Visitor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('key', models.CharField(max_length=20, verbose_name='hash')),
                ('last_seen_at', models.DateTimeField(verbose_name='last seen at')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'visitor of today',
                'verbose_name_plural': 'visitors of today',
                'indexes': [models.Index(fields=['site', 'last_seen_at'], name='widgets_visitors_online')],
                'constraints': [models.UniqueConstraint(fields=('site', 'day', 'key'), name='widgets_one_row_a_site_day_and_visitor')],
            },
        ),
    ]
