"""Faults of the indicator table: weights, targets, scores, reasons, classes."""

import copy
import random
from decimal import Decimal

from tests.evaluation.checkup.draft import Draft, Para, Row, Slot, short
from tests.evaluation.checkup.faults import drop_clauses, drop_indicator, fault, lead, miss, swap_text

D = Decimal
DEVIATION = (
    "受人口变动和政策调整影响，与年初预计有偏差。",
    "年初目标测算不够准确，今后加强数据分析。",
    "实际情况与预期存在差距。",
)


def _met(draft: Draft, rng: random.Random, *signs: str) -> Row | None:
    rows = [row for row in draft.number_rows() if draft.met(row) and row.sign in signs and row.weight > 2]
    return rng.choice(rows) if rows else None


def _scored_without(draft: Draft, row: Row | None, less: Decimal, reason: str) -> bool:
    if row is None:
        return False
    row.printed_score, row.printed_reason = short(row.weight - less), reason
    return True


@fault("W02")
def no_total_row(draft: Draft, rng: random.Random) -> bool:
    if draft.style == "finance":
        return False  # its summary table has a total of its own
    draft.total_word = ""
    return True


@fault("W02")
def weights_short_of_a_hundred(draft: Draft, rng: random.Random) -> bool:
    rng.choice([row for row in draft.rows if row.weight >= 5]).weight -= rng.choice([D(2), D(3), D("1.5")])
    return True


@fault("W02")
def weights_beyond_a_hundred(draft: Draft, rng: random.Random) -> bool:
    rng.choice(draft.rows).weight += rng.choice([D(1), D(5), D(10)])
    return True


@fault("W02")
def no_execution_row(draft: Draft, rng: random.Random) -> bool:
    if draft.execution == "inside":
        row = draft.row("c2")
        assert row
        draft.rows.remove(row)
        return True
    draft.execution = "gone"
    draft.blocks = [
        b for b in draft.blocks
        if not (isinstance(b, Slot) and b.tag == "funds") and not (isinstance(b, Para) and b.tag == "block_note")
    ]  # fmt: skip
    return True


@fault("W06")
def target_without_a_sign(draft: Draft, rng: random.Random) -> bool:
    # 100% of a share says without a sign what is wanted: nothing lies above it
    rows = [row for row in draft.number_rows() if draft.met(row) and not (row.unit == "%" and row.target == 100)]
    row = rng.choice(rows)
    row.printed_target = draft.fill(f"{short(row.target)}{row.unit}")
    return True


@fault("W06")
def no_target_has_a_sign(draft: Draft, rng: random.Random) -> bool:
    for row in draft.number_rows():
        row.printed_target = draft.fill(f"{short(row.target)}{row.unit}")
    return True


@fault("W06")
def plan_overspent_without_a_sign(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["rural_m", "urban_m"]))
    if row is None:
        return False
    miss(draft, row, D("0.02"))
    row.printed_target = f"{short(row.target)}万元"
    return True


@fault("W07")
def floor_copied_as_value(draft: Draft, rng: random.Random) -> bool:
    row = rng.choice([row for row in draft.number_rows() if row.sign == "≥"])
    row.printed_actual, row.printed_score, row.printed_reason = draft.target_of(row), short(row.weight), ""
    return True


@fault("W07")
def equal_sign_as_value(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["on_time", "visited"]))
    assert row
    row.printed_actual = draft.target_of(row)
    return True


@fault("W07")
def other_sign_as_value(draft: Draft, rng: random.Random) -> bool:
    row = rng.choice([row for row in draft.number_rows() if row.sign == "≥" and row.unit == "%"])
    row.printed_actual = draft.fill(f"{rng.choice(['≥', '>', '大于'])}{short(row.target)}%")
    row.printed_score, row.printed_reason = short(row.weight), ""
    return True


