"""抽样结果: every question that a sample asks, as it was answered; and whether the sheet's target is safely met."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opendibao.audit.sql_rows import read
from opendibao.evaluation.estimates import Estimate, Rate, Said, estimate
from opendibao.evaluation.models import Purpose
from opendibao.evaluation.queries import sheet
from opendibao.rulemaking.queries import pack_in_force

ASKED = """
SELECT rpad(left(s.division, 9), 12, '0'), s.chance_n, s.chance_d,
  (s.answer, s.relief, s.awareness) <> ('none', 'none', 'none'), {valid}, {hit}
FROM evaluation_satisfactionanswer s WHERE s.year = %(year)s ORDER BY s.id
"""
CHECKED = """
SELECT rpad(left(k.division, 9), 12, '0'), k.chance_n, k.chance_d, k.checked_on IS NOT NULL, k.checked_on IS NOT NULL,
  coalesce(k.outcome = d.outcome AND abs(k.amount_fen - d.amount_fen) <= %(tolerance_fen)s, false)
FROM evaluation_accuracycheck k JOIN decision_decision d ON d.id = k.decision_id WHERE k.year = %(year)s ORDER BY k.id
"""
ARRIVED = """
SELECT rpad(left(a.division, 9), 12, '0'), a.chance_n, a.chance_d, a.answer <> 'none', a.answer <> 'none',
  a.answer = 'received'
FROM evaluation_arrivalcheck a WHERE a.year = %(year)s ORDER BY a.id
"""


@dataclass(frozen=True)
class Question:
    """One question of a sample: its words, the indicator it measures ("" for none), its rows."""

    code: str
    purpose: str
    zh: str
    yes: str
    indicator: str
    sql: str


def _asked(code: str, zh: str, yes: str, column: str, hit: str, indicator: str) -> Question:
    sql = ASKED.format(valid=f"s.{column} <> 'none'", hit=f"s.{column} IN ({hit})")
    return Question(code, Purpose.SATISFACTION, zh, yes, indicator, sql)


QUESTIONS = (
    _asked("satisfaction", "满意度", "满意", "answer", "'satisfied'", "satisfaction"),
    _asked("relief", "生活压力", "有所减轻", "relief", "'eased'", ""),
    _asked("awareness", "政策知晓", "知道或知道一些", "awareness", "'knows', 'partly'", "awareness"),
    Question("accuracy", Purpose.ACCURACY, "保障对象准确率", "复查一致", "target_accuracy", CHECKED),
    Question("arrival", Purpose.ARRIVAL, "到账核实", "收到且金额相符", "arrival_confirmed", ARRIVED),
)


@dataclass(frozen=True)
class Target:
    """The sheet's target for a rate; how the sample stands to it: missed, unsure (the lower bound is under), met."""

    value: Decimal
    text: str
    state: str


@dataclass(frozen=True)
class Result:
    """A question with what the sample says, what it said the year before, and the target."""

    question: Question
    estimate: Estimate
    before: Rate
    target: Target | None


def results(purpose: str, year: int, division: str) -> list[Result]:
    """The questions of a purpose, counted."""
    targets = {row.indicator: row for row in sheet(year, division) if row.direction == "at_least" and row.weight}
    found = []
    for question in QUESTIONS:
        if question.purpose == purpose:
            now, before = _counted(question, year), _counted(question, year - 1)
            row = targets.get(question.indicator)
            target = _target(now.whole, row.target, row.target_text) if row and row.target is not None else None
            found.append(Result(question, now, before.whole, target))
    return found


def _counted(question: Question, year: int) -> Estimate:
    asked: dict[str, object] = {"year": year}
    if "%(tolerance_fen)s" in question.sql:
        asked["tolerance_fen"] = pack_in_force().value("evaluation.accuracy_tolerance", date(year, 12, 31))
    return estimate(read(Said, question.sql, asked))


def _target(found: Rate, target: Decimal, text: str) -> Target | None:
    if found.value is None or found.low is None:
        return None
    state = "missed" if found.value < target else "unsure" if found.low < target else "met"
    return Target(target, text, state)
