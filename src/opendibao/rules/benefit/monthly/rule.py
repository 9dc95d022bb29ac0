"""月保障金: base by the outcome, supplements on top."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, choose, total
from opendibao.rules.vocabulary import DIBAO, GRACE, SINGLE_PERSON


@rule(
    "household",
    zh="月保障金（不含分类施保）",
    clause="社会救助暂行办法第十二条；民发〔2021〕57号第二十三条、第三十三条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条第二款、第二十一条第二款；民发〔2021〕57号第三十三条"},
)
def base_benefit(outcome: Expr, uses_tiers: Expr, gap_benefit: Expr, tier_benefit: Expr, current_benefit: Expr) -> Expr:
    """Gap or tier for dibao, own gaps for those covered alone, the former total in the grace period."""
    single = choose(outcome == SINGLE_PERSON, total("member", "single_benefit"), 0)
    by_law = choose(outcome == DIBAO, choose(uses_tiers, tier_benefit, gap_benefit), single)
    return choose(outcome == GRACE, current_benefit, by_law)


@rule(
    "household",
    zh="分类施保合计",
    clause="民发〔2021〕57号第二十七条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十条"},
)
def supplements(outcome: Expr) -> Expr:
    """Of all members in dibao, of those covered alone in a single-person decision."""
    single = choose(outcome == SINGLE_PERSON, total("member", "single_supplement"), 0)
    return choose(outcome == DIBAO, total("member", "supplement"), single)


@rule(
    "household",
    zh="月保障金合计",
    clause="社会救助暂行办法第十二条",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十八条、第二十条"},
)
def monthly_benefit(base_benefit: Expr, supplements: Expr) -> Expr:
    """What is paid a month."""
    return base_benefit + supplements
