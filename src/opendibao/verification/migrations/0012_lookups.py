"""Questions about persons, lists that went out, and what was cleared when due."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_archive"),
        ("registry", "0004_account_custody"),
        ("verification", "0011_request_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=30, verbose_name="来源")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("number", models.CharField(max_length=24, verbose_name="名单编号")),
                (
                    "form",
                    models.CharField(
                        choices=[("clear", "证件号码"), ("tokens", "标识码")], max_length=8, verbose_name="名单形式"
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                ("persons", models.PositiveIntegerField(verbose_name="人数")),
                ("made_on", models.DateField(verbose_name="制作日期")),
                ("made_by", models.CharField(max_length=60, verbose_name="制作人")),
                ("sealed_key", models.BinaryField(null=True, verbose_name="密钥")),
                ("key_shown_on", models.DateField(null=True, verbose_name="密钥交付日期")),
                ("key_shown_by", models.CharField(blank=True, max_length=60, verbose_name="密钥交付人")),
                ("key_given_to", models.CharField(blank=True, max_length=60, verbose_name="密钥接收人")),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanges",
                        to="verification.delivery",
                        verbose_name="送达数据",
                    ),
                ),
            ],
            options={
                "verbose_name": "核对名单",
                "verbose_name_plural": "核对名单",
            },
        ),
        migrations.CreateModel(
            name="ExchangePerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_no", models.PositiveIntegerField(verbose_name="序号")),
                (
                    "tokens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60, verbose_name="标识"),
                        default=list,
                        size=None,
                        verbose_name="标识码",
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="verification.exchange",
                        verbose_name="核对名单",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "名单人员",
                "verbose_name_plural": "名单人员",
            },
        ),
        migrations.CreateModel(
            name="Lookup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30, verbose_name="来源"), size=None, verbose_name="来源"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("match", "申请和复核的信息核对"),
                            ("rematch", "在保家庭定期核查比对"),
                            ("request", "跨省异地核对"),
                            ("exchange", "发给部门的核对名单"),
                            ("opening", "查看核到的记录"),
                        ],
                        max_length=10,
                        verbose_name="查询目的",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True, choices=[("review", "在保家庭定期核查")], max_length=10, verbose_name="查询依据"
                    ),
                ),
                ("officer", models.CharField(max_length=60, verbose_name="查询人")),
                ("asked_on", models.DateField(verbose_name="查询日期")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("about", models.CharField(blank=True, max_length=120, verbose_name="查询事项")),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lookups",
                        to="intake.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.consent",
                        verbose_name="核对授权书",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lookups",
                        to="registry.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "查询登记",
                "verbose_name_plural": "查询登记",
            },
        ),
        migrations.CreateModel(
            name="Purge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("months", models.PositiveSmallIntegerField(verbose_name="保存月数")),
                ("due_on", models.DateField(verbose_name="可清除日期")),
                ("purged_on", models.DateField(verbose_name="清除日期")),
                ("purged_by", models.CharField(max_length=60, verbose_name="清除人")),
                ("reason", models.CharField(max_length=200, verbose_name="清除理由")),
                ("records", models.PositiveIntegerField(verbose_name="清除的来源记录")),
                ("rejects", models.PositiveIntegerField(verbose_name="清除的退回行")),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="purge",
                        to="verification.delivery",
                        verbose_name="送达数据",
                    ),
                ),
            ],
            options={
                "verbose_name": "清除记录",
                "verbose_name_plural": "清除记录",
            },
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.UniqueConstraint(fields=("division", "number"), name="one_list_per_number"),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(condition=models.Q(("persons__gt", 0)), name="a_list_names_somebody"),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("made_by__regex", "\\S"), ("purpose__regex", "\\S")), name="a_list_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("form", "tokens"), ("sealed_key__isnull", False)),
                    models.Q(("form", "clear"), ("sealed_key__isnull", True)),
                    _connector="OR",
                ),
                name="only_tokens_have_a_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("key_given_to", ""), ("key_shown_by", ""), ("key_shown_on__isnull", True)),
                    models.Q(
                        ("form", "tokens"),
                        ("key_given_to__regex", "\\S"),
                        ("key_shown_by__regex", "\\S"),
                        ("key_shown_on__gte", models.F("made_on")),
                    ),
                    _connector="OR",
                ),
                name="a_key_is_given_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangeperson",
            constraint=models.UniqueConstraint(fields=("exchange", "person"), name="a_list_names_a_person_once"),
        ),
        migrations.AddConstraint(
            model_name="exchangeperson",
            constraint=models.UniqueConstraint(fields=("exchange", "line_no"), name="a_list_has_one_line_per_number"),
        ),
        migrations.AddIndex(
            model_name="lookup",
            index=models.Index(fields=["person", "asked_on"], name="lookups_of_a_person"),
        ),
        migrations.AddIndex(
            model_name="lookup",
            index=models.Index(fields=["officer", "asked_on"], name="lookups_of_an_officer"),
        ),
        migrations.AddIndex(
            model_name="lookup",
            index=models.Index(fields=["asked_on"], name="lookups_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="lookup",
            constraint=models.CheckConstraint(
                condition=models.Q(("officer__regex", "\\S")), name="a_lookup_names_who_asked"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookup",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__len", 0), _negated=True), name="a_lookup_names_its_sources"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("case__isnull", False),
                        ("consent__isnull", False),
                        ("ground", ""),
                        ("purpose__in", ["match", "request"]),
                    ),
                    models.Q(("consent__isnull", True), ("ground", "review"), ("purpose", "rematch")),
                    models.Q(
                        ("case__isnull", False), ("consent__isnull", False), ("ground", ""), ("purpose", "exchange")
                    ),
                    models.Q(("consent__isnull", True), ("ground", "review"), ("purpose", "exchange")),
                    models.Q(
                        ("case__isnull", False), ("consent__isnull", True), ("ground", ""), ("purpose", "opening")
                    ),
                    models.Q(("consent__isnull", True), ("ground", "review"), ("purpose", "opening")),
                    _connector="OR",
                ),
                name="a_lookup_has_its_right",
            ),
        ),
        migrations.AddConstraint(
            model_name="purge",
            constraint=models.CheckConstraint(
                condition=models.Q(("purged_on__gte", models.F("due_on"))), name="nothing_is_cleared_before_its_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="purge",
            constraint=models.CheckConstraint(
                condition=models.Q(("purged_by__regex", "\\S"), ("reason__regex", "\\S")), name="a_clearing_says_why"
            ),
        ),
    ]
