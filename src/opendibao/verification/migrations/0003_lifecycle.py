"""Surveys of a case one after another, item sheets, corrections, interviews, letters for evidence."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0003_lifecycle"),
        ("verification", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("addressee", models.CharField(max_length=120, verbose_name="受函单位")),
                ("asks", models.CharField(max_length=300, verbose_name="询问事项")),
                ("sent_on", models.DateField(verbose_name="发函日期")),
                ("sent_by", models.CharField(max_length=60, verbose_name="发函人")),
                ("answered_on", models.DateField(null=True, verbose_name="复函日期")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="复函内容")),
            ],
            options={
                "verbose_name": "信函索证",
                "verbose_name_plural": "信函索证",
            },
        ),
        migrations.CreateModel(
            name="ItemSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("kind", models.CharField(max_length=30, verbose_name="项目")),
                ("member", models.CharField(max_length=60, verbose_name="家庭成员")),
                ("values", models.JSONField(default=dict, verbose_name="内容")),
                ("method", models.CharField(blank=True, max_length=120, verbose_name="估算方法")),
                (
                    "comparables",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120, verbose_name="参照"),
                        default=list,
                        size=None,
                        verbose_name="参照",
                    ),
                ),
                ("low_fen", models.BigIntegerField(null=True, verbose_name="下限（分）")),
                ("high_fen", models.BigIntegerField(null=True, verbose_name="上限（分）")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("A", "A 凭证原件"),
                            ("B", "B 部门数据或复函"),
                            ("C", "C 两人以上证言一致"),
                            ("D", "D 只有本人陈述"),
                        ],
                        max_length=1,
                        verbose_name="证据等级",
                    ),
                ),
                ("evidence", models.CharField(max_length=200, verbose_name="证据")),
            ],
            options={
                "verbose_name": "核查单",
                "verbose_name_plural": "核查单",
            },
        ),
        migrations.CreateModel(
            name="NeighbourInterview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("interviewed_on", models.DateField(verbose_name="访问日期")),
                ("interviewer", models.CharField(max_length=60, verbose_name="访问人")),
                ("neighbour", models.CharField(max_length=60, verbose_name="受访人")),
                ("words", models.CharField(max_length=300, verbose_name="所述情况")),
                (
                    "view",
                    models.CharField(
                        choices=[("agrees", "与申报相符"), ("differs", "与申报不符"), ("unsure", "不清楚")],
                        max_length=10,
                        verbose_name="看法",
                    ),
                ),
            ],
            options={
                "verbose_name": "邻里访问",
                "verbose_name_plural": "邻里访问",
            },
        ),
        migrations.CreateModel(
            name="RefusedVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("visited_on", models.DateField(verbose_name="上门日期")),
                ("first_surveyor", models.CharField(max_length=60, verbose_name="调查人")),
                ("second_surveyor", models.CharField(max_length=60, verbose_name="第二调查人")),
                ("witness", models.CharField(max_length=60, verbose_name="见证人")),
                ("words", models.CharField(max_length=300, verbose_name="拒绝的情形")),
                ("noted_by", models.CharField(max_length=60, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "拒绝配合调查",
                "verbose_name_plural": "拒绝配合调查",
            },
        ),
        migrations.CreateModel(
            name="SurveyCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("sequence", models.PositiveSmallIntegerField(verbose_name="第几次")),
                ("before", models.JSONField(verbose_name="更正前")),
                ("after", models.JSONField(verbose_name="更正后")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("corrected_on", models.DateField(verbose_name="更正日期")),
                ("corrected_by", models.CharField(max_length=60, verbose_name="更正人")),
                ("agreed_by", models.CharField(max_length=60, verbose_name="确认的家庭成员")),
            ],
            options={
                "verbose_name": "调查表更正",
                "verbose_name_plural": "调查表更正",
            },
        ),
        migrations.CreateModel(
            name="SurveyOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("first_surveyor", models.CharField(max_length=60, verbose_name="调查人")),
                ("second_surveyor", models.CharField(max_length=60, verbose_name="第二调查人")),
                ("from_day", models.DateField(verbose_name="起")),
                ("to_day", models.DateField(verbose_name="止")),
                ("ordered_on", models.DateField(verbose_name="派单日期")),
                ("ordered_by", models.CharField(max_length=60, verbose_name="派单人")),
            ],
            options={
                "verbose_name": "入户派单",
                "verbose_name_plural": "入户派单",
            },
        ),
        migrations.AddField(
            model_name="survey",
            name="conclusion",
            field=models.CharField(blank=True, max_length=300, verbose_name="调查结论"),
        ),
        migrations.AddField(
            model_name="survey",
            name="entered_by",
            field=models.CharField(blank=True, max_length=60, verbose_name="录入人"),
        ),
        migrations.AddField(
            model_name="survey",
            name="home",
            field=models.JSONField(default=dict, verbose_name="居住和生活状况"),
        ),
        migrations.AddField(
            model_name="survey",
            name="latitude",
            field=models.DecimalField(decimal_places=6, max_digits=9, null=True, verbose_name="纬度"),
        ),
        migrations.AddField(
            model_name="survey",
            name="longitude",
            field=models.DecimalField(decimal_places=6, max_digits=9, null=True, verbose_name="经度"),
        ),
        migrations.AddField(
            model_name="survey",
            name="place",
            field=models.CharField(blank=True, max_length=120, verbose_name="调查地点"),
        ),
        migrations.AddField(
            model_name="survey",
            name="sequence",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="第几次"),
        ),
        migrations.AddField(
            model_name="survey",
            name="started_at",
            field=models.DateTimeField(null=True, verbose_name="到达时间"),
        ),
        migrations.AddField(
            model_name="survey",
            name="way",
            field=models.CharField(
                choices=[("home", "入户"), ("phone", "电话"), ("video", "视频")],
                default="home",
                max_length=6,
                verbose_name="调查方式",
            ),
        ),
        migrations.AddField(
            model_name="survey",
            name="way_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="未入户的理由"),
        ),
        migrations.AlterField(
            model_name="survey",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="surveys",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(fields=("case", "sequence"), name="one_survey_a_turn"),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", "home"), ("way_reason", "")),
                    models.Q(models.Q(("way", "home"), _negated=True), models.Q(("way_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="not_at_home_for_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="evidenceletter",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence_letters",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="evidenceletter",
            name="paper",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="intake.attachment", verbose_name="附件"
            ),
        ),
        migrations.AddField(
            model_name="itemsheet",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="verification.survey",
                verbose_name="入户调查表",
            ),
        ),
        migrations.AddField(
            model_name="neighbourinterview",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="interviews",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="refusedvisit",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refused_visits",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="surveycorrection",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="verification.survey",
                verbose_name="入户调查表",
            ),
        ),
        migrations.AddField(
            model_name="surveyorder",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="survey_orders",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidenceletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_on__isnull", True)),
                    models.Q(
                        ("answered_on__gte", models.F("sent_on")),
                        models.Q(("answer", ""), _negated=True),
                        ("answered_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_reply_has_day_and_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("high_fen__isnull", True), ("low_fen__isnull", True)),
                    models.Q(
                        ("high_fen__gte", models.F("low_fen")),
                        ("high_fen__isnull", False),
                        ("low_fen__gte", 0),
                        ("low_fen__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sheet_range_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence", ""), _negated=True), name="sheet_names_its_evidence"
            ),
        ),
        migrations.AddConstraint(
            model_name="neighbourinterview",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="an_interview_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_surveyor", models.F("second_surveyor")), _negated=True),
                    models.Q(("witness", ""), _negated=True),
                    models.Q(("witness", models.F("first_surveyor")), _negated=True),
                    models.Q(("witness", models.F("second_surveyor")), _negated=True),
                ),
                name="three_saw_a_refusal",
            ),
        ),
        migrations.AddConstraint(
            model_name="refusedvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="a_refusal_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveycorrection",
            constraint=models.UniqueConstraint(fields=("survey", "sequence"), name="corrections_count_up"),
        ),
        migrations.AddConstraint(
            model_name="surveycorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), models.Q(("before", models.F("after")), _negated=True)
                ),
                name="a_correction_changes_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_surveyor", models.F("second_surveyor")), _negated=True),
                name="two_different_surveyors_are_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_day__gte", models.F("from_day"))), name="survey_window_is_open"
            ),
        ),
    ]
