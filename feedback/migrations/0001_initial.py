import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('body', models.TextField(blank=True, verbose_name='comment')),
                ('stars', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='stars')),
                ('status', models.CharField(choices=[('pending', 'Waiting'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('spam', 'Spam')], default='pending', max_length=10, verbose_name='status')),
                ('verified', models.BooleanField(default=False, help_text='Whether the comment came with a valid proof of work.', verbose_name='verified')),
                ('visitor', models.UUIDField(blank=True, null=True, verbose_name='visitor')),
                ('network', models.CharField(blank=True, max_length=32, verbose_name='hash of the network')),
                ('reports', models.PositiveIntegerField(default=0, verbose_name='reports')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('moderator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='moderator')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='civic_feedback.comment', verbose_name='in reply to')),
            ],
            options={
                'verbose_name': 'reader comment',
                'verbose_name_plural': 'reader comments',
            },
        ),
        migrations.CreateModel(
            name='CommentCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comments', models.PositiveIntegerField(default=0, verbose_name='comments')),
                ('threads', models.PositiveIntegerField(default=0, verbose_name='threads')),
                ('version', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='version number')),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', related_query_name='civic_comment_count', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'number of comments',
                'verbose_name_plural': 'numbers of comments',
            },
        ),
        migrations.CreateModel(
            name='CommentReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visitor', models.UUIDField(verbose_name='visitor')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported at')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='civic_feedback.comment', verbose_name='comment')),
            ],
            options={
                'verbose_name': 'report of a comment',
                'verbose_name_plural': 'reports of comments',
            },
        ),
        migrations.CreateModel(
            name='CommentSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comments_open', models.BooleanField(default=True, verbose_name='readers may comment')),
                ('ratings_open', models.BooleanField(default=True, verbose_name='readers may rate')),
                ('close_after_days', models.PositiveSmallIntegerField(default=0, help_text='Counted from the publication of the page; 0 keeps comments open.', verbose_name='close comments after (days)')),
                ('policy', models.CharField(choices=[('approve_first', 'A moderator approves each comment first'), ('publish_first', 'Comments appear at once, moderators look afterwards')], default='approve_first', max_length=20, verbose_name='policy')),
                ('trusted_after', models.PositiveSmallIntegerField(default=0, help_text='After this many approved comments, new comments of the same reader appear immediately; 0 for never.', verbose_name='approved comments until a reader is trusted')),
                ('held_words', models.TextField(blank=True, help_text='One word or phrase per line. A comment that contains one always waits for a moderator.', verbose_name='words that need a moderator')),
                ('max_links', models.PositiveSmallIntegerField(default=0, verbose_name='links allowed in a comment')),
                ('max_length', models.PositiveIntegerField(default=2000, validators=[django.core.validators.MinValueValidator(50), django.core.validators.MaxValueValidator(20000)], verbose_name='longest comment, in characters')),
                ('notify_emails', models.TextField(blank=True, help_text='E-mail addresses, one per line. Leave empty to notify nobody.', verbose_name='notify these moderators')),
                ('notify_minutes', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1)], verbose_name='at most one e-mail in (minutes)')),
                ('retention_days', models.PositiveIntegerField(default=365, help_text='After that, e-mail addresses, visitor ids and network hashes are cleared; comments stay.', validators=[django.core.validators.MinValueValidator(1)], verbose_name="keep readers' data for (days)")),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': "readers' comments",
            },
        ),
        migrations.CreateModel(
            name='FeedbackMode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('comments', models.CharField(choices=[('site', "As the site's policy says"), ('open', "Open, whatever the site's policy says"), ('closed', 'Closed')], default='site', max_length=10, verbose_name='comments')),
                ('ratings', models.CharField(choices=[('site', "As the site's policy says"), ('open', "Open, whatever the site's policy says"), ('closed', 'Closed')], default='site', max_length=10, verbose_name='ratings')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='feedback_modes', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'comments and ratings of a page',
                'verbose_name_plural': 'comments and ratings of a page',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PageRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(unique=True, verbose_name='page')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='ratings')),
                ('stars_1', models.PositiveIntegerField(default=0, verbose_name='one star')),
                ('stars_2', models.PositiveIntegerField(default=0, verbose_name='two stars')),
                ('stars_3', models.PositiveIntegerField(default=0, verbose_name='three stars')),
                ('stars_4', models.PositiveIntegerField(default=0, verbose_name='four stars')),
                ('stars_5', models.PositiveIntegerField(default=0, verbose_name='five stars')),
                ('version', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='version number')),
            ],
            options={
                'verbose_name': 'ratings of a page',
                'verbose_name_plural': 'ratings of pages',
                'constraints': [models.CheckConstraint(condition=models.Q(('count', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('stars_1'), '+', models.F('stars_2')), '+', models.F('stars_3')), '+', models.F('stars_4')), '+', models.F('stars_5')))), name='pagerating_count_is_the_sum_of_stars')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(verbose_name='page')),
                ('visitor', models.UUIDField(verbose_name='visitor')),
                ('stars', models.PositiveSmallIntegerField(verbose_name='stars')),
                ('network', models.CharField(blank=True, max_length=32, verbose_name='hash of the network')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='rated at')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'rating',
                'verbose_name_plural': 'ratings',
                'indexes': [models.Index(fields=['visitor'], name='rating_visitor'), models.Index(condition=models.Q(('network', ''), _negated=True), fields=['created_at'], name='rating_unverified')],
                'constraints': [models.UniqueConstraint(fields=('translation_key', 'visitor'), name='rating_once_per_visitor'), models.UniqueConstraint(condition=models.Q(('network', ''), _negated=True), fields=('translation_key', 'network'), name='rating_once_per_network_and_day'), models.CheckConstraint(condition=models.Q(('stars__in', (1, 2, 3, 4, 5))), name='rating_from_one_to_five')],
            },
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('parent__isnull', True)), fields=['page', 'status', 'created_at', 'id'], name='comment_threads'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['status', '-created_at', '-id'], name='comment_queue'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['-created_at', '-id'], name='comment_newest'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['visitor', 'status'], name='comment_visitor'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('email', ''), _negated=True), fields=['email'], name='comment_email'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('reports__gt', 0)), fields=['-created_at'], name='comment_reported'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['pending', 'approved', 'rejected', 'spam'])), name='comment_has_a_known_status'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('stars__isnull', True), ('stars__in', (1, 2, 3, 4, 5)), _connector='OR'), name='comment_stars_from_one_to_five'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='comment_is_no_reply_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='commentcount',
            constraint=models.CheckConstraint(condition=models.Q(('threads__lte', models.F('comments'))), name='commentcount_threads_are_comments'),
        ),
        migrations.AddIndex(
            model_name='commentreport',
            index=models.Index(fields=['visitor'], name='commentreport_visitor'),
        ),
        migrations.AddConstraint(
            model_name='commentreport',
            constraint=models.UniqueConstraint(fields=('comment', 'visitor'), name='commentreport_once_per_visitor'),
        ),
        migrations.AlterUniqueTogether(
            name='feedbackmode',
            unique_together={('translation_key', 'locale')},
        ),
    ]
