"""转移性支出 and 刚性支出: what may be taken off."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters


@rule("member", zh="转移性支出", clause="民发〔2021〕57号第十三条第一款第四项", since="2021-07-01")
def transfers_paid(social_insurance: Expr, tax: Expr, support_paid: Expr) -> Expr:
    """Social insurance, taxes and support paid to people outside the household, a year."""
    return social_insurance + tax + support_paid


@rule("member", zh="可扣减的刚性支出", clause="民发〔2021〕57号第十三条第三款", since="2021-07-01")
def rigid_deductible(medical: Expr, disability_care: Expr, p: Parameters) -> Expr:
    """Self-paid medical cost and care of the disabled; schooling is not deducted."""
    return medical * p.deduction.medical // 10_000 + disability_care * p.deduction.disability_care // 10_000
