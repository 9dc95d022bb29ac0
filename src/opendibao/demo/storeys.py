"""其他各项工作: everything beside the benefit itself, and what closes the year before its report."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from opendibao.budget.actions import propose_budget
from opendibao.demo.arrivals import arrivals
from opendibao.demo.days import office_hour, opening_days, report_day
from opendibao.demo.goals import close_goals, goals_and_plan
from opendibao.demo.officers import EVALUATOR, FINANCE, Step, acting_as, by
from opendibao.demo.plan import CountyPlan
from opendibao.demo.public_life import public_life
from opendibao.demo.samples import samples
from opendibao.demo.superior import superior
from opendibao.demo.targets import AREAS, Targets
from opendibao.evaluation import actions as evaluation
from opendibao.evaluation.conclusion import Conclusion, conclude
from opendibao.evaluation.queries import period
from opendibao.kernel.money import FEN_PER_WAN_YUAN
from opendibao.policy.reader import value
from opendibao.statistics.queries import households_in_force

AFTER_SIGNING = 36  # the opening stock is the ground of the budget
PRICE_FACTOR_BP, ENTRIES_PER_HUNDRED, RESERVE_BP = 10_200, 7, 200
LENIENT = ("posts_filled", Decimal("0.80"), "个别岗位到岗晚了几个工作日，期间由邻近乡镇代办，没有影响受理")
NOTES = {
    "W01": "农村、城镇、合计三个数都由同一本账按分汇总，各自四舍五入，合计与两项之和的尾差属于舍入，账目本身没有差额",
    "W02": "指标表沿用主管部门规定的九十分表式，没有预算执行率一行；执行率按十分另行计算，列在表下，不折算",
}


def steps(plan: CountyPlan, targets: Targets, out: Path) -> Iterator[Step]:
    """Budget and the money for it, public life, reports to the superior system, samples."""
    yield opening_days(plan.year).signed, AFTER_SIGNING, by(FINANCE, plan.county_code, _Budget(plan, targets).propose)
    yield from arrivals(plan, targets)
    yield from public_life(plan, targets)
    yield from superior(plan, out)
    yield from samples(plan, targets)
    yield from goals_and_plan(plan)


class _Budget:
    """The year's budget of both areas by formula, with the approved amount of the sheet beside it."""

    def __init__(self, plan: CountyPlan, targets: Targets) -> None:
        self.plan, self.targets = plan, targets

    def propose(self, at: datetime) -> None:
        """From the stock that the opening act attests."""
        for area in AREAS:
            stock = households_in_force(at.date(), area, limit=None)
            persons = sum(row.persons for row in stock)
            if not persons:
                continue
            propose_budget(
                self.plan.year, area, division=self.plan.county_code, last_year_persons=persons,
                standard_fen=value(f"standard.{area}", on=at.date(), division=self.plan.county_code),
                average_benefit_fen=sum(row.amount_fen for row in stock) // persons,
                price_factor_bp=PRICE_FACTOR_BP, expected_entries=persons * ENTRIES_PER_HUNDRED // 100,
                reserve_bp=RESERVE_BP, approved_fen=self.targets.sheet[f"{area}_paid"] * FEN_PER_WAN_YUAN,
                approved_on=at.date(), at=at,
            )  # fmt: skip


def close_year(plan: CountyPlan, targets: Targets) -> None:
    """The evaluator enters the sheet, gives a score of his own with its reason, and signs what the form prescribes."""
    at, county = office_hour(report_day(plan.year)), plan.county_code
    with acting_as(EVALUATOR, county):
        evaluation.load_sheet_from_policy(plan.year, county, targets.sheet, at=at)
        said = conclude(period(plan.year, known_at=at, division=county))
        _give_score(plan, said, at)
        close_goals(plan, said, at)
        for finding in said.findings:
            if finding.is_open and finding.id in NOTES:
                evaluation.sign_note(plan.year, county, finding.id, NOTES[finding.id], where=finding.where, at=at)


def _give_score(plan: CountyPlan, said: Conclusion, at: datetime) -> None:
    indicator, share, reason = LENIENT
    row = next(row for row in said.rows if row.code == indicator)
    given = (Decimal(row.weight) * share).quantize(Decimal("0.01"))
    if 0 < Decimal(row.by_rule) < given:
        evaluation.give_score(plan.year, plan.county_code, indicator, given, reason=reason, at=at)
