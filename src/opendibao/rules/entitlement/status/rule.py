"""救助对象类别: which kinds of household other help is open to, before and since the 社会救助法."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr
from opendibao.rules.vocabulary import DIBAO, GRACE, SINGLE_PERSON, TEKUN


@rule(
    "household",
    zh="是低保家庭或特困人员",
    clause="社会救助暂行办法第九条、第十四条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第十六条、第十八条"},
)
def is_covered(outcome: Expr) -> Expr:
    """In dibao (in the grace period too), covered alone, or tekun."""
    in_dibao = (outcome == DIBAO) | (outcome == GRACE) | (outcome == SINGLE_PERSON)
    return in_dibao | (outcome == TEKUN)


@rule(
    "household",
    zh="专项救助对象家庭",
    clause="社会救助暂行办法第二十八条、第三十三条、第三十七条、第四十二条",
    unit="bool",
    since="2021-07-01",
    until="2026-06-30",
)
def is_helped(outcome: Expr) -> Expr:
    """Until the law came: dibao and tekun alone."""
    in_dibao = (outcome == DIBAO) | (outcome == GRACE) | (outcome == SINGLE_PERSON)
    return in_dibao | (outcome == TEKUN)


@rule(  # type: ignore[no-redef]
    "household",
    zh="专项救助对象家庭",
    clause="社会救助法第二十一条、第二十二条、第二十四条至第二十七条",
    unit="bool",
    since="2026-07-01",
)
def is_helped(is_covered: Expr, is_edge: Expr, is_rigid: Expr) -> Expr:  # noqa: F811
    """The law adds edge households and those of rigid expenditure."""
    return is_covered | is_edge | is_rigid
