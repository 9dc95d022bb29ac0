"""复核比对和预警: runs over everybody covered, who could not be checked, and each warning with what was made of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from opendibao.verification.models.matching import Unchecked
from opendibao.verification.rematch.states import AlertState


class RematchState(models.TextChoices):
    """How far a run is (比对状态)."""

    RUNNING = "running", "正在比对"
    FINISHED = "finished", "已完成"
    INTERRUPTED = "interrupted", "中断"


class Rematch(models.Model):
    """One run over everybody covered on a day (复核比对), monthly or on demand.

    `found` are warnings raised anew, `again` those that were there already, `ended` those whose cause is gone;
    `unchecked` counts persons who could not be checked in one source at least.
    """

    division = models.CharField("区划", max_length=12, db_index=True)
    ran_on = models.DateField("比对日期")
    is_monthly = models.BooleanField("按月自动")
    started_by = models.CharField("发起人", max_length=60)
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True)
    state = models.CharField("比对状态", max_length=12, choices=RematchState.choices)
    sources_count = models.PositiveSmallIntegerField("来源数", default=0)
    sources_done = models.PositiveSmallIntegerField("已比对来源数", default=0)
    households = models.PositiveIntegerField("户数", default=0)
    persons = models.PositiveIntegerField("人数", default=0)
    found = models.PositiveIntegerField("新预警", default=0)
    again = models.PositiveIntegerField("原有预警", default=0)
    ended = models.PositiveIntegerField("终结预警", default=0)
    unchecked = models.PositiveIntegerField("未核人数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "复核比对"
        constraints = [
            models.UniqueConstraint(name="one_rematch_at_a_time", fields=["division"], condition=Q(state="running")),
            models.CheckConstraint(
                name="a_finished_rematch_has_its_end",
                condition=Q(state="finished", finished_at__isnull=False)
                | Q(state__in=["running", "interrupted"], finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="not_more_unchecked_than_persons", condition=Q(unchecked__lte=F("persons"))
            ),
        ]  # fmt: skip


class RematchSource(models.Model):
    """What a run did with one source (比对来源): whose data of which day, and the three outcomes, which add up."""

    rematch = models.ForeignKey(Rematch, models.PROTECT, related_name="sources", verbose_name="复核比对")
    division = models.CharField("区划", max_length=12, db_index=True)
    source = models.CharField("来源", max_length=30)
    delivery = models.ForeignKey(
        "verification.Delivery", models.PROTECT, null=True, related_name="rematches", verbose_name="送达数据"
    )
    as_of = models.DateField("数据截止日期", null=True)
    why = models.CharField("未核到原因", max_length=12, choices=Unchecked.choices, blank=True)
    persons = models.PositiveIntegerField("人数")
    hits = models.PositiveIntegerField("核到人数")
    no_hits = models.PositiveIntegerField("已核无记录人数")
    unchecked = models.PositiveIntegerField("未核人数")
    alerts = models.PositiveIntegerField("预警数")

    class Meta:
        verbose_name = verbose_name_plural = "比对来源"
        constraints = [
            models.UniqueConstraint(name="a_source_once_a_rematch", fields=["rematch", "source"]),
            models.CheckConstraint(
                name="rematch_outcomes_add_up", condition=Q(persons=F("hits") + F("no_hits") + F("unchecked"))
            ),
            models.CheckConstraint(
                name="a_source_without_data_checks_nobody", condition=Q(why="") | Q(unchecked=F("persons"))
            ),
        ]


class RematchGap(models.Model):
    """A person whom a run could not check (未核人员), why, and in which sources; [] where in none at all."""

    rematch = models.ForeignKey(Rematch, models.PROTECT, related_name="gaps", verbose_name="复核比对")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+", verbose_name="人员")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="+", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    why = models.CharField("未核到原因", max_length=12, choices=Unchecked.choices)
    sources = ArrayField(models.CharField("来源", max_length=30), default=list, verbose_name="来源")

    class Meta:
        verbose_name = verbose_name_plural = "未核人员"
        constraints = [
            models.UniqueConstraint(name="a_gap_of_a_person_once", fields=["rematch", "person", "why"]),
            models.CheckConstraint(name="a_gap_says_why", condition=~Q(why="")),
        ]


class Alert(models.Model):
    """A warning about somebody covered (预警): a lead that people look into; by itself it stops nobody.

    `row_key` tells the thing (blind), `version` counts how often the same thing was raised because it had grown;
    `measure` is what grew: fen, or how many. `monthly_fen` is what the family got, `effect_fen` what the rules would
    make of it (None: not computable). `looked_by` asked the family or visited it, `settled_by` decided.
    """

    rematch = models.ForeignKey(Rematch, models.PROTECT, related_name="raised", verbose_name="复核比对")
    last_rematch = models.ForeignKey(Rematch, models.PROTECT, related_name="+", verbose_name="最近一次比对")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="alerts", verbose_name="人员")
    household = models.ForeignKey("registry.Household", models.PROTECT, related_name="alerts", verbose_name="家庭")
    division = models.CharField("区划", max_length=12, db_index=True)
    source = models.CharField("来源", max_length=30)
    kind = models.CharField("预警种类", max_length=24)
    row_key = models.CharField("记录标识", max_length=32)
    version = models.PositiveSmallIntegerField("第几次", default=1)
    link = models.ForeignKey("verification.Link", models.PROTECT, related_name="alerts", verbose_name="关联")
    delivery = models.ForeignKey(
        "verification.Delivery", models.PROTECT, related_name="alerts", verbose_name="送达数据"
    )  # fmt: skip
    sha256 = models.CharField("SHA-256", max_length=64)
    row_no = models.PositiveIntegerField("行号")
    as_of = models.DateField("数据截止日期")
    words = models.CharField("核到内容", max_length=400)
    measure = models.BigIntegerField("数量", null=True)
    severity = models.PositiveSmallIntegerField("严重程度")
    monthly_fen = models.BigIntegerField("月保障金（分）")
    effect_fen = models.BigIntegerField("影响（分）", null=True)
    found_on = models.DateField("发现日期")
    due_on = models.DateField("期限")
    state = models.CharField("预警状态", max_length=10, choices=AlertState.choices)
    looked_by = models.CharField("核实人", max_length=60, blank=True)
    looked_on = models.DateField("核实日期", null=True)
    settled_by = models.CharField("处置人", max_length=60, blank=True)
    settled_on = models.DateField("处置日期", null=True)
    reason_code = models.CharField("理由代码", max_length=24, blank=True)
    case = models.ForeignKey("intake.Case", models.PROTECT, null=True, related_name="alerts", verbose_name="案件")

    class Meta:
        verbose_name = verbose_name_plural = "预警"
        indexes = [models.Index("state", "due_on", name="alert_state_due")]
        constraints = [
            models.UniqueConstraint(
                name="an_alert_is_raised_once", fields=["person", "source", "kind", "row_key", "version"]
            ),
            models.UniqueConstraint(
                name="one_open_alert_of_a_thing",
                fields=["person", "source", "kind", "row_key"],
                condition=Q(state__in=["open", "explained", "visited"]),
            ),
            models.CheckConstraint(name="an_alert_is_due_later", condition=Q(due_on__gte=F("found_on"))),
            models.CheckConstraint(
                name="a_looked_at_alert_says_who",
                condition=Q(looked_by="", looked_on__isnull=True, state__in=["open", "not_same", "ended"])
                | (~Q(looked_by="") & Q(looked_on__isnull=False) & ~Q(state="open")),
            ),
            models.CheckConstraint(
                name="a_settled_alert_says_who",
                condition=Q(
                    settled_by="", settled_on__isnull=True, reason_code="", state__in=["open", "explained", "visited"]
                )
                | (
                    Q(settled_on__isnull=False, state__in=["confirmed", "refuted", "not_same", "ended"])
                    & ~Q(settled_by="")
                    & ~Q(reason_code="")
                ),
            ),
            # what leads to money passes two hands
            models.CheckConstraint(
                name="confirmed_by_another", condition=~Q(state="confirmed") | ~Q(settled_by=F("looked_by"))
            ),
            models.CheckConstraint(
                name="only_what_is_confirmed_opens_a_case", condition=Q(case__isnull=True) | Q(state="confirmed")
            ),
        ]


class AlertStep(models.Model):
    """What was done with a warning (预警办理), step by step; `came_to` is the state after it."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="steps", verbose_name="预警")
    division = models.CharField("区划", max_length=12, db_index=True)
    sequence = models.PositiveSmallIntegerField("序号")
    came_to = models.CharField("预警状态", max_length=10, choices=AlertState.choices)
    is_undo = models.BooleanField("撤回", default=False)
    done_on = models.DateField("办理日期")
    officer = models.CharField("经办人", max_length=60)
    companion = models.CharField("同去的人", max_length=20, blank=True)
    reason_code = models.CharField("理由代码", max_length=24, blank=True)
    words = models.CharField("说明", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "预警办理"
        constraints = [
            models.UniqueConstraint(name="an_alert_step_has_its_place", fields=["alert", "sequence"]),
            models.CheckConstraint(name="an_alert_step_says_what", condition=Q(words__regex=r"\S")),
            models.CheckConstraint(
                name="two_go_to_visit",
                condition=~Q(came_to="visited", is_undo=False)
                | (~Q(companion="") & ~Q(companion=F("officer"))),
            ),
        ]  # fmt: skip
