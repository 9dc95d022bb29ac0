"""Faults of what is claimed: growth while figures fall, all of them without counts, years and names of others."""

import random

from tests.evaluation.checkup.draft import Draft, Para
from tests.evaluation.checkup.faults import (
    add_to,
    drop_clauses,
    drop_indicator,
    fault,
    insert_after,
    lead,
    other_county,
    swap_text,
)


def _problem(draft: Draft, rng: random.Random, *texts: str) -> bool:
    """A sentence more in a problem that has its suggestion."""
    return add_to(draft, rng, "problem", rng.choice(texts))


@fault("W10")
def growing_numbers_as_a_problem(draft: Draft, rng: random.Random) -> bool:
    return _problem(draft, rng, "申请低保的人数逐年增加，资金压力随之加大。", "保障对象数量不断增加，测算难度变大。",
                    "近年来低保人数持续增长，经办压力较大。", "低保对象逐年增多，资金需求上升。")  # fmt: skip


@fault("W10")
def growing_numbers_as_a_success(draft: Draft, rng: random.Random) -> bool:
    texts = ["救助覆盖面不断扩大，低保人数逐年上升。", "保障人数比上年持续上升。", "在保户数逐年增加。"]
    return add_to(draft, rng, "practice", rng.choice(texts))


@fault("W10")
def growing_numbers_as_a_heading(draft: Draft, rng: random.Random) -> bool:
    heads = draft.paras("problem_head")
    if not heads:
        return False
    texts = draft.paras("problem")
    number = rng.randrange(len(heads))
    heads[number].text = rng.choice(["保障对象数量增加", "低保申请人数持续增多"])
    texts[number].text = "受经济形势影响，申请低保的人数逐年增加，加大了资金保障压力。"
    return True


def without_months(draft: Draft) -> None:
    """Take the months behind the rate of punctual payment out of text and table."""
    row = draft.row("on_time")
    if row:
        row.note = ""
    drop_clauses(draft, "months_n")


@fault("W19", "D10")
def punctual_without_months(draft: Draft, rng: random.Random) -> bool:
    without_months(draft)
    texts = ["低保金按时发放率100%。", "困难群众救助资金按时发放率达到100%。"]
    return add_to(draft, rng, "output", rng.choice(texts))


@fault("W19", "D10")
def paid_in_full_without_a_row(draft: Draft, rng: random.Random) -> bool:
    drop_indicator(draft, "on_time")
    texts = ["资金发放率达100%。", "100%在规定时限内拨付资金，资金发放率100%。", "低保资金发放率为100%。"]
    return add_to(draft, rng, "output", rng.choice(texts))


@fault("W19")
def goal_of_yesterday(draft: Draft, rng: random.Random) -> bool:
    texts = [
        "让困难群众共享发展成果，实现全面小康社会的目标。",
        "助力全面建成小康社会。",
        "为打赢脱贫攻坚战、全面建成小康社会作出贡献。",
    ]
    para = rng.choice([*draft.paras("overall"), *draft.paras("goal")])
    para.text += rng.choice(texts)
    return True


def without_sample(draft: Draft) -> None:
    """Take out how the share of right decisions was found."""
    row = draft.row("accuracy")
    assert row
    row.note = ""
    drop_clauses(draft, "sample_n")


@fault("W20")
def far_incomes_unchecked(draft: Draft, rng: random.Random) -> bool:
    without_sample(draft)
    add_to(draft, rng, "practice", rng.choice(["对所有申请家庭进行100%入户调查。", "入户调查率达100%，做到户户见面。"]))
    return _problem(
        draft, rng, "跨区域信息核查困难，外出成员的收入难以全面掌握。", "外地务工人员的收入财产跨省核查难度较大。"
    )


@fault("W20")
def far_records_out_of_reach(draft: Draft, rng: random.Random) -> bool:
    without_sample(draft)
    add_to(draft, rng, "practice", "严格落实100%入户调查要求，逐户了解家庭收入和财产。")
    return _problem(draft, rng, "部分家庭成员长期在外地，异地信息核对渠道不畅，准确性受影响。",
                    "跨地区数据共享不及时，异地财产信息难以核实。")  # fmt: skip


