"""决定说明: a decision computed again with where its facts stand, what would change it, and who may be asked."""

from dataclasses import dataclass
from datetime import date

from opendibao.decision.assessing import case_of
from opendibao.decision.letter import REMEDY, REMEDY_BEFORE
from opendibao.decision.queries import DecisionRow, case_of_facts, decision, explain
from opendibao.kernel.ids import township_of
from opendibao.registry.queries import full_name
from opendibao.rulemaking.queries import pack_in_force
from opendibao.rules.answer import Answer
from opendibao.rules.case import Case, parse_case
from opendibao.rules.origins import Places
from opendibao.rules.outlook import Outlook, outlook
from opendibao.rules.vocabulary import HEAD
from opendibao.verification.queries import survey_of

ROSTER = "存量建账花名册"
REPORT = {"R3": "社会救助法第四十六条"}
REPORT_BEFORE = "社会救助暂行办法第十三条；民发〔2021〕57号第三十条"


@dataclass(frozen=True)
class Explained:
    """A decision with its calculation; `outlook` is by today's text of the rules on the decision's day."""

    decision: DecisionRow
    case: Case
    answer: Answer
    outlook: Outlook
    document: str
    town: str
    remedy: str
    report_clause: str

    @property
    def head(self) -> str:
        """Whose household it is."""
        return next(person.name for person in self.case.members if person.row[0] == HEAD)


def explained(decision_id: int) -> Explained | None:
    """All that can be said of a decision; None where it is not there or its facts are not known.

    Raises DecisionRefused where it cannot be computed any more.
    """
    row, answer = decision(decision_id), explain(decision_id)
    if row is None or answer is None:
        return None
    case = parse_case(case_of(row.facts, row.counts_on))
    document = document_of(row)
    answer.origin = Places(case, document).of
    regime = pack_in_force().word("regime.name", row.decided_on)
    return Explained(
        decision=row,
        case=case,
        answer=answer,
        outlook=outlook(case),
        document=document,
        town=full_name(township_of(row.division)),
        remedy=REMEDY.get(regime, REMEDY_BEFORE),
        report_clause=REPORT.get(regime, REPORT_BEFORE),
    )


def document_of(row: DecisionRow) -> str:
    """Where the facts of a decision were written: the survey of its case, else the roster of the opening.

    An uprating takes them over from the decision that it ends.
    """
    case_id = case_of_facts(row.pk) if row.reckoned_on else row.case_id
    survey = survey_of(case_id) if case_id else None
    return f"{day_in_words(survey.surveyed_on)}入户调查表" if survey else ROSTER


def day_in_words(day: date) -> str:
    """As papers write it: 2024年3月6日."""
    return f"{day.year}年{day.month}月{day.day}日"
