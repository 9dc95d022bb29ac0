"""Row-level security of the frameworks' tables: a job is seen by whoever sees its division, the worker sees all."""

from django.db import migrations

from opendibao.audit.walls import SEES, by_rule, only_read, through

# the worker process says so when it connects (PGOPTIONS, see config.serving)
WORKER = "current_setting('app.worker', true) = 'on'"
SEES_JOB = SEES.format(column="(args ->> 'division')")
# a duty is no Django permission: nobody reads or writes these
UNUSED = ("accounts_officer_groups", "accounts_officer_user_permissions")
READ = ("django_content_type", "django_migrations", "auth_permission", "auth_group", "auth_group_permissions")


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0005_viewing"),
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        by_rule("procrastinate_jobs", f"{WORKER} OR {SEES_JOB}"),
        through("procrastinate_events", "procrastinate_jobs", "job_id"),
        by_rule("procrastinate_periodic_defers", WORKER),
        by_rule("procrastinate_workers", WORKER),
        *[only_read(table) for table in READ],
        *[by_rule(table, "false") for table in UNUSED],
    ]
