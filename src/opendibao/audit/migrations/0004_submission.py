"""Forms that were sent, each done once; and the events of one subject found without reading the chain."""

from django.db import migrations, models

from opendibao.audit.walls import append_only, by_division


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_head_but")]
    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, verbose_name="表单编号")),
                ("officer", models.CharField(max_length=60, verbose_name="经手人")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("subject", models.CharField(blank=True, max_length=120, verbose_name="对象")),
                ("content", models.CharField(max_length=64, verbose_name="填写内容的哈希")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("led_to", models.CharField(max_length=200, verbose_name="去向")),
                ("said", models.CharField(max_length=300, verbose_name="回话")),
            ],
            options={"verbose_name": "提交", "verbose_name_plural": "提交"},
        ),
        migrations.AddConstraint("submission", models.UniqueConstraint(fields=["key"], name="a_form_is_done_once")),
        migrations.AddIndex("event", models.Index(fields=["subject", "id"], name="event_by_subject")),
        by_division("audit_submission"),
        append_only("audit_submission"),
    ]
