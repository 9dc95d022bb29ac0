"""Held back: wordings that no rule is fitted to; what is found of these is nearer to what a stranger may expect."""

import random
from collections.abc import Callable
from decimal import Decimal

from tests.evaluation.checkup.draft import Draft, Para
from tests.evaluation.checkup.faults import Plant, add_to, drop_indicator, fault, insert_after, miss, renumber
from tests.evaluation.checkup.faults_claims import without_months, without_sample

D = Decimal
Before = Callable[[Draft], object]


def _without_row(draft: Draft) -> bool:
    return drop_indicator(draft, "aware")


def _visits_claimed(draft: Draft) -> None:
    without_sample(draft)
    draft.paras("practice")[0].text += "对每个申请家庭开展100%入户核查。"


# class, the paragraph, what is taken away before, the sentences
SENTENCES: tuple[tuple[tuple[str, ...], str, Before | None, tuple[str, ...]], ...] = (
    (("W10",), "problem", None,
     ("低保申请量居高不下，在保规模逐步扩大。", "保障人数由少到多，逐年递增。",
      "困难家庭数量呈上升态势，低保人数同比增加。")),
    (("W19", "D10"), "output", without_months, ("打卡发放准时率100%。", "补助发放按期率达到100%。",
     "资金兑付率100%，无拖欠。")),
    (("W20",), "problem", _visits_claimed,
     ("异地收入、财产核对难度大。", "外出务工人员收入信息跨省无法共享。", "人口流动频繁，外地资产信息难以掌握。")),
    (("W21",), "problem", None,
     ("受财力限制，县里应拿的钱有时不能及时到账，影响对象领取足额补助。", "配套资金迟迟不到位，低保金发放打了折扣。",
      "县级财政吃紧，低保资金缺口靠上级调剂，个别季度未发足。")),
    (("W22",), "problem", None,
     ("乡镇民政办人手紧张，业务水平不高。", "基层队伍不稳定，对政策吃不透。",
      "专职人员少，兼职多，培训不够，操作不规范。")),
    (("W23",), "problem", _without_row,
     ("政策知晓面不广，部分群众不清楚申请渠道。", "宣传工作不深入，群众对低保条件存在误解。",
      "宣讲次数不多，山区群众了解政策少。")),
    (("D02",), "practice", None, ("工作人员工作人员逐户核对。", "各项各项措施落实到位。", "并且并且及时公示结果。")),
    (("D03",), "practice", None,
     ("（此处插入图表）", "数据来源：XXXX。", "待定。", "[请填写]", "新增？？户。", "联系电话：____________")),
    (("D04",), "practice", None,
     ("具体包括：受理、审核、、公示等环节。", "由县民政局（社会救助股牵头落实。", "做到“应核尽核，不留死角。")),
    (("D09",), "effect", None, ("以上数据截至2038年6月底。", "项目已于2040年3月验收。")),
    (("D10",), "practice", None,
     ("群众投诉处理率达100%。", "动态管理覆盖率达到100%。", "应公示对象全部公示，无一例外。")),
    (("D13",), "effect", None, ("详见附表三。", "统计结果见后附问卷汇总。", "（见附件5）", "详细名册另附。")),
    (("D14",), "practice", None,
     ("平阳岭县民政局按季度通报进度。", "白沙县各乡镇均建立了台账。", "云台县在审核环节实行双签字。")),
    (("C06",), "effect", None,
     ("共走访200户，其中176户反映良好，占90%。", "发放宣传单5000份，实际送达4500份，送达率95%。",
      "抽取档案300份，合格279份，合格率96%。")),
    (("C13",), "effect", None, ("资料完整率为104%。", "回访满意率120%。", "抽查一致率-5%。")),
)  # fmt: skip


def _sentence(tag: str, before: Before | None, texts: tuple[str, ...]) -> Plant:
    def sentence(draft: Draft, rng: random.Random) -> bool:
        if before and before(draft) is False:
            return False
        return add_to(draft, rng, tag, draft.fill(rng.choice(texts)))

    return sentence


