"""办理结果: the kinds in the order of the law; the first that applies."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, choose
from opendibao.rules.vocabulary import DIBAO, EDGE, GRACE, NONE, RIGID, SINGLE_PERSON, TEKUN


@rule(
    "household",
    zh="认定结果",
    clause="社会救助暂行办法第九条、第十四条；民发〔2021〕57号第八条、第三十三条",
    unit="code",
    since="2021-07-01",
    later={
        "2026-07-01": "社会救助法第十六条、第十八条、第二十一条、第二十二条；民发〔2021〕57号第八条、第三十三条",
    },
)
def outcome(
    is_tekun: Expr, is_dibao: Expr, is_grace: Expr, is_single_person: Expr, is_edge: Expr, is_rigid: Expr
) -> Expr:
    """特困, then 低保, 渐退, 单人保, 边缘, 刚性支出, none."""
    poor = choose(is_edge, EDGE, choose(is_rigid, RIGID, NONE))
    covered = choose(is_grace, GRACE, choose(is_single_person, SINGLE_PERSON, poor))
    return choose(is_tekun, TEKUN, choose(is_dibao, DIBAO, covered))
