"""The case lifecycle: first opinions, meetings by name, notices posted again, objections, hearings, batches."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# an objection was a mark on the notice; it becomes a row of its own, in nobody's name
OBJECTIONS = """
INSERT INTO decision_objection (notice_id, case_id, division, received_on, person, contact, words, due_on, taken_by,
  settled_on, outcome, answer, settled_by)
SELECT id, case_id, division, ends_on, '', '', '旧记录：有异议', ends_on, '旧记录', settled_on,
  CASE WHEN settled_on IS NULL THEN '' ELSE 'groundless' END,
  CASE WHEN settled_on IS NULL THEN '' ELSE '旧记录：已办结' END,
  CASE WHEN settled_on IS NULL THEN '' ELSE '旧记录' END
FROM decision_publicnotice WHERE has_objection
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decision", "0002_walls"),
        ("intake", "0003_lifecycle"),
        ("verification", "0003_lifecycle"),
        ("registry", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("approved_on", models.DateField(verbose_name="确认日期")),
                ("approver", models.CharField(max_length=60, verbose_name="审核确认人")),
                ("households", models.PositiveIntegerField(verbose_name="户数")),
                ("persons", models.PositiveIntegerField(verbose_name="人数")),
                ("monthly_fen", models.BigIntegerField(verbose_name="月保障金合计（分）")),
            ],
            options={
                "verbose_name": "成批确认",
                "verbose_name_plural": "成批确认",
            },
        ),
        migrations.CreateModel(
            name="CountyVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("relative", "近亲属备案"),
                            ("complaint", "投诉举报"),
                            ("sample", "抽查"),
                            ("doubt", "材料存疑"),
                        ],
                        max_length=10,
                        verbose_name="核查事由",
                    ),
                ),
                ("visited_on", models.DateField(verbose_name="核查日期")),
                ("first_visitor", models.CharField(max_length=60, verbose_name="核查人")),
                ("second_visitor", models.CharField(max_length=60, verbose_name="第二核查人")),
                ("agrees", models.BooleanField(verbose_name="与乡镇调查一致")),
                ("words", models.CharField(max_length=300, verbose_name="核查情况")),
            ],
            options={
                "verbose_name": "县级入户核查",
                "verbose_name_plural": "县级入户核查",
            },
        ),
        migrations.CreateModel(
            name="FirstOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveSmallIntegerField(default=1, verbose_name="第几次")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "view",
                    models.CharField(
                        choices=[("grant", "拟同意"), ("refuse", "拟不同意")], max_length=10, verbose_name="初审意见"
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(verbose_name="人数")),
                ("proposed_fen", models.BigIntegerField(verbose_name="拟保障金额（分）")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                ("given_on", models.DateField(verbose_name="提出日期")),
                ("handler", models.CharField(max_length=60, verbose_name="经办")),
                ("leader", models.CharField(blank=True, max_length=60, verbose_name="乡镇负责人")),
                ("reported_on", models.DateField(null=True, verbose_name="报县日期")),
            ],
            options={
                "verbose_name": "初审意见",
                "verbose_name_plural": "初审意见",
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("told_on", models.DateField(verbose_name="告知日期")),
                ("proposal", models.CharField(max_length=200, verbose_name="拟作决定")),
                ("heard_on", models.DateField(null=True, verbose_name="听取日期")),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("meeting", "当面"),
                            ("phone", "电话"),
                            ("written", "书面"),
                            ("silent", "到期未提意见"),
                        ],
                        max_length=10,
                        verbose_name="听取方式",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="家庭意见")),
                ("considered", models.CharField(blank=True, max_length=300, verbose_name="采纳情况")),
                ("heard_by", models.CharField(blank=True, max_length=60, verbose_name="听取人")),
            ],
            options={
                "verbose_name": "听取意见",
                "verbose_name_plural": "听取意见",
            },
        ),
        migrations.CreateModel(
            name="MeetingMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("villager", "村居民代表"),
                            ("party", "党员代表"),
                            ("cadre", "村社区干部"),
                            ("township", "乡镇工作人员"),
                        ],
                        max_length=10,
                        verbose_name="身份",
                    ),
                ),
                ("is_signed", models.BooleanField(default=False, verbose_name="已签字")),
            ],
            options={
                "verbose_name": "评议人员",
                "verbose_name_plural": "评议人员",
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("received_on", models.DateField(verbose_name="收到日期")),
                ("person", models.CharField(blank=True, max_length=60, verbose_name="异议人")),
                ("contact", models.CharField(blank=True, max_length=60, verbose_name="联系方式")),
                ("words", models.CharField(max_length=300, verbose_name="异议内容")),
                ("due_on", models.DateField(verbose_name="答复期限")),
                ("taken_by", models.CharField(max_length=60, verbose_name="登记人")),
                ("settled_on", models.DateField(null=True, verbose_name="办结日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("groundless", "异议不成立"), ("survey", "重新调查"), ("review", "重新评议")],
                        max_length=12,
                        verbose_name="异议结果",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="答复")),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="办结人")),
            ],
            options={
                "verbose_name": "公示异议",
                "verbose_name_plural": "公示异议",
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("month", models.DateField(verbose_name="月份")),
                ("posted_on", models.DateField(verbose_name="张贴日期")),
                ("posted_by", models.CharField(max_length=60, verbose_name="张贴人")),
                ("households", models.PositiveIntegerField(verbose_name="户数")),
                ("persons", models.PositiveIntegerField(verbose_name="人数")),
                ("monthly_fen", models.BigIntegerField(verbose_name="月保障金合计（分）")),
            ],
            options={
                "verbose_name": "长期公布",
                "verbose_name_plural": "长期公布",
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="void_reason",
            field=models.CharField(blank=True, db_default="", max_length=200, verbose_name="作废理由"),
        ),
        migrations.AddField(
            model_name="decision",
            name="voided_on",
            field=models.DateField(null=True, verbose_name="作废日期"),
        ),
        migrations.AddField(
            model_name="letter",
            name="delivered_how",
            field=models.CharField(
                blank=True,
                choices=[("counter", "当面"), ("home", "上门"), ("post", "邮寄"), ("village", "村社区转交")],
                max_length=10,
                verbose_name="送达方式",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="delivered_on",
            field=models.DateField(null=True, verbose_name="签收日期"),
        ),
        migrations.AddField(
            model_name="letter",
            name="note",
            field=models.CharField(blank=True, max_length=300, verbose_name="补充说明"),
        ),
        migrations.AddField(
            model_name="letter",
            name="receiver",
            field=models.CharField(blank=True, max_length=60, verbose_name="签收人"),
        ),
        migrations.AddField(
            model_name="publicnotice",
            name="places",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60, verbose_name="张贴地点"),
                default=list,
                size=None,
                verbose_name="张贴地点",
            ),
        ),
        migrations.AddField(
            model_name="publicnotice",
            name="posted_photo",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.attachment",
                verbose_name="张贴照片",
            ),
        ),
        migrations.AddField(
            model_name="publicnotice",
            name="sequence",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="第几次"),
        ),
        migrations.AddField(
            model_name="publicnotice",
            name="taken_down_on",
            field=models.DateField(null=True, verbose_name="撤下日期"),
        ),
        migrations.AddField(
            model_name="publicnotice",
            name="taken_down_photo",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.attachment",
                verbose_name="撤下照片",
            ),
        ),
        migrations.AddField(
            model_name="reviewmeeting",
            name="entitled",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="应到村居民代表"),
        ),
        migrations.AddField(
            model_name="reviewmeeting",
            name="minutes",
            field=models.TextField(blank=True, verbose_name="会议记录"),
        ),
        migrations.AddField(
            model_name="reviewmeeting",
            name="place",
            field=models.CharField(blank=True, max_length=60, verbose_name="地点"),
        ),
        migrations.AddField(
            model_name="reviewmeeting",
            name="township",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="乡镇工作人员"),
        ),
        migrations.AddField(
            model_name="reviewvote",
            name="facts_read",
            field=models.BooleanField(default=True, verbose_name="已宣读核对调查情况"),
        ),
        migrations.AddField(
            model_name="reviewvote",
            name="is_contested",
            field=models.BooleanField(default=False, verbose_name="结果有争议"),
        ),
        migrations.AddField(
            model_name="reviewvote",
            name="opinions",
            field=models.CharField(blank=True, max_length=300, verbose_name="评议意见"),
        ),
        migrations.AddField(
            model_name="reviewvote",
            name="recused",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60, verbose_name="回避人"),
                default=list,
                size=None,
                verbose_name="回避人",
            ),
        ),
        migrations.AlterField(
            model_name="publicnotice",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AlterField(
            model_name="reviewvote",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="intake.case", verbose_name="案件"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivered_how", ""), ("delivered_on__isnull", True), ("receiver", "")),
                    models.Q(
                        ("delivered_on__gte", models.F("sent_on")),
                        models.Q(("delivered_how", ""), _negated=True),
                        models.Q(("receiver", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_received_letter_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="publicnotice",
            constraint=models.UniqueConstraint(fields=("case", "sequence"), name="one_notice_a_turn"),
        ),
        migrations.AddConstraint(
            model_name="publicnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_down_on__isnull", True), ("taken_down_on__gt", models.F("ends_on")), _connector="OR"
                ),
                name="taken_down_after_its_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("entitled__isnull", True), ("villagers__lte", models.F("entitled")), _connector="OR"
                ),
                name="not_more_representatives_than_entitled",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewvote",
            constraint=models.UniqueConstraint(fields=("meeting", "case"), name="one_vote_per_meeting_and_case"),
        ),
        migrations.AddConstraint(
            model_name="approvalbatch",
            constraint=models.CheckConstraint(condition=models.Q(("households__gt", 0)), name="a_batch_has_households"),
        ),
        migrations.AddField(
            model_name="decision",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="decision.approvalbatch",
                verbose_name="成批确认",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("void_reason", ""), ("voided_on__isnull", True)),
                    models.Q(
                        ("ended_on", models.F("decided_on")),
                        ("voided_on__isnull", False),
                        models.Q(("void_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="voided_for_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="countyvisit",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="county_visits",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="firstopinion",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opinions",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="hearing",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hearing",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="meetingmember",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="decision.reviewmeeting",
                verbose_name="民主评议会",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objections",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objections",
                to="decision.publicnotice",
                verbose_name="公示",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("division", "month"), name="one_publication_per_village_and_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="publication_month_is_a_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="countyvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_visitor", models.F("second_visitor")), _negated=True),
                name="two_different_visitors",
            ),
        ),
        migrations.AddConstraint(
            model_name="countyvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="a_visit_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="firstopinion",
            constraint=models.UniqueConstraint(fields=("case", "sequence"), name="one_opinion_a_turn"),
        ),
        migrations.AddConstraint(
            model_name="firstopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("persons__gt", 0), ("proposed_fen__gt", 0), ("view", "grant")),
                    models.Q(("proposed_fen", 0), ("view", "refuse")),
                    _connector="OR",
                ),
                name="a_grant_names_its_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="firstopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reported_on__isnull", True), ("reported_on__gte", models.F("given_on")), _connector="OR"
                ),
                name="reported_after_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("considered", ""), ("heard_by", ""), ("heard_on__isnull", True), ("way", ""), ("words", "")
                    ),
                    models.Q(
                        ("heard_on__gte", models.F("told_on")),
                        ("heard_on__isnull", False),
                        models.Q(("way", ""), _negated=True),
                        models.Q(("considered", ""), _negated=True),
                        models.Q(("heard_by", ""), _negated=True),
                        models.Q(models.Q(("words", ""), _negated=True), ("way", "silent"), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="heard_with_words_and_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingmember",
            constraint=models.UniqueConstraint(fields=("meeting", "name"), name="one_seat_per_name"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("outcome", ""), ("settled_by", ""), ("settled_on__isnull", True)),
                    models.Q(
                        ("settled_on__gte", models.F("received_on")),
                        ("settled_on__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("settled_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="settled_with_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="an_objection_has_words"
            ),
        ),
        migrations.RunSQL(OBJECTIONS, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="publicnotice",
            name="has_objection",
        ),
        migrations.RemoveField(
            model_name="publicnotice",
            name="settled_on",
        ),
    ]
