"""目标和方案: goals, the plan of the evaluation with its steps, the documents it rests on."""

from django.db import models
from django.db.models import Q

from opendibao.evaluation.states import GoalState


class Goal(models.Model):
    """One goal of a year's programme (绩效目标): milestone, who is responsible, by when, how far it is."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    horizon = models.CharField(
        "期限", max_length=8, choices=[("overall", "总体"), ("short", "短期"), ("middle", "中期"), ("long", "长期")]
    )
    position = models.PositiveSmallIntegerField("序号")
    text = models.CharField("目标", max_length=300)
    milestone = models.CharField("衡量标志", max_length=300, blank=True)
    unit = models.CharField("责任单位", max_length=60, blank=True)
    due_on = models.DateField("完成期限", null=True)
    indicators = models.JSONField("对应指标", default=list)
    state = models.CharField("进展", max_length=12, choices=GoalState.choices, default=GoalState.PLANNED)
    progress = models.CharField("进展说明", max_length=300, blank=True)
    officer = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "绩效目标"
        constraints = [
            models.UniqueConstraint(name="one_goal_a_position", fields=["year", "division", "horizon", "position"]),
            models.CheckConstraint(name="goal_has_a_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="staged_goal_is_owned", condition=Q(horizon="overall") | (~Q(milestone="") & ~Q(unit=""))
            ),
        ]


class EvaluationPlan(models.Model):
    """The plan of a year's evaluation (评价方案): scope, method, team; the newest version counts."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    version = models.PositiveSmallIntegerField("版本")
    reason = models.CharField("修改理由", max_length=200, blank=True)
    purpose = models.CharField("评价目的", max_length=500)
    scope = models.CharField("评价范围", max_length=500)
    method = models.CharField("评价方法", max_length=500)
    team = models.JSONField("评价组", default=list)  # [{name, unit, role}]
    written_on = models.DateField("制定日期")
    officer = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "评价方案"
        constraints = [
            models.UniqueConstraint(name="one_plan_a_version", fields=["year", "division", "version"]),
            models.CheckConstraint(name="plan_has_a_scope", condition=~Q(purpose="") & ~Q(scope="")),
            models.CheckConstraint(name="later_plan_has_a_reason", condition=Q(version=1) | ~Q(reason="")),
        ]


class PlanStep(models.Model):
    """A step of the plan's timetable (时间安排): from when to when, who sees to it, on which day it was done."""

    plan = models.ForeignKey(EvaluationPlan, models.PROTECT, verbose_name="评价方案", related_name="steps")
    division = models.CharField("区划", max_length=12)
    position = models.PositiveSmallIntegerField("序号")
    step = models.CharField("步骤", max_length=100)
    first = models.DateField("开始")
    last = models.DateField("结束")
    owner = models.CharField("负责", max_length=60)
    done_on = models.DateField("完成日期", null=True)
    done_by = models.CharField("完成登记人", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "方案步骤"
        constraints = [
            models.UniqueConstraint(name="one_step_a_position", fields=["plan", "position"]),
            models.CheckConstraint(name="step_ends_after_it_begins", condition=Q(last__gte=models.F("first"))),
            models.CheckConstraint(name="step_is_owned", condition=~Q(step="") & ~Q(owner="")),
            models.CheckConstraint(
                name="done_step_is_signed",
                condition=Q(done_on=None, done_by="") | (Q(done_on__isnull=False) & ~Q(done_by="")),
            ),
        ]


class Material(models.Model):
    """A document that the evaluation rests on (评价资料): policy texts with number and date, data, reports."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    kind = models.CharField(
        "种类",
        max_length=8,
        choices=[("policy", "政策文件"), ("data", "数据资料"), ("report", "项目报告"), ("other", "其他")],
    )
    title = models.CharField("名称", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("发文日期", null=True)
    provider = models.CharField("提供单位", max_length=60)
    received_on = models.DateField("收到日期", null=True)
    is_withdrawn = models.BooleanField("不再采用", default=False)
    officer = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "评价资料"
        constraints = [
            models.UniqueConstraint(name="one_material_a_title", fields=["year", "division", "title"]),
            models.CheckConstraint(
                name="policy_has_number_and_day",
                condition=~Q(kind="policy") | (~Q(document_number="") & Q(issued_on__isnull=False)),
            ),
        ]
