"""职责: what an officer may do; every page, action and command names the duties it is for."""

from enum import StrEnum


class Duty(StrEnum):
    """A duty (职责) with its Chinese name; 57号 keeps acceptance, survey, confirmation and money in separate hands."""

    ACCEPT = "accept"
    SURVEY = "survey"
    REVIEW = "review"
    CONFIRM = "confirm"
    PAY = "pay"
    FINANCE = "finance"
    EVALUATE = "evaluate"
    AUDIT = "audit"
    OPERATE = "operate"
    OVERSEE = "oversee"

    @property
    def zh(self) -> str:
        """The duty's name."""
        return WORDS[self]


WORDS = {
    Duty.ACCEPT: "受理",
    Duty.SURVEY: "入户调查",
    Duty.REVIEW: "初审公示",
    Duty.CONFIRM: "审核确认",
    Duty.PAY: "发放编制",
    Duty.FINANCE: "财政审核",
    Duty.EVALUATE: "绩效评价",
    Duty.AUDIT: "审计监督",
    Duty.OPERATE: "系统运行",
    Duty.OVERSEE: "分管领导",
}
EVERY_DUTY = frozenset(Duty)
CASEWORK = frozenset({Duty.ACCEPT, Duty.SURVEY, Duty.REVIEW, Duty.CONFIRM})
READ_ONLY = frozenset({Duty.AUDIT, Duty.OVERSEE})
"""Duties that look at everything and change nothing."""