@fault("W21")
def county_money_is_short(draft: Draft, rng: random.Random) -> bool:
    return _problem(draft, rng, "县级配套资金存在缺口，影响了低保资金的足额发放。",
                    "地方财政配套困难，低保金难以足额发放。",
                    "县级财力有限，配套资金落实不到位，影响资金足额发放和标准提高。")  # fmt: skip


@fault("W21")
def county_money_is_the_problem(draft: Draft, rng: random.Random) -> bool:
    heads, texts = draft.paras("problem_head"), draft.paras("problem")
    said = rng.choice(
        ["县级财政配套资金不足，个别月份影响了低保金的足额发放。", "县级配套不能足额落实，低保资金发放受到影响。"]
    )
    if heads:
        heads[0].text, texts[0].text = "地方财政配套困难", said
    else:
        texts[0].text = f"{lead(texts[0].text)}地方财政配套困难。{said}"
    return True


@fault("W22")
def staff_too_few(draft: Draft, rng: random.Random) -> bool:
    return _problem(draft, rng, "基层经办人员数量不足，业务能力有待提高。",
                    "乡镇民政工作人员少、任务重，对新政策不熟悉。",
                    "部分经办人员业务不熟练，政策理解不够深入。")  # fmt: skip


@fault("W22")
def staff_is_the_problem(draft: Draft, rng: random.Random) -> bool:
    heads, texts = draft.paras("problem_head"), draft.paras("problem")
    said = rng.choice(["乡镇民政所人员配备不足，经办人员业务能力参差不齐。", "工作人员配备偏少，业务知识更新不及时。"])
    if heads:
        heads[0].text, texts[0].text = "基层工作力量薄弱", said
    else:
        texts[0].text = f"{lead(texts[0].text)}基层工作力量薄弱。{said}"
    return True


@fault("D09")
def year_of_the_title(draft: Draft, rng: random.Random) -> bool:
    year = int(draft.values["year"])
    return swap_text(draft, "title", "«year»", str(year + rng.choice([-1, 1])))


@fault("D09")
def year_of_last_report_left(draft: Draft, rng: random.Random) -> bool:
    year = int(draft.values["year"])
    tag = rng.choice([t for t in ("headline", "purpose_text") if any("«year»" in p.text for p in draft.paras(t))])
    return swap_text(draft, tag, "«year»", str(year - rng.choice([1, 2])))


@fault("D09")
def date_yet_to_come(draft: Draft, rng: random.Random) -> bool:
    year = int(draft.values["year"])
    texts = [f"上述数据截至{year + 9}年12月31日。", f"有关资金已于{year + 11}年6月拨付完毕。"]
    return add_to(draft, rng, "money", rng.choice(texts))


@fault("D10")
def all_of_them_and_no_count(draft: Draft, rng: random.Random) -> bool:
    texts = ["申请家庭经济状况核对率达到100%。", "信访事项办结率100%。", "公示张贴率达100%。"]
    return add_to(draft, rng, "practice", rng.choice(texts))


@fault("D10")
def without_a_single_exception(draft: Draft, rng: random.Random) -> bool:
    texts = [
        "符合条件的家庭全部纳入保障，无一遗漏。",
        "群众来信来访全部办结，无一例超期。",
        "投诉举报全部查实处理，无一起积压。",
    ]
    return add_to(draft, rng, "practice", rng.choice(texts))


@fault("D14")
def name_of_another_county(draft: Draft, rng: random.Random) -> bool:
    other = other_county(draft, rng)
    texts = [f"{other}民政局对评价工作给予了配合。", f"评价范围覆盖{other}各乡镇。", f"{other}的低保工作按规定开展。"]
    return add_to(draft, rng, rng.choice(["purpose_text", "practice", "effect"]), rng.choice(texts))


@fault("D14")
def headline_of_another_county(draft: Draft, rng: random.Random) -> bool:
    return swap_text(draft, rng.choice(["headline"]), "«county»", other_county(draft, rng))


@fault("D14")
def whole_paragraph_of_another_county(draft: Draft, rng: random.Random) -> bool:
    other = other_county(draft, rng)
    text = f"{other}坚持把兜底保障摆在重要位置，{other}各乡镇按月走访困难家庭。"
    return insert_after(draft, "overview", Para(text, "overview"))
