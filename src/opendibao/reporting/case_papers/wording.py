"""文书用语: the sentences that papers print and the clauses they rest on, for the law of each day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

METHOD, LAW, INTERIM = "最低生活保障审核确认办法", "社会救助法", "社会救助暂行办法"


@dataclass(frozen=True)
class Wording:
    """What the papers say under one regime."""

    clauses: Mapping[str, str]
    promise: Sequence[str]
    remedy: str
    report: str

    @property
    def is_apart(self) -> bool:
        """Whether somebody outside the household who must support it is asked about, with his own consent."""
        return "supporter_consent" in self.clauses


CLAUSES_R2 = {
    "application": f"{METHOD}第四条、第九条",
    "declaration": f"{METHOD}第十二条至第十四条",
    "promise": f"{METHOD}第九条；{INTERIM}第六十八条",
    "consent": f"{METHOD}第九条、第十七条",
    "mandate": f"{METHOD}第六条",
    "relatives": f"{METHOD}第十一条、第二十条",
    "survey": f"{METHOD}第十六条",
    "neighbours": f"{METHOD}第十六条",
    "evidence": f"{METHOD}第十六条",
    "matching": f"{METHOD}第十七条",
    "review": f"{METHOD}第十九条；{INTERIM}第十一条",
    "notice": f"{METHOD}第十九条",
    "approval": f"{METHOD}第十九条至第二十三条",
    "publication": f"{METHOD}第二十四条",
}
CLAUSES_R3 = {
    **CLAUSES_R2,
    "application": f"{LAW}第四十条；{METHOD}第四条",
    "promise": f"{LAW}第四十条、第七十三条；{METHOD}第九条",
    "consent": f"{LAW}第四十条、第四十一条；{METHOD}第九条",
    "supporter_consent": f"{LAW}第四十一条",
    "survey": f"{LAW}第四十三条；{METHOD}第十六条",
    "neighbours": f"{LAW}第四十三条；{METHOD}第十六条",
    "evidence": f"{LAW}第四十三条；{METHOD}第十六条",
    "matching": f"{LAW}第四十一条；{METHOD}第十七条",
    "review": f"{METHOD}第十九条",
    "approval": f"{LAW}第四十四条；{METHOD}第十九条至第二十三条",
    "publication": f"{LAW}第四十五条；{METHOD}第二十四条",
}
PROMISE = (
    "一、申请书、申报表和提交的材料真实、完整，没有隐瞒家庭成员、收入和财产。",
    "二、同意并配合入户调查、邻里访问、信息核对和其他调查。",
    "三、家庭人口、收入、财产有变化，及时告诉乡镇（街道）。",
)
PROMISE_R2 = (
    *PROMISE,
    "四、知道虚报、隐瞒、伪造骗取救助的，停止救助，退回骗取的钱物，可以处骗取数额1倍以上3倍以下的罚款；"
    "违反治安管理的，依法处罚。",
)
PROMISE_R3 = (
    *PROMISE,
    "四、知道虚报、隐瞒、伪造骗取救助的，可以责令退回骗取的钱物，处骗取价值二倍以下的罚款，可以调减、停止救助。",
)
CONSENT = (
    "本人授权县级民政部门和乡镇人民政府（街道办事处），为办理、复核本户最低生活保障，"
    "向有关部门和机构核对下列本人信息：",
)
CONSENT_TERMS = (
    "一、用途：只用于本户最低生活保障的审核确认和定期核查，不作他用，不向无关人员透露。",
    "二、后果：无正当理由拒不授权、不配合核对的，可以终止办理（审核确认办法第二十九条）。",
    "三、撤回：可以书面撤回，从收到之日起不再核对；撤回前的核对结果仍然有效。",
    "四、未成年家庭成员由监护人一并授权。",
)
SUPPORTER_TERMS = (
    "一、本人是申请家庭以外的法定赡养、抚养、扶养义务人，自愿同意核对本人的收入、财产状况。",
    "二、用途：只用于认定本人对申请人的赡养、抚养、扶养能力，不作他用，不向无关人员透露。",
    "三、可以不同意；可以书面撤回，从收到之日起不再核对。不同意的，按当地规定认定。",
)
MANDATE = (
    "委托人因下列原因不能自己办理，委托受委托人代为提出最低生活保障申请、提交材料、签收文书。"
    "受委托人应当如实转达，不得收取费用。",
)
R2 = Wording(
    CLAUSES_R2, PROMISE_R2, f"{INTERIM}第六十五条；{METHOD}第三十八条",
    f"{METHOD}第三十条",
)  # fmt: skip
R3 = Wording(
    CLAUSES_R3, PROMISE_R3, f"{LAW}第七十六条；{METHOD}第三十八条",
    f"{LAW}第四十六条；{METHOD}第三十条",
)  # fmt: skip
OF_REGIME = {"R3": R3}


def wording(regime: str) -> Wording:
    """The wording of a regime; before the law of 2026 that of 2021."""
    return OF_REGIME.get(regime, R2)