@fault("W07", "W08", "C08")
def day_of_the_month_as_value(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("on_time")
    assert row
    row.name = rng.choice(["资金发放到位时间", "每月资金到账日期"])
    row.printed_target = row.printed_actual = "≤10日"
    return True


@fault("W07")
def exactly_the_target_and_no_sample(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("satisfied")
    assert row
    row.printed_actual, row.printed_score, row.printed_reason = draft.fill("90%"), short(row.weight), ""
    drop_clauses(draft, "survey_n")
    draft.blocks = [b for b in draft.blocks if not (isinstance(b, Para) and b.tag == "satisfaction")]
    return True


@fault("W08")
def rate_in_words(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["aware", "entry"]))
    assert row
    words = {"aware": ("有所提高", "有所提高"), "entry": ("及时录入", "录入及时")}[row.key]
    row.sign, (row.target_text, row.actual_text) = "", words
    return True


@fault("W08")
def new_rate_in_words(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("relief")
    assert row
    row.name = rng.choice(["困难群众生活改善率", "生活困难缓解率"])
    row.target_text, row.actual_text = rng.choice([("有所改善", "有效改善"), ("明显缓解", "得到缓解")])
    row.share = D(1)
    return True


@fault("W08", "D02")
def doubled_word_in_a_name(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["accuracy", "entry", "rural_p"]))
    assert row
    row.name = {"accuracy": "保障对象对象认定准确率", "entry": "低保低保信息录入及时率",
                "rural_p": "农村农村低保保障人数"}[row.key]  # fmt: skip
    return True


@fault("W09")
def training_as_social_cost(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("trainings")
    if row is None or draft.execution == "inside":
        return False
    draft.rows.remove(row)
    row.level1, row.level2 = "成本指标", "社会成本指标"
    at = next((n for n, one in enumerate(draft.rows) if one.level1 != "成本指标"), 0)
    draft.rows.insert(at, row)
    return True


@fault("W09")
def recruiting_as_social_cost(draft: Draft, rng: random.Random) -> bool:
    if draft.execution == "inside":
        return False
    at = next((n for n, one in enumerate(draft.rows) if one.level1 != "成本指标"), 0)
    draft.rows[-1].weight -= 3
    name = rng.choice(["低保经办岗位人员招聘", "经办人员配备到岗人数"])
    made = Row("posts", "成本指标", "社会成本指标", name, D(3), "≥", D(2), "人", "posts")
    draft.values["posts"] = 3
    draft.rows.insert(at, made)
    return True


@fault("W09")
def earmarking_as_economic_effect(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("lasting")
    assert row
    row.level2 = "经济效益指标"
    row.name, row.target_text, row.actual_text = rng.choice([
        ("资金专款专用情况", "专款专用", "达成年度指标，抽查凭证60份，均按规定用途支出"),
        ("低保资金专款专用", "专账管理、专款专用", "达成年度指标，凭证抽查60份无挪用"),
    ])  # fmt: skip
    return True


@fault("W09")
def use_of_money_as_economic_effect(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("lasting")
    assert row
    row.level2, row.name = "经济效益指标", rng.choice(["低保资金使用率", "资金支出使用率"])
    row.sign, row.target, row.unit, row.actual, row.reason = "≥", D(95), "%", "used", "年末有少量结余。"
    draft.values["used"] = draft.number("rate")
    return True


@fault("W17")
def persons_capped(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["rural_p", "urban_p"]))
    assert row
    row.sign, row.target = "≤", (draft.number(row.actual) * D("1.06")).quantize(D(1))
    draft.paras("overall")[0].text += rng.choice(["做到应保尽保、应退尽退。", "实现应保尽保。"])
    return True


@fault("W17")
def all_persons_capped(draft: Draft, rng: random.Random) -> bool:
    for key in ("rural_p", "urban_p"):
        row = draft.row(key)
        assert row
        row.sign, row.target = "≤", (draft.number(row.actual) * D("1.1")).quantize(D(1))
        row.printed_target = f"{rng.choice(['≤', '不超过', '不高于'])}{row.target}人"
        row.name = row.name.replace("保障人数", "对象人数")
    draft.paras("overall")[0].text = "使符合条件的困难群众应保尽保，基本生活得到保障。"
    return True


@fault("C08")
def households_against_persons(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["rural_p", "urban_p"]))
    assert row
    row.printed_target = draft.target_of(row).replace("人", "户")
    return True


@fault("C08")
def yuan_against_ten_thousand(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["rural_m", "urban_m"]))
    if row is None:
        return False
    row.printed_target = draft.target_of(row).replace("万元", rng.choice(["元", "亿元"]))
    return True


@fault("C08")
def points_against_percent(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["satisfied", "accuracy", "aware"]))
    assert row
    row.printed_target = draft.target_of(row).replace(draft.percent, rng.choice(["分", "人", "户"]))
    return True


