"""跨省核对请求: tables of requests to other provinces, their messages, tries and answers, and late answers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_archive"),
        ("registry", "0004_account_custody"),
        ("verification", "0009_alert_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("source", models.CharField(max_length=30, verbose_name="来源")),
                ("province", models.CharField(max_length=2, verbose_name="省份")),
                ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                ("authorised_until", models.DateField(null=True, verbose_name="授权有效期至")),
                ("key", models.CharField(max_length=32, unique=True, verbose_name="请求标识")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "待发送"),
                            ("sent", "已发出"),
                            ("acknowledged", "已签收"),
                            ("partly", "部分答复"),
                            ("answered", "已答复"),
                            ("expired", "到期未答复"),
                            ("cancelled", "已撤销"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("made_by", models.CharField(max_length=60, verbose_name="提出人")),
                ("made_on", models.DateField(verbose_name="提出日期")),
                ("sent_by", models.CharField(blank=True, max_length=60, verbose_name="发送人")),
                ("sent_on", models.DateField(null=True, verbose_name="发送日期")),
                ("due_on", models.DateField(null=True, verbose_name="期限")),
                ("expires_on", models.DateField(null=True, verbose_name="有效期至")),
                ("acknowledged_on", models.DateField(null=True, verbose_name="签收日期")),
                ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
                ("ended_on", models.DateField(null=True, verbose_name="结束日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="撤销理由")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="发送次数")),
                ("next_try_on", models.DateField(null=True, verbose_name="下次发送日期")),
                ("recheck_on", models.DateField(null=True, verbose_name="条件复查日期")),
                ("rechecked_on", models.DateField(null=True, verbose_name="复查日期")),
                ("rechecked_by", models.CharField(blank=True, max_length=60, verbose_name="复查人")),
                ("recheck_note", models.CharField(blank=True, max_length=200, verbose_name="复查说明")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="region_requests",
                        to="intake.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
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
                        related_name="+",
                        to="registry.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "跨省核对请求",
                "verbose_name_plural": "跨省核对请求",
            },
        ),
        migrations.CreateModel(
            name="RequestAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveSmallIntegerField(verbose_name="第几次")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("hit", "核到信息"), ("no_hit", "已核无记录"), ("not_checked", "未核到")],
                        max_length=12,
                        verbose_name="核对结果",
                    ),
                ),
                ("is_complete", models.BooleanField(verbose_name="已答全")),
                ("is_late", models.BooleanField(verbose_name="迟到")),
                ("as_of", models.DateField(verbose_name="数据截止日期")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="核到内容")),
                ("facts", models.JSONField(default=dict, verbose_name="核到内容（按项）")),
                ("received_on", models.DateField(verbose_name="收到日期")),
                ("received_by", models.CharField(max_length=60, verbose_name="接收人")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="verification.regionrequest",
                        verbose_name="跨省核对请求",
                    ),
                ),
            ],
            options={
                "verbose_name": "异地答复",
                "verbose_name_plural": "异地答复",
            },
        ),
        migrations.CreateModel(
            name="LateAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "bearing",
                    models.CharField(
                        choices=[
                            ("unchanged", "结果不变"),
                            ("changes", "结果会变，重新核对"),
                            ("unknown", "不能按规则计算，重新核对"),
                        ],
                        max_length=10,
                        verbose_name="影响",
                    ),
                ),
                ("outcome_before", models.CharField(blank=True, max_length=20, verbose_name="原结果")),
                ("outcome_after", models.CharField(blank=True, max_length=20, verbose_name="计入后结果")),
                ("before_fen", models.BigIntegerField(null=True, verbose_name="原月补差（分）")),
                ("after_fen", models.BigIntegerField(null=True, verbose_name="计入后月补差（分）")),
                ("weighed_on", models.DateField(verbose_name="计算日期")),
                ("settled_on", models.DateField(null=True, verbose_name="办结日期")),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="办结人")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="办结说明")),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late",
                        to="verification.requestanswer",
                        verbose_name="异地答复",
                    ),
                ),
            ],
            options={
                "verbose_name": "迟到答复",
                "verbose_name_plural": "迟到答复",
            },
        ),
        migrations.CreateModel(
            name="RequestMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.CharField(max_length=40, unique=True, verbose_name="报文编号")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "direction",
                    models.CharField(choices=[("out", "发出"), ("in", "收到")], max_length=3, verbose_name="收发"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("request", "请求"), ("acknowledgement", "签收"), ("answer", "答复")],
                        max_length=16,
                        verbose_name="报文种类",
                    ),
                ),
                ("province", models.CharField(max_length=2, verbose_name="省份")),
                ("transport", models.CharField(max_length=20, verbose_name="传送方式")),
                ("file_name", models.CharField(max_length=120, verbose_name="文件名")),
                ("passed_on", models.DateField(verbose_name="收发日期")),
                ("passed_by", models.CharField(max_length=60, verbose_name="收发人")),
                ("items", models.PositiveIntegerField(verbose_name="项数")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("refused", models.JSONField(default=list, verbose_name="没有收的行")),
                ("sealed", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "请求报文",
                "verbose_name_plural": "请求报文",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("direction", "out"), ("kind", "request")),
                            models.Q(("direction", "in"), models.Q(("kind", "request"), _negated=True)),
                            _connector="OR",
                        ),
                        name="only_requests_go_out",
                    ),
                    models.CheckConstraint(condition=models.Q(("items__gte", 1)), name="a_message_says_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveSmallIntegerField(verbose_name="第几次")),
                ("tried_on", models.DateField(verbose_name="发送日期")),
                ("tried_by", models.CharField(max_length=60, verbose_name="发送人")),
                ("is_delivered", models.BooleanField(verbose_name="送出")),
                ("said", models.CharField(max_length=200, verbose_name="说明")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tries",
                        to="verification.regionrequest",
                        verbose_name="跨省核对请求",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tries",
                        to="verification.requestmessage",
                        verbose_name="请求报文",
                    ),
                ),
            ],
            options={
                "verbose_name": "发送尝试",
                "verbose_name_plural": "发送尝试",
            },
        ),
        migrations.AddField(
            model_name="requestanswer",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="verification.requestmessage",
                verbose_name="请求报文",
            ),
        ),
        migrations.AddIndex(
            model_name="regionrequest",
            index=models.Index(models.F("state"), models.F("expires_on"), name="request_state_expiry"),
        ),
        migrations.AddConstraint(
            model_name="regionrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "sent", "acknowledged", "partly"])),
                fields=("case", "person", "source", "province"),
                name="one_open_request_per_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__regex", "\\S")), name="a_request_has_a_purpose"
            ),
        ),
        migrations.AddConstraint(
            model_name="regionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("province__regex", "^[1-6][0-9]$")), name="a_request_goes_to_a_province"
            ),
        ),
        migrations.AddConstraint(
            model_name="regionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("due_on__isnull", True),
                        ("expires_on__isnull", True),
                        ("sent_by", ""),
                        ("sent_on__isnull", True),
                    ),
                    models.Q(
                        ("due_on__isnull", False),
                        ("expires_on__isnull", False),
                        ("sent_on__gte", models.F("made_on")),
                        ("sent_on__isnull", False),
                        ("attempts__gte", 1),
                        ("due_on__gte", models.F("sent_on")),
                        ("expires_on__gte", models.F("sent_on")),
                        models.Q(("sent_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_sent_request_has_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_on__isnull", True),
                        ("ended_on__isnull", True),
                        ("reason", ""),
                        ("recheck_on__isnull", True),
                        ("state__in", ["draft", "sent", "acknowledged", "partly"]),
                    ),
                    models.Q(
                        ("answered_on__isnull", False),
                        ("ended_on__isnull", True),
                        ("reason", ""),
                        ("state", "answered"),
                    ),
                    models.Q(
                        ("ended_on__isnull", False), ("reason", ""), ("recheck_on__isnull", False), ("state", "expired")
                    ),
                    models.Q(
                        ("answered_on__isnull", True),
                        ("ended_on__isnull", False),
                        ("state", "cancelled"),
                        ("reason__regex", "\\S"),
                    ),
                    _connector="OR",
                ),
                name="a_request_ends_in_its_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_on__isnull", True), ("state", "draft")),
                    ("state", "cancelled"),
                    models.Q(models.Q(("state", "draft"), _negated=True), ("sent_on__isnull", False)),
                    _connector="OR",
                ),
                name="only_a_draft_is_not_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("authorised_until__isnull", True),
                    ("expires_on__isnull", True),
                    ("expires_on__lte", models.F("authorised_until")),
                    _connector="OR",
                ),
                name="a_request_lasts_as_its_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recheck_note", ""), ("rechecked_by", ""), ("rechecked_on__isnull", True)),
                    models.Q(
                        ("recheck_note__regex", "\\S"),
                        ("recheck_on__isnull", False),
                        ("rechecked_on__isnull", False),
                        models.Q(("rechecked_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_recheck_is_done_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bearing", "changes"), _negated=True),
                    models.Q(
                        ("after_fen__isnull", False),
                        ("before_fen__isnull", False),
                        models.Q(("outcome_before", ""), _negated=True),
                        models.Q(("outcome_after", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="what_bears_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bearing", "unchanged"), _negated=True),
                    models.Q(("before_fen", models.F("after_fen")), ("outcome_before", models.F("outcome_after"))),
                    models.Q(
                        ("after_fen__isnull", True),
                        ("before_fen__isnull", True),
                        ("outcome_after", ""),
                        ("outcome_before", ""),
                    ),
                    _connector="OR",
                ),
                name="unchanged_is_the_same",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("note", ""), ("settled_by", ""), ("settled_on__isnull", True)),
                    models.Q(
                        ("note__regex", "\\S"),
                        ("settled_on__gte", models.F("weighed_on")),
                        ("settled_on__isnull", False),
                        models.Q(("settled_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_late_answer_is_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestattempt",
            constraint=models.UniqueConstraint(fields=("request", "sequence"), name="tries_count_up"),
        ),
        migrations.AddConstraint(
            model_name="requestattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_delivered", True), models.Q(("said", ""), _negated=True), _connector="OR"),
                name="a_failed_try_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestanswer",
            constraint=models.UniqueConstraint(fields=("request", "sequence"), name="answers_count_up"),
        ),
        migrations.AddConstraint(
            model_name="requestanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "hit"), models.Q(("words", ""), _negated=True)),
                    models.Q(models.Q(("outcome", "hit"), _negated=True), ("facts", {}), ("words", "")),
                    _connector="OR",
                ),
                name="only_a_found_answer_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_complete", True), models.Q(("outcome", "not_checked"), _negated=True)),
                    models.Q(("is_complete", False), models.Q(("outcome", "no_hit"), _negated=True)),
                    _connector="OR",
                ),
                name="a_part_that_found_nothing_is_not_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("received_on__gte", models.F("as_of"))), name="an_answer_came_after_its_day"
            ),
        ),
    ]
