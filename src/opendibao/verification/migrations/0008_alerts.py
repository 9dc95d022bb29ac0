"""Runs over everybody covered, who could not be checked, warnings and what was done with them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_archive"),
        ("registry", "0004_account_custody"),
        ("verification", "0007_objections"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rematch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("ran_on", models.DateField(verbose_name="比对日期")),
                ("is_monthly", models.BooleanField(verbose_name="按月自动")),
                ("started_by", models.CharField(max_length=60, verbose_name="发起人")),
                ("started_at", models.DateTimeField(verbose_name="开始时间")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "正在比对"), ("finished", "已完成"), ("interrupted", "中断")],
                        max_length=12,
                        verbose_name="比对状态",
                    ),
                ),
                ("sources_count", models.PositiveSmallIntegerField(default=0, verbose_name="来源数")),
                ("sources_done", models.PositiveSmallIntegerField(default=0, verbose_name="已比对来源数")),
                ("households", models.PositiveIntegerField(default=0, verbose_name="户数")),
                ("persons", models.PositiveIntegerField(default=0, verbose_name="人数")),
                ("found", models.PositiveIntegerField(default=0, verbose_name="新预警")),
                ("again", models.PositiveIntegerField(default=0, verbose_name="原有预警")),
                ("ended", models.PositiveIntegerField(default=0, verbose_name="终结预警")),
                ("unchecked", models.PositiveIntegerField(default=0, verbose_name="未核人数")),
            ],
            options={
                "verbose_name": "复核比对",
                "verbose_name_plural": "复核比对",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")), fields=("division",), name="one_rematch_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state", "finished")),
                            models.Q(("finished_at__isnull", True), ("state__in", ["running", "interrupted"])),
                            _connector="OR",
                        ),
                        name="a_finished_rematch_has_its_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unchecked__lte", models.F("persons"))),
                        name="not_more_unchecked_than_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("source", models.CharField(max_length=30, verbose_name="来源")),
                ("kind", models.CharField(max_length=24, verbose_name="预警种类")),
                ("row_key", models.CharField(max_length=32, verbose_name="记录标识")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="第几次")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("row_no", models.PositiveIntegerField(verbose_name="行号")),
                ("as_of", models.DateField(verbose_name="数据截止日期")),
                ("words", models.CharField(max_length=400, verbose_name="核到内容")),
                ("measure", models.BigIntegerField(null=True, verbose_name="数量")),
                ("severity", models.PositiveSmallIntegerField(verbose_name="严重程度")),
                ("monthly_fen", models.BigIntegerField(verbose_name="月保障金（分）")),
                ("effect_fen", models.BigIntegerField(null=True, verbose_name="影响（分）")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("due_on", models.DateField(verbose_name="期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待核实"),
                            ("explained", "家庭已说明"),
                            ("visited", "已入户核实"),
                            ("confirmed", "属实"),
                            ("refuted", "不属实"),
                            ("not_same", "不是本人"),
                            ("ended", "已终结"),
                        ],
                        max_length=10,
                        verbose_name="预警状态",
                    ),
                ),
                ("looked_by", models.CharField(blank=True, max_length=60, verbose_name="核实人")),
                ("looked_on", models.DateField(null=True, verbose_name="核实日期")),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="处置人")),
                ("settled_on", models.DateField(null=True, verbose_name="处置日期")),
                ("reason_code", models.CharField(blank=True, max_length=24, verbose_name="理由代码")),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="intake.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="verification.delivery",
                        verbose_name="送达数据",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="verification.link",
                        verbose_name="关联",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="registry.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "last_rematch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verification.rematch",
                        verbose_name="最近一次比对",
                    ),
                ),
                (
                    "rematch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="raised",
                        to="verification.rematch",
                        verbose_name="复核比对",
                    ),
                ),
            ],
            options={
                "verbose_name": "预警",
                "verbose_name_plural": "预警",
            },
        ),
        migrations.CreateModel(
            name="RematchGap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("waiting", "等部门答复"),
                            ("no_data", "部门还没有送达数据"),
                            ("stale", "送达的数据已经过期"),
                            ("not_covered", "送达的名单不含此人"),
                            ("doubtful", "核到的记录待认定是不是本人"),
                            ("no_key", "有同名而无证件号的记录，无法核对"),
                            ("returned", "可能是此人的记录被退回，等部门重送"),
                            ("expired", "请求到期未答复"),
                            ("no_consent", "没有有效的核对授权"),
                            ("cancelled", "请求已撤销"),
                        ],
                        max_length=12,
                        verbose_name="未核到原因",
                    ),
                ),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30, verbose_name="来源"),
                        default=list,
                        size=None,
                        verbose_name="来源",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.household",
                        verbose_name="家庭",
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
                (
                    "rematch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gaps",
                        to="verification.rematch",
                        verbose_name="复核比对",
                    ),
                ),
            ],
            options={
                "verbose_name": "未核人员",
                "verbose_name_plural": "未核人员",
            },
        ),
        migrations.CreateModel(
            name="RematchSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("source", models.CharField(max_length=30, verbose_name="来源")),
                ("as_of", models.DateField(null=True, verbose_name="数据截止日期")),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "等部门答复"),
                            ("no_data", "部门还没有送达数据"),
                            ("stale", "送达的数据已经过期"),
                            ("not_covered", "送达的名单不含此人"),
                            ("doubtful", "核到的记录待认定是不是本人"),
                            ("no_key", "有同名而无证件号的记录，无法核对"),
                            ("returned", "可能是此人的记录被退回，等部门重送"),
                            ("expired", "请求到期未答复"),
                            ("no_consent", "没有有效的核对授权"),
                            ("cancelled", "请求已撤销"),
                        ],
                        max_length=12,
                        verbose_name="未核到原因",
                    ),
                ),
                ("persons", models.PositiveIntegerField(verbose_name="人数")),
                ("hits", models.PositiveIntegerField(verbose_name="核到人数")),
                ("no_hits", models.PositiveIntegerField(verbose_name="已核无记录人数")),
                ("unchecked", models.PositiveIntegerField(verbose_name="未核人数")),
                ("alerts", models.PositiveIntegerField(verbose_name="预警数")),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rematches",
                        to="verification.delivery",
                        verbose_name="送达数据",
                    ),
                ),
                (
                    "rematch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="verification.rematch",
                        verbose_name="复核比对",
                    ),
                ),
            ],
            options={
                "verbose_name": "比对来源",
                "verbose_name_plural": "比对来源",
            },
        ),
        migrations.CreateModel(
            name="AlertStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("sequence", models.PositiveSmallIntegerField(verbose_name="序号")),
                (
                    "came_to",
                    models.CharField(
                        choices=[
                            ("open", "待核实"),
                            ("explained", "家庭已说明"),
                            ("visited", "已入户核实"),
                            ("confirmed", "属实"),
                            ("refuted", "不属实"),
                            ("not_same", "不是本人"),
                            ("ended", "已终结"),
                        ],
                        max_length=10,
                        verbose_name="预警状态",
                    ),
                ),
                ("is_undo", models.BooleanField(default=False, verbose_name="撤回")),
                ("done_on", models.DateField(verbose_name="办理日期")),
                ("officer", models.CharField(max_length=60, verbose_name="经办人")),
                ("companion", models.CharField(blank=True, max_length=20, verbose_name="同去的人")),
                ("reason_code", models.CharField(blank=True, max_length=24, verbose_name="理由代码")),
                ("words", models.CharField(max_length=200, verbose_name="说明")),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="verification.alert",
                        verbose_name="预警",
                    ),
                ),
            ],
            options={
                "verbose_name": "预警办理",
                "verbose_name_plural": "预警办理",
                "constraints": [
                    models.UniqueConstraint(fields=("alert", "sequence"), name="an_alert_step_has_its_place"),
                    models.CheckConstraint(condition=models.Q(("words__regex", "\\S")), name="an_alert_step_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("came_to", "visited"), ("is_undo", False), _negated=True),
                            models.Q(
                                models.Q(("companion", ""), _negated=True),
                                models.Q(("companion", models.F("officer")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="two_go_to_visit",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(models.F("state"), models.F("due_on"), name="alert_state_due"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("person", "source", "kind", "row_key", "version"), name="an_alert_is_raised_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "explained", "visited"])),
                fields=("person", "source", "kind", "row_key"),
                name="one_open_alert_of_a_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("found_on"))), name="an_alert_is_due_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("looked_by", ""), ("looked_on__isnull", True), ("state__in", ["open", "not_same", "ended"])
                    ),
                    models.Q(
                        models.Q(("looked_by", ""), _negated=True),
                        ("looked_on__isnull", False),
                        models.Q(("state", "open"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_looked_at_alert_says_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reason_code", ""),
                        ("settled_by", ""),
                        ("settled_on__isnull", True),
                        ("state__in", ["open", "explained", "visited"]),
                    ),
                    models.Q(
                        ("settled_on__isnull", False),
                        ("state__in", ["confirmed", "refuted", "not_same", "ended"]),
                        models.Q(("settled_by", ""), _negated=True),
                        models.Q(("reason_code", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_settled_alert_says_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(("settled_by", models.F("looked_by")), _negated=True),
                    _connector="OR",
                ),
                name="confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(("case__isnull", True), ("state", "confirmed"), _connector="OR"),
                name="only_what_is_confirmed_opens_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="rematchgap",
            constraint=models.UniqueConstraint(fields=("rematch", "person", "why"), name="a_gap_of_a_person_once"),
        ),
        migrations.AddConstraint(
            model_name="rematchgap",
            constraint=models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="a_gap_says_why"),
        ),
        migrations.AddConstraint(
            model_name="rematchsource",
            constraint=models.UniqueConstraint(fields=("rematch", "source"), name="a_source_once_a_rematch"),
        ),
        migrations.AddConstraint(
            model_name="rematchsource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "persons",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("hits"), "+", models.F("no_hits")),
                            "+",
                            models.F("unchecked"),
                        ),
                    )
                ),
                name="rematch_outcomes_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="rematchsource",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), ("unchecked", models.F("persons")), _connector="OR"),
                name="a_source_without_data_checks_nobody",
            ),
        ),
    ]
