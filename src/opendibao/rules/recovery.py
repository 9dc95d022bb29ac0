"""追回: what was paid above what was due is given back; who cheated may be fined within the regime's limits."""

from collections.abc import Mapping

from opendibao.kernel.money import yuan_said
from opendibao.policy.pack import Row
from opendibao.rules.answer import Reason

_BACK = {
    "R2": "社会救助暂行办法第十三条第三款；民发〔2021〕57号第三十一条第一款",
    "R3": "社会救助法第四十七条、第七十四条；民发〔2021〕57号第三十一条第一款",
}


def recovery_reasons(recover: int, rows: Mapping[str, Row]) -> list[Reason]:
    """What must be given back (fen), and the most that a fine may be if it was got by cheating; nothing for zero."""
    if not recover:
        return []
    most = rows["recovery.fine_most"]
    least, top = int(rows["recovery.fine_least"].value) * recover, int(most.value) * recover
    limits = f"{yuan_said(least)}元以上{yuan_said(top)}元以下" if least else f"{yuan_said(top)}元以下"
    back = f"已发金额比应发金额多{yuan_said(recover)}元，应当退回"
    fine = f"经查实以虚报、隐瞒、伪造等手段骗取的，可以另处{limits}的罚款；如实告知的不罚"
    return [
        Reason("recover", back, _BACK[str(rows["regime.name"].value)]),
        Reason("recovery_fine_limit", fine, most.source),
    ]