for _ids, _tag, _before, _texts in SENTENCES:
    fault(*_ids, unseen=True)(_sentence(_tag, _before, _texts))


@fault("D07", unseen=True)
def goal(draft: Draft, rng: random.Random) -> bool:
    goals = ["推进农村公路硬化15公里。", "完成中小学营养改善计划。", "新增城镇就业岗位500个。"]
    return insert_after(draft, "goal", Para(rng.choice(goals), "goal"))


@fault("W12", unseen=True)
def self_evaluation(draft: Draft, rng: random.Random) -> bool:
    if not draft.paras("title")[0].text.endswith("部门评价报告"):
        return False
    draft.paras("process_text")[0].text = rng.choice([
        "县民政局组织开展自评，各股室对照指标逐条打分后形成自评材料。",
        "按照要求，项目单位对项目绩效进行了自评，并撰写自评报告。",
    ])  # fmt: skip
    return True


@fault("W14", unseen=True)
def decision(draft: Draft, rng: random.Random) -> bool:
    if not draft.paras("decision_text"):
        return False
    draft.paras("decision_text")[0].text = rng.choice([
        "通过走访群众、召开座谈会、核对系统数据，确定低保对象并及时发放补助。",
        "村级初核、乡镇审核、县级审批，逐级把关，确保对象准确。",
    ])  # fmt: skip
    return True


@fault("W09", unseen=True)
def process_as_effect(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("lasting")
    assert row
    row.level2 = "经济效益指标"
    row.name, row.target_text, row.actual_text = rng.choice([
        ("资金管理合规性", "管理合规", "达成年度指标，抽查60笔无违规"),
        ("资金及时拨付情况", "及时拨付", "达成年度指标，12个月均在5日前拨付"),
    ])  # fmt: skip
    return True


@fault("W17", unseen=True)
def cap(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("urban_p")
    assert row
    row.sign, row.target, row.name = "≤", (draft.number("urban_p") + 100).quantize(D(1)), "城镇低保人数"
    row.printed_target = f"{rng.choice(['≤', '不多于', '不突破'])}{row.target}人"
    draft.paras("overall")[0].text = "符合条件的应保尽保。"
    return True


@fault("C01", unseen=True)
def parts(draft: Draft, rng: random.Random) -> bool:
    total = int(draft.number("total_p"))
    first, second = total * 45 // 100, total * 30 // 100
    third = total - first - second + 17
    texts = [
        f"低保对象{total}人，按类别分为：重残{first}人、重病{second}人、其他{third}人。",
        f"其中男性{first + second}人，女性{third}人，共计{total}人。",
        f"A类{first}人、B类{second}人、C类{third}人，三类合计{total}人。",
    ]
    return insert_after(draft, "headline", Para(rng.choice(texts), "parts"))


@fault("C05", unseen=True)
def reason(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("satisfied")
    assert row
    miss(draft, row, D("0.02"))
    row.printed_reason = rng.choice(["/", "—", "略"])
    return True


@fault("C07", unseen=True)
def figures(draft: Draft, rng: random.Random) -> bool:
    texts = [f"认定准确率为{draft.number('accuracy') - D('1.3')}%。",
     f"全年开展业务培训{draft.number('trainings') + 3}次。",
             f"城镇低保保障{draft.number('urban_p') + 9}人。"]  # fmt: skip
    return insert_after(draft, "effect", Para(rng.choice(texts), "figures"))


@fault("C10", unseen=True)
def movements(draft: Draft, rng: random.Random) -> bool:
    end, new, out = (int(draft.number(name)) for name in ("total_p", "new_p", "out_p"))
    start = end - new + out + rng.choice([12, -19])
    draft.paras("moves")[0].text = rng.choice([
        f"年初低保对象{start}人，全年新纳入{new}人、退出{out}人，年底{end}人。",
        f"上年结转{start}人，当年净入{new}人、清出{out}人，年末余{end}人。",
    ])  # fmt: skip
    return True


@fault("D11", unseen=True)
def no_practices(draft: Draft, rng: random.Random) -> bool:
    first, last = draft.under("practices")
    del draft.blocks[first - 1 : last]
    renumber(draft)
    return True
