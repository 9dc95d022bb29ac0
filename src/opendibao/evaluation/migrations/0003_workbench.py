"""The workbench: sheets in versions, judgements, goals, plan, draws, submissions, rectification, report texts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0002_walls"),
        ("payment", "0005_returned_attempts"),
        ("registry", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArrivalCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("drawn_on", models.DateField(verbose_name="抽取日期")),
                ("amount_fen", models.BigIntegerField(verbose_name="应到金额（分）")),
                ("asked_on", models.DateField(null=True, verbose_name="调查日期")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("received", "收到，金额相符"),
                            ("different", "收到，金额不符"),
                            ("missing", "没有收到"),
                            ("none", "未答"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="到账情况",
                    ),
                ),
                ("said_fen", models.BigIntegerField(null=True, verbose_name="群众说的金额（分）")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[("phone", "电话"), ("paper", "纸质"), ("screen", "手机屏幕"), ("visit", "入户")],
                        max_length=8,
                        verbose_name="调查方式",
                    ),
                ),
                ("chance_n", models.BigIntegerField(null=True, verbose_name="入样概率的分子")),
                ("chance_d", models.BigIntegerField(null=True, verbose_name="入样概率的分母")),
                ("tried", models.PositiveSmallIntegerField(default=0, verbose_name="没有联系上的次数")),
            ],
            options={
                "verbose_name": "到账核实",
                "verbose_name_plural": "到账核实",
            },
        ),
        migrations.CreateModel(
            name="EvaluationPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="修改理由")),
                ("purpose", models.CharField(max_length=500, verbose_name="评价目的")),
                ("scope", models.CharField(max_length=500, verbose_name="评价范围")),
                ("method", models.CharField(max_length=500, verbose_name="评价方法")),
                ("team", models.JSONField(default=list, verbose_name="评价组")),
                ("written_on", models.DateField(verbose_name="制定日期")),
                ("officer", models.CharField(max_length=60, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "评价方案",
                "verbose_name_plural": "评价方案",
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("step", models.CharField(max_length=100, verbose_name="步骤")),
                ("first", models.DateField(verbose_name="开始")),
                ("last", models.DateField(verbose_name="结束")),
                ("owner", models.CharField(max_length=60, verbose_name="负责")),
                ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                ("done_by", models.CharField(blank=True, max_length=60, verbose_name="完成登记人")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="evaluation.evaluationplan",
                        verbose_name="评价方案",
                    ),
                ),
            ],
            options={
                "verbose_name": "方案步骤",
                "verbose_name_plural": "方案步骤",
            },
        ),
        migrations.CreateModel(
            name="FiledReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("document", models.JSONField(verbose_name="文稿")),
                ("filed_on", models.DateField(verbose_name="登记日期")),
                ("officer", models.CharField(max_length=60, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "原报送稿",
                "verbose_name_plural": "原报送稿",
            },
        ),
        migrations.CreateModel(
            name="FinanceScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("indicator", models.CharField(max_length=40, verbose_name="指标")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("score", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="得分")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("officer", models.CharField(max_length=60, verbose_name="评分人")),
            ],
            options={
                "verbose_name": "财政评分",
                "verbose_name_plural": "财政评分",
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                (
                    "horizon",
                    models.CharField(
                        choices=[("overall", "总体"), ("short", "短期"), ("middle", "中期"), ("long", "长期")],
                        max_length=8,
                        verbose_name="期限",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.CharField(max_length=300, verbose_name="目标")),
                ("milestone", models.CharField(blank=True, max_length=300, verbose_name="衡量标志")),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="责任单位")),
                ("due_on", models.DateField(null=True, verbose_name="完成期限")),
                ("indicators", models.JSONField(default=list, verbose_name="对应指标")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "未开始"),
                            ("under_way", "进行中"),
                            ("late", "滞后"),
                            ("reached", "已达到"),
                            ("dropped", "不再实行"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="进展",
                    ),
                ),
                ("progress", models.CharField(blank=True, max_length=300, verbose_name="进展说明")),
                ("officer", models.CharField(max_length=60, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "绩效目标",
                "verbose_name_plural": "绩效目标",
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "kind",
                    models.CharField(
                        choices=[("interview", "访谈"), ("case_study", "个案")], max_length=12, verbose_name="种类"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="日期")),
                ("with_whom", models.CharField(max_length=60, verbose_name="访谈对象")),
                ("text", models.TextField(verbose_name="内容")),
                ("officer", models.CharField(max_length=60, verbose_name="记录人")),
            ],
            options={
                "verbose_name": "访谈和个案",
                "verbose_name_plural": "访谈和个案",
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("indicator", models.CharField(max_length=40, verbose_name="指标")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                (
                    "band",
                    models.CharField(
                        choices=[("achieved", "达成"), ("partly", "部分达成"), ("not", "未达成")],
                        max_length=8,
                        verbose_name="档次",
                    ),
                ),
                ("ratio", models.DecimalField(decimal_places=2, max_digits=3, verbose_name="得分比例")),
                ("text", models.CharField(max_length=300, verbose_name="评价意见")),
                ("evidence", models.CharField(max_length=300, verbose_name="依据材料")),
                ("officer", models.CharField(max_length=60, verbose_name="评分人")),
            ],
            options={
                "verbose_name": "定性评分",
                "verbose_name_plural": "定性评分",
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("policy", "政策文件"),
                            ("data", "数据资料"),
                            ("report", "项目报告"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("issued_on", models.DateField(null=True, verbose_name="发文日期")),
                ("provider", models.CharField(max_length=60, verbose_name="提供单位")),
                ("received_on", models.DateField(null=True, verbose_name="收到日期")),
                ("is_withdrawn", models.BooleanField(default=False, verbose_name="不再采用")),
                ("officer", models.CharField(max_length=60, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "评价资料",
                "verbose_name_plural": "评价资料",
            },
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("origin", models.CharField(max_length=60, verbose_name="来源")),
                ("problem", models.CharField(max_length=300, verbose_name="问题")),
                ("measure", models.CharField(max_length=300, verbose_name="整改措施")),
                ("owner", models.CharField(max_length=60, verbose_name="责任单位")),
                ("due_on", models.DateField(verbose_name="整改期限")),
                ("closed_on", models.DateField(null=True, verbose_name="销号日期")),
                ("closed_by", models.CharField(blank=True, max_length=60, verbose_name="销号人")),
                ("outcome", models.CharField(blank=True, max_length=300, verbose_name="整改结果")),
                ("officer", models.CharField(max_length=60, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "整改",
                "verbose_name_plural": "整改",
            },
        ),
        migrations.CreateModel(
            name="ReportText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("report", models.CharField(max_length=40, verbose_name="报告")),
                ("place", models.CharField(max_length=60, verbose_name="位置")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.TextField(blank=True, verbose_name="文字")),
                ("officer", models.CharField(max_length=60, verbose_name="撰写人")),
                ("written_at", models.DateTimeField(verbose_name="撰写时间")),
            ],
            options={
                "verbose_name": "报告文字",
                "verbose_name_plural": "报告文字",
            },
        ),
        migrations.CreateModel(
            name="ReviewQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("subject", models.CharField(max_length=60, verbose_name="审核事项")),
                ("question", models.CharField(max_length=500, verbose_name="审核意见")),
                ("asked_by", models.CharField(max_length=60, verbose_name="审核人")),
                ("asked_on", models.DateField(verbose_name="审核日期")),
                ("reply", models.CharField(blank=True, max_length=500, verbose_name="答复")),
                ("replied_by", models.CharField(blank=True, max_length=60, verbose_name="答复人")),
                ("replied_on", models.DateField(null=True, verbose_name="答复日期")),
            ],
            options={
                "verbose_name": "财政审核意见",
                "verbose_name_plural": "财政审核意见",
            },
        ),
        migrations.CreateModel(
            name="SampleDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("satisfaction", "满意度"), ("accuracy", "准确率"), ("arrival", "到账核实")],
                        max_length=12,
                        verbose_name="抽样用途",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("simple", "简单随机"), ("stratified", "按乡镇分层"), ("pps", "按金额概率")],
                        max_length=12,
                        verbose_name="抽样方法",
                    ),
                ),
                ("seed", models.BigIntegerField(verbose_name="种子")),
                ("size", models.PositiveIntegerField(verbose_name="样本量")),
                ("population", models.PositiveIntegerField(verbose_name="总体")),
                ("total_fen", models.BigIntegerField(verbose_name="总体金额（分）")),
                ("frame_sha256", models.CharField(max_length=64, verbose_name="抽样名单 SHA-256")),
                ("margin_bp", models.PositiveIntegerField(null=True, verbose_name="误差限（万分比）")),
                ("confidence_bp", models.PositiveIntegerField(null=True, verbose_name="置信度（万分比）")),
                ("drawn_on", models.DateField(verbose_name="抽取日期")),
                ("officer", models.CharField(max_length=60, verbose_name="抽样人")),
            ],
            options={
                "verbose_name": "抽样",
                "verbose_name_plural": "抽样",
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("number", models.PositiveSmallIntegerField(verbose_name="报送次数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "已报送"),
                            ("asked", "待答复"),
                            ("replied", "已答复"),
                            ("returned", "已退回"),
                            ("accepted", "已审定"),
                        ],
                        default="submitted",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("submitted_on", models.DateField(verbose_name="报送日期")),
                ("submitted_by", models.CharField(max_length=60, verbose_name="报送人")),
                ("statement", models.CharField(blank=True, max_length=500, verbose_name="报送说明")),
                ("concluded_on", models.DateField(null=True, verbose_name="审定日期")),
                ("concluded_by", models.CharField(blank=True, max_length=60, verbose_name="审定人")),
                ("conclusion", models.CharField(blank=True, max_length=500, verbose_name="审定意见")),
                ("budget_use", models.CharField(blank=True, max_length=500, verbose_name="结果应用")),
            ],
            options={
                "verbose_name": "报送",
                "verbose_name_plural": "报送",
            },
        ),
        migrations.CreateModel(
            name="YearSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("template", models.CharField(max_length=40, verbose_name="表样")),
                ("grade_scheme", models.CharField(max_length=40, verbose_name="等级办法")),
                (
                    "over_completion",
                    models.CharField(
                        choices=[("flag", "只提示"), ("linear", "按偏离度调减")], max_length=8, verbose_name="超额完成"
                    ),
                ),
                (
                    "execution_weight",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="预算执行率分值"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="调整理由")),
                ("entered_on", models.DateField(verbose_name="录入日期")),
                ("officer", models.CharField(max_length=60, verbose_name="录入人")),
            ],
            options={
                "verbose_name": "年度指标表",
                "verbose_name_plural": "年度指标表",
            },
        ),
        migrations.RemoveConstraint(
            model_name="givenscore",
            name="one_given_score",
        ),
        migrations.RemoveConstraint(
            model_name="sheetrow",
            name="one_sheet_row_per_position",
        ),
        migrations.AddField(
            model_name="givenscore",
            name="number",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="序号"),
        ),
        migrations.AddField(
            model_name="satisfactionanswer",
            name="awareness",
            field=models.CharField(
                choices=[("knows", "知道"), ("partly", "知道一些"), ("not", "不知道"), ("none", "未答")],
                default="none",
                max_length=12,
                verbose_name="政策知晓",
            ),
        ),
        migrations.AddField(
            model_name="satisfactionanswer",
            name="channel",
            field=models.CharField(
                blank=True,
                choices=[("phone", "电话"), ("paper", "纸质"), ("screen", "手机屏幕"), ("visit", "入户")],
                max_length=8,
                verbose_name="调查方式",
            ),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="scoring",
            field=models.CharField(
                choices=[
                    ("proportional", "按完成比例"),
                    ("direct", "直接赋分"),
                    ("threshold", "设及格门槛"),
                    ("satisfaction", "按满意度区间"),
                    ("judged", "定性分档"),
                ],
                default="proportional",
                max_length=12,
                verbose_name="给分办法",
            ),
        ),
        migrations.RemoveConstraint(model_name="findingnote", name="one_note_per_finding"),
        migrations.AddField(
            model_name="findingnote",
            name="where",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="问题位置"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="snapshot",
            name="chain",
            field=models.CharField(blank=True, max_length=64, verbose_name="链值"),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="is_final",
            field=models.BooleanField(default=False, verbose_name="定稿"),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="previous",
            field=models.CharField(blank=True, max_length=64, verbose_name="上一版的链值"),
        ),
        migrations.AlterField(
            model_name="sheetrow",
            name="direction",
            field=models.CharField(
                blank=True,
                choices=[("at_least", "不低于"), ("at_most", "不高于"), ("equal", "等于")],
                max_length=10,
                verbose_name="方向",
            ),
        ),
        migrations.AlterField(
            model_name="sheetrow",
            name="target",
            field=models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name="指标值"),
        ),
        migrations.AddConstraint(
            model_name="givenscore",
            constraint=models.UniqueConstraint(
                fields=("year", "division", "indicator", "number"), name="one_given_score"
            ),
        ),
        migrations.AddField(
            model_name="arrivalcheck",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="payment.payline", verbose_name="发放明细"
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationplan",
            constraint=models.UniqueConstraint(fields=("year", "division", "version"), name="one_plan_a_version"),
        ),
        migrations.AddConstraint(
            model_name="evaluationplan",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("purpose", ""), _negated=True), models.Q(("scope", ""), _negated=True)),
                name="plan_has_a_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="later_plan_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.UniqueConstraint(fields=("plan", "position"), name="one_step_a_position"),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))), name="step_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("step", ""), _negated=True), models.Q(("owner", ""), _negated=True)),
                name="step_is_owned",
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_by", ""), ("done_on", None)),
                    models.Q(("done_on__isnull", False), models.Q(("done_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="done_step_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="filedreport",
            constraint=models.UniqueConstraint(fields=("year", "division", "sha256"), name="one_filed_report"),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                fields=("year", "division", "horizon", "position"), name="one_goal_a_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="goal_has_a_text"),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("horizon", "overall"),
                    models.Q(models.Q(("milestone", ""), _negated=True), models.Q(("unit", ""), _negated=True)),
                    _connector="OR",
                ),
                name="staged_goal_is_owned",
            ),
        ),
        migrations.AddField(
            model_name="interview",
            name="household",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="registry.household", verbose_name="家庭"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(
                fields=("year", "division", "indicator", "number"), name="one_judgement_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("band", "achieved"), ("ratio__gte", "0.80"), ("ratio__lte", "1.00")),
                    models.Q(("band", "partly"), ("ratio__gte", "0.60"), ("ratio__lt", "0.80")),
                    models.Q(("band", "not"), ("ratio__gte", "0.00"), ("ratio__lt", "0.60")),
                    _connector="OR",
                ),
                name="judgement_in_its_band",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True),
                    models.Q(("evidence", ""), _negated=True),
                    models.Q(("officer", ""), _negated=True),
                ),
                name="judgement_has_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.UniqueConstraint(fields=("year", "division", "title"), name="one_material_a_title"),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "policy"), _negated=True),
                    models.Q(models.Q(("document_number", ""), _negated=True), ("issued_on__isnull", False)),
                    _connector="OR",
                ),
                name="policy_has_number_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.UniqueConstraint(
                fields=("year", "division", "number"), name="one_rectification_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.UniqueConstraint(
                fields=("year", "division", "origin"), name="one_rectification_an_origin"
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("problem", ""), _negated=True),
                    models.Q(("measure", ""), _negated=True),
                    models.Q(("owner", ""), _negated=True),
                ),
                name="rectification_is_owned",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_by", ""), ("closed_on__isnull", True), ("outcome", "")),
                    models.Q(
                        ("closed_on__isnull", False),
                        models.Q(("closed_by", ""), _negated=True),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="closed_with_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="findingnote",
            constraint=models.UniqueConstraint(
                fields=("year", "division", "finding", "where"), name="one_note_per_finding"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_final", True)), fields=("division", "previous"), name="one_final_after_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_final", True), models.Q(("chain", ""), ("previous", "")), _connector="OR"),
                name="only_a_final_is_chained",
            ),
        ),
        migrations.AddConstraint(
            model_name="filedreport",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("officer", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                name="filed_report_has_an_officer",
            ),
        ),
        migrations.AddConstraint(
            model_name="reporttext",
            constraint=models.UniqueConstraint(
                fields=("year", "division", "report", "place", "number"), name="one_text_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="reporttext",
            constraint=models.CheckConstraint(
                condition=models.Q(("officer", ""), _negated=True), name="text_has_an_author"
            ),
        ),
        migrations.AddConstraint(
            model_name="sampledraw",
            constraint=models.UniqueConstraint(
                fields=("year", "division", "purpose"), name="one_draw_a_year_and_purpose"
            ),
        ),
        migrations.AddConstraint(
            model_name="sampledraw",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0), ("size__lte", models.F("population"))),
                name="draw_within_population",
            ),
        ),
        migrations.AddField(
            model_name="arrivalcheck",
            name="draw",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="evaluation.sampledraw", verbose_name="抽样"
            ),
        ),
        migrations.AddField(
            model_name="accuracycheck",
            name="draw",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="evaluation.sampledraw", verbose_name="抽样"
            ),
        ),
        migrations.AddField(
            model_name="satisfactionanswer",
            name="draw",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="evaluation.sampledraw", verbose_name="抽样"
            ),
        ),
        migrations.AddField(
            model_name="accuracycheck",
            name="chance_n",
            field=models.BigIntegerField(null=True, verbose_name="入样概率的分子"),
        ),
        migrations.AddField(
            model_name="accuracycheck",
            name="chance_d",
            field=models.BigIntegerField(null=True, verbose_name="入样概率的分母"),
        ),
        migrations.AddField(
            model_name="accuracycheck",
            name="tried",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="没有联系上的次数"),
        ),
        migrations.AddField(
            model_name="satisfactionanswer",
            name="chance_n",
            field=models.BigIntegerField(null=True, verbose_name="入样概率的分子"),
        ),
        migrations.AddField(
            model_name="satisfactionanswer",
            name="chance_d",
            field=models.BigIntegerField(null=True, verbose_name="入样概率的分母"),
        ),
        migrations.AddField(
            model_name="satisfactionanswer",
            name="tried",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="没有联系上的次数"),
        ),
        migrations.AddField(
            model_name="submission",
            name="snapshot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="evaluation.snapshot", verbose_name="快照"
            ),
        ),
        migrations.AddField(
            model_name="reviewquestion",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="evaluation.submission",
                verbose_name="报送",
            ),
        ),
        migrations.AddField(
            model_name="financescore",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scores",
                to="evaluation.submission",
                verbose_name="报送",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearsheet",
            constraint=models.UniqueConstraint(fields=("year", "division", "version"), name="one_sheet_a_version"),
        ),
        migrations.AddConstraint(
            model_name="yearsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="later_sheet_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("execution_weight__gte", 0), ("execution_weight__lte", 100)),
                name="execution_weight_in_hundred",
            ),
        ),
        migrations.AddField(
            model_name="sheetrow",
            name="sheet",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="evaluation.yearsheet",
                verbose_name="年度指标表",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetrow",
            constraint=models.UniqueConstraint(fields=("sheet", "position"), name="one_sheet_row_per_position"),
        ),
        migrations.AddConstraint(
            model_name="sheetrow",
            constraint=models.UniqueConstraint(fields=("sheet", "indicator"), name="one_sheet_row_an_indicator"),
        ),
        migrations.AddConstraint(
            model_name="sheetrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("direction", ""), ("scoring", "judged"), ("target__isnull", True)),
                    models.Q(
                        models.Q(("scoring", "judged"), _negated=True),
                        models.Q(("direction", ""), _negated=True),
                        ("target__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="measured_row_has_a_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), models.Q(("officer", ""), _negated=True)),
                name="interview_has_a_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrivalcheck",
            constraint=models.UniqueConstraint(fields=("draw", "line"), name="one_arrival_check_a_line"),
        ),
        migrations.AddConstraint(
            model_name="arrivalcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "different"), _negated=True),
                    models.Q(("said_fen__gte", 0), ("said_fen__isnull", False)),
                    _connector="OR",
                ),
                name="different_amount_is_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrivalcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chance_d__isnull", False),
                    ("chance_n__gt", 0),
                    ("chance_n__isnull", False),
                    ("chance_n__lte", models.F("chance_d")),
                )
                | models.Q(("chance_d__isnull", True), ("chance_n__isnull", True)),
                name="arrival_chance_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="accuracycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chance_d__isnull", False),
                    ("chance_n__gt", 0),
                    ("chance_n__isnull", False),
                    ("chance_n__lte", models.F("chance_d")),
                )
                | models.Q(("chance_d__isnull", True), ("chance_n__isnull", True)),
                name="check_chance_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="satisfactionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chance_d__isnull", False),
                    ("chance_n__gt", 0),
                    ("chance_n__isnull", False),
                    ("chance_n__lte", models.F("chance_d")),
                )
                | models.Q(("chance_d__isnull", True), ("chance_n__isnull", True)),
                name="questionnaire_chance_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrivalcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", "none"), ("asked_on__isnull", False), _connector="OR"),
                name="arrival_answer_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("year", "division", "number"), name="one_submission_a_number"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("concluded_by", ""),
                    models.Q(("concluded_by", models.F("submitted_by")), _negated=True),
                    _connector="OR",
                ),
                name="concluded_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["accepted", "returned"]), _negated=True),
                    models.Q(
                        ("concluded_on__isnull", False),
                        models.Q(("concluded_by", ""), _negated=True),
                        models.Q(("conclusion", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="concluded_with_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), _negated=True),
                    models.Q(("budget_use", ""), _negated=True),
                    _connector="OR",
                ),
                name="accepted_says_its_use",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 1), models.Q(("statement", ""), _negated=True), _connector="OR"),
                name="sent_again_with_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("question", ""), _negated=True), models.Q(("asked_by", ""), _negated=True)
                ),
                name="question_is_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replied_by", ""), ("replied_on__isnull", True), ("reply", "")),
                    models.Q(
                        models.Q(("reply", ""), _negated=True),
                        models.Q(("replied_by", ""), _negated=True),
                        ("replied_on__gte", models.F("asked_on")),
                    ),
                    _connector="OR",
                ),
                name="reply_after_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replied_by", ""), models.Q(("replied_by", models.F("asked_by")), _negated=True), _connector="OR"
                ),
                name="reply_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="financescore",
            constraint=models.UniqueConstraint(fields=("submission", "indicator", "number"), name="one_finance_score"),
        ),
        migrations.AddConstraint(
            model_name="financescore",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("officer", ""), _negated=True)),
                name="finance_score_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="financescore",
            constraint=models.CheckConstraint(condition=models.Q(("score__gte", 0)), name="finance_score_not_negative"),
        ),
    ]
