"""报送和整改: what is sent to finance, what finance asks and scores, what must be put right."""

from django.db import models
from django.db.models import F, Q

from opendibao.evaluation.models.reports import Snapshot
from opendibao.evaluation.states import SubmissionState


class Submission(models.Model):
    """A year's result sent to the finance bureau (报送): what was sent, where it stands, what came of it."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    number = models.PositiveSmallIntegerField("报送次数")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, verbose_name="快照")
    state = models.CharField("状态", max_length=12, choices=SubmissionState.choices, default=SubmissionState.SUBMITTED)
    submitted_on = models.DateField("报送日期")
    submitted_by = models.CharField("报送人", max_length=60)
    statement = models.CharField("报送说明", max_length=500, blank=True)
    concluded_on = models.DateField("审定日期", null=True)
    concluded_by = models.CharField("审定人", max_length=60, blank=True)
    conclusion = models.CharField("审定意见", max_length=500, blank=True)
    budget_use = models.CharField("结果应用", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "报送"
        constraints = [
            models.UniqueConstraint(name="one_submission_a_number", fields=["year", "division", "number"]),
            models.CheckConstraint(
                name="concluded_by_another", condition=Q(concluded_by="") | ~Q(concluded_by=F("submitted_by"))
            ),
            models.CheckConstraint(
                name="concluded_with_words",
                condition=~Q(state__in=[SubmissionState.ACCEPTED, SubmissionState.RETURNED])
                | (Q(concluded_on__isnull=False) & ~Q(concluded_by="") & ~Q(conclusion="")),
            ),
            models.CheckConstraint(
                name="accepted_says_its_use", condition=~Q(state=SubmissionState.ACCEPTED) | ~Q(budget_use="")
            ),
            models.CheckConstraint(name="sent_again_with_words", condition=Q(number=1) | ~Q(statement="")),
        ]


class ReviewQuestion(models.Model):
    """A question of the finance bureau on a submission, and the reply (财政审核意见)."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="questions", verbose_name="报送")
    division = models.CharField("区划", max_length=12)
    subject = models.CharField("审核事项", max_length=60)
    question = models.CharField("审核意见", max_length=500)
    asked_by = models.CharField("审核人", max_length=60)
    asked_on = models.DateField("审核日期")
    reply = models.CharField("答复", max_length=500, blank=True)
    replied_by = models.CharField("答复人", max_length=60, blank=True)
    replied_on = models.DateField("答复日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "财政审核意见"
        constraints = [
            models.CheckConstraint(name="question_is_asked", condition=~Q(question="") & ~Q(asked_by="")),
            models.CheckConstraint(
                name="reply_after_question",
                condition=Q(reply="", replied_by="", replied_on__isnull=True)
                | (~Q(reply="") & ~Q(replied_by="") & Q(replied_on__gte=F("asked_on"))),
            ),
            models.CheckConstraint(name="reply_by_another", condition=Q(replied_by="") | ~Q(replied_by=F("asked_by"))),
        ]


class FinanceScore(models.Model):
    """A score that the finance bureau gives a row of a submission (财政评分), with its reason; the newest counts."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="scores", verbose_name="报送")
    division = models.CharField("区划", max_length=12)
    indicator = models.CharField("指标", max_length=40)
    number = models.PositiveSmallIntegerField("序号")
    score = models.DecimalField("得分", max_digits=5, decimal_places=2)
    reason = models.CharField("理由", max_length=300)
    officer = models.CharField("评分人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "财政评分"
        constraints = [
            models.UniqueConstraint(name="one_finance_score", fields=["submission", "indicator", "number"]),
            models.CheckConstraint(name="finance_score_has_a_reason", condition=~Q(reason="") & ~Q(officer="")),
            models.CheckConstraint(name="finance_score_not_negative", condition=Q(score__gte=0)),
        ]


class Rectification(models.Model):
    """One point of the rectification list (整改): problem, measure, owner, day, closed with what was done."""

    year = models.PositiveSmallIntegerField("年度")
    division = models.CharField("区划", max_length=12)
    number = models.PositiveSmallIntegerField("序号")
    origin = models.CharField("来源", max_length=60)
    problem = models.CharField("问题", max_length=300)
    measure = models.CharField("整改措施", max_length=300)
    owner = models.CharField("责任单位", max_length=60)
    due_on = models.DateField("整改期限")
    closed_on = models.DateField("销号日期", null=True)
    closed_by = models.CharField("销号人", max_length=60, blank=True)
    outcome = models.CharField("整改结果", max_length=300, blank=True)
    officer = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "整改"
        constraints = [
            models.UniqueConstraint(name="one_rectification_a_number", fields=["year", "division", "number"]),
            models.UniqueConstraint(name="one_rectification_an_origin", fields=["year", "division", "origin"]),
            models.CheckConstraint(
                name="rectification_is_owned", condition=~Q(problem="") & ~Q(measure="") & ~Q(owner="")
            ),
            models.CheckConstraint(
                name="closed_with_outcome",
                condition=Q(closed_on__isnull=True, closed_by="", outcome="")
                | (Q(closed_on__isnull=False) & ~Q(closed_by="") & ~Q(outcome="")),
            ),
        ]
