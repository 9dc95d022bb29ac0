"""绩效评价: sheets and scores, samples, goals, snapshots and reports, what finance says of them."""

from opendibao.evaluation.models.goals import EvaluationPlan, Goal, Material, PlanStep
from opendibao.evaluation.models.receiving import FinanceScore, Rectification, ReviewQuestion, Submission
from opendibao.evaluation.models.reports import FiledReport, FindingNote, ReportText, Snapshot
from opendibao.evaluation.models.samples import (
    AccuracyCheck,
    Answer,
    Arrival,
    ArrivalCheck,
    Awareness,
    Channel,
    Interview,
    Method,
    Purpose,
    Relief,
    SampleDraw,
    SatisfactionAnswer,
)
from opendibao.evaluation.models.sheets import GivenScore, Judgement, SheetRow, YearSheet

__all__ = [
    "AccuracyCheck",
    "Answer",
    "Arrival",
    "ArrivalCheck",
    "Awareness",
    "Channel",
    "EvaluationPlan",
    "FiledReport",
    "FinanceScore",
    "FindingNote",
    "GivenScore",
    "Goal",
    "Interview",
    "Judgement",
    "Material",
    "Method",
    "PlanStep",
    "Purpose",
    "Rectification",
    "Relief",
    "ReportText",
    "ReviewQuestion",
    "SampleDraw",
    "SatisfactionAnswer",
    "SheetRow",
    "Snapshot",
    "Submission",
    "YearSheet",
]