@fault("C12")
def one_indicator_twice(draft: Draft, rng: random.Random) -> bool:
    row = rng.choice([row for row in draft.rows if row.weight >= 4])
    other = copy.deepcopy(row)
    row.weight = row.weight - 2
    other.weight = D(2)
    draft.rows.insert(draft.rows.index(row) + 1, other)
    return True


@fault("C12")
def one_indicator_again_further_down(draft: Draft, rng: random.Random) -> bool:
    rows = [row for row in draft.rows if row.level1 in ("产出指标", "产出") and row.weight >= 4]
    row = rng.choice(rows)
    other = copy.deepcopy(row)
    row.weight, other.weight = row.weight - 2, D(2)
    if rng.random() < 0.5:
        other.name = f" {other.name} "
    draft.rows.insert(draft.rows.index(rows[-1]) + 1, other)
    return True


@fault("W14")
def decision_analysed_but_not_measured(draft: Draft, rng: random.Random) -> bool:
    if draft.style not in ("seven", "bare"):
        return False
    gone = sum((row.weight for row in draft.rows if row.level1 in ("决策", "过程")), D(0))
    draft.rows = [row for row in draft.rows if row.level1 not in ("决策", "过程")]
    for row, share in zip(draft.rows[:4], (gone - 30, D(10), D(10), D(10)), strict=True):
        row.weight += share
    swap_text(draft, "system_text", "决策、过程、产出、效益四个一级指标", "产出、效益两个一级指标")
    return True


@fault("W23")
def gaps_of_publicity_and_no_row(draft: Draft, rng: random.Random) -> bool:
    texts = ("政策宣传仍有死角，偏远村组的老人对低保政策不了解。", "宣传覆盖不到位，部分群众不知道如何申请。",
             "政策宣传针对性不强，一些困难家庭对救助政策知晓不够。")  # fmt: skip
    if not drop_indicator(draft, "aware"):
        return False
    draft.paras("problem")[0].text += rng.choice(texts)
    return True


@fault("W23")
def publicity_is_the_problem(draft: Draft, rng: random.Random) -> bool:
    if not drop_indicator(draft, "aware"):
        return False
    heads, texts = draft.paras("problem_head"), draft.paras("problem")
    said = rng.choice(["宣讲次数少，行动不便的老人接触不到政策信息。", "宣传方式单一，外出家庭对政策知之甚少。"])
    if heads:
        heads[-1].text, texts[-1].text = "政策宣传不够深入", said
    else:
        texts[-1].text = f"{lead(texts[-1].text)}政策宣传不够深入。{said}"
    advice, remedies = draft.paras("suggestion_head"), draft.paras("suggestion")
    if advice:
        advice[-1].text, remedies[-1].text = "改进政策宣传", "按村排定宣讲日期，对行动不便的老人上门讲解。"
    else:
        remedies[-1].text = f"{lead(remedies[-1].text)}改进政策宣传。针对政策宣传不够深入的问题，按村排定宣讲日期。"
    return True
