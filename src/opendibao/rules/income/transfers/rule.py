"""经常性转移收入: benefits, gifts and remittances that people receive without a duty of support."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters, choose, min_, total
from opendibao.rules.vocabulary import DONATION, REMITTANCE, SURVIVOR, UNEMPLOYMENT


@rule("receipt", zh="计入的转移收入", clause="民发〔2021〕57号第十三条第一款第四项", since="2021-07-01")
def transfer_received(receipt_kind: Expr, receipt_amount: Expr, p: Parameters) -> Expr:
    """Unemployment and survivors' benefits whole; of gifts and remittances the policy's share."""
    is_benefit = (receipt_kind == UNEMPLOYMENT) | (receipt_kind == SURVIVOR)
    other = choose(receipt_kind == DONATION, p.income.donation.share, 0)
    share = choose(is_benefit, 10_000, choose(receipt_kind == REMITTANCE, p.income.remittance.share, other))
    return receipt_amount * min_(share, 10_000) // 10_000


@rule("member", zh="其他转移收入", clause="民发〔2021〕57号第十三条第一款第四项", since="2021-07-01")
def regular_transfers() -> Expr:
    """What a member receives so, and the counted part of compensation, a year."""
    return total("receipt", "transfer_received") + total("compensation", "compensation_counted")
