"""零工收入: days times wage; the weaker the evidence, the nearer to the local wage of the trade."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, floor_at_zero, max_, min_
from opendibao.rules.by_kind import by_kind
from opendibao.rules.vocabulary import EVIDENCE_A, EVIDENCE_B, EVIDENCE_C, WORK_TRADES


@rule("odd_job", zh="当地日工资", clause="民发〔2021〕57号第十三条第一款第一项", since="2021-07-01")
def local_day_wage(odd_trade: Expr, p: Parameters) -> Expr:
    """The usual wage of a day in the trade."""
    return by_kind(odd_trade, p.income.odd_jobs.day_wage, WORK_TRADES)


@rule("odd_job", zh="按证据采用的当地日工资份额", clause="演示参数：零工收入核算办法", unit="bp", since="2021-07-01")
def evidence_share(evidence: Expr, p: Parameters) -> Expr:
    """How much of the local wage is the least that is believed: less where a third party confirms."""
    weak = choose(evidence == EVIDENCE_C, p.income.odd_jobs.share_c, p.income.odd_jobs.share_d)
    return choose(evidence == EVIDENCE_B, p.income.odd_jobs.share_b, weak)


@rule("odd_job", zh="采用的日工资", clause="民发〔2021〕57号第十三条第一款第一项", since="2021-07-01")
def counted_day_wage(evidence: Expr, day_wage: Expr, local_day_wage: Expr, evidence_share: Expr) -> Expr:
    """A contract or bank record counts as it is; else the higher of what is declared and the believed share."""
    believed = max_(day_wage, local_day_wage * evidence_share // 10_000)
    return choose(evidence == EVIDENCE_A, day_wage, believed)


@rule("odd_job", zh="采用的零工天数", clause="演示参数：零工收入核算办法", unit="days", since="2021-07-01")
def counted_days(evidence: Expr, odd_days: Expr, p: Parameters) -> Expr:
    """Proven days count as they are, others up to the policy's number a year."""
    return choose(evidence == EVIDENCE_A, odd_days, min_(odd_days, p.income.odd_jobs.most_days))


@rule("odd_job", zh="零工收入", clause="民发〔2021〕57号第十三条第一款第一项", since="2021-07-01")
def odd_job_income(counted_days: Expr, counted_day_wage: Expr, p: Parameters) -> Expr:
    """Days times the wage less the necessary cost of a day's work, a year."""
    return counted_days * floor_at_zero(counted_day_wage - p.income.odd_jobs.cost_per_day)
