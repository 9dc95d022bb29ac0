"""Faults of form: numbering, doubled words, leftovers of the word processor, punctuation."""

import random
import re

from tests.evaluation.checkup.draft import Draft, Grid, Para
from tests.evaluation.checkup.faults import add_to, body, fault, swap_text


def _heads(draft: Draft, level: int) -> list[Para]:
    return [b for b in draft.blocks if isinstance(b, Para) and b.level == level and b.mark]


@fault("W15", "D01")
def digit_among_chinese_numbers(draft: Draft, rng: random.Random) -> bool:
    heads = _heads(draft, 1)
    if not heads or not heads[0].mark.startswith("一、"):
        return False
    number = rng.randrange(2, len(heads))
    heads[number].mark = f"{number + 1}{rng.choice(['、', '.', '、 '])}"
    return True


@fault("W15", "D04")
def two_statements_run_together(draft: Draft, rng: random.Random) -> bool:
    para = draft.paras("moves")[0]
    para.text = para.text.rstrip("。")
    if not para.text.endswith("«out_p»人"):
        para.text = "全年共新增«new_h»户«new_p»人，核减«out_h»户«out_p»人"
    pay = draft.paras("paydate")[0]
    para.text += "按月发放，每月10日前到账。"
    draft.blocks.remove(pay)
    return True


@fault("W15", "D04")
def two_goals_run_together(draft: Draft, rng: random.Random) -> bool:
    para = draft.paras("headline")[0]
    para.text = para.text.rstrip("。）") + ("）" if "（" in para.text else "")
    if para.text.endswith("）"):
        return False
    para.text += rng.choice(["全年发放«money»万元。", "补助按月发放到户。"])
    return True


@fault("W15")
def day_without_its_word(draft: Draft, rng: random.Random) -> bool:
    para = draft.paras("paydate")[0]
    para.text = rng.choice(["补助按月发放，每月10之前发放到位。", "补助金每月通过一卡通发放，每月10前到账。"])
    return True


@fault("W15", "D03")
def bookmark_in_the_text(draft: Draft, rng: random.Random) -> bool:
    para = rng.choice(body(draft))
    para.text = rng.choice(["[bookmark: _GoBack]", "[bookmark: _Toc123456]"]) + para.text
    return True


@fault("W15", "D03")
def bookmark_in_the_middle(draft: Draft, rng: random.Random) -> bool:
    return swap_text(draft, "money", "万元", "万元[bookmark: _GoBack]")


@fault("D01", "W15")
def number_skipped(draft: Draft, rng: random.Random) -> bool:
    heads = _heads(draft, 1)
    if len(heads) < 4:
        return False
    start = rng.randrange(2, len(heads) - 1)
    for number, head in enumerate(heads[start:], start + 2):
        head.mark = draft.mark(1, number)
    return True


@fault("D01", "W15")
def number_twice(draft: Draft, rng: random.Random) -> bool:
    heads = _heads(draft, 1)
    if len(heads) < 4:
        return False
    start = rng.randrange(2, len(heads))
    for number, head in enumerate(heads[start:], start):
        head.mark = draft.mark(1, number)
    return True


@fault("D01", "W15")
def inner_number_skipped(draft: Draft, rng: random.Random) -> bool:
    first, last = draft.under("experience")
    inside = (
        [b for b in draft.blocks[first:last] if isinstance(b, Para) and b.level == 2 and b.mark] if first > 0 else []
    )
    if len(inside) < 2:
        return False
    inside[1].mark = draft.mark(2, 3, 5)
    return True


@fault("D02")
def doubled_word(draft: Draft, rng: random.Random) -> bool:
    words = ["低保", "资金", "发放", "评价", "困难", "政策", "预算", "乡镇", "材料", "复核", "家庭", "档案"]
    rng.shuffle(words)
    for word in words:
        paras = [one for one in body(draft, "conclusion_text") if word in one.text]
        if paras:
            para = rng.choice(paras)
            para.text = para.text.replace(word, word * 2, 1)
            return True
    return False


@fault("D02")
def doubled_particle(draft: Draft, rng: random.Random) -> bool:
    paras = [one for one in body(draft) if re.search("[的和在由]", one.text)]
    para = rng.choice(paras)
    at = rng.choice([m.start() for m in re.finditer("[的和在由]", para.text)])
    para.text = para.text[:at] + para.text[at] + para.text[at:]
    return True


@fault("D02")
def doubled_long_word(draft: Draft, rng: random.Random) -> bool:
    words = ["民政局", "保障标准", "信息系统", "困难群众", "绩效目标", "经办人员", "动态管理"]
    rng.shuffle(words)
    for word in words:
        paras = [one for one in body(draft) if word in one.text]
        if paras:
            para = rng.choice(paras)
            para.text = para.text.replace(word, word * 2, 1)
            return True
    return False


@fault("D03")
def placeholder_left(draft: Draft, rng: random.Random) -> bool:
    texts = ["另有XX户正在办理。", "联系人：×××。", "此处待补充。", "{{此处填写说明}}", "（此处填写具体措施）",
             "TODO：补数据。", "具体金额为____万元。"]  # fmt: skip
    return add_to(draft, rng, rng.choice(["practice", "problem", "overview", "effect"]), rng.choice(texts))


@fault("D03")
def broken_reference(draft: Draft, rng: random.Random) -> bool:
    texts = ["详情见错误!未找到引用源。", "见错误！未找到引用源。", "见Error! Reference source not found."]
    return add_to(draft, rng, rng.choice(["practice", "effect"]), rng.choice(texts))


@fault("D04")
def no_full_stop(draft: Draft, rng: random.Random) -> bool:
    paras = [one for one in body(draft, "goal") if one.text.endswith("。") and len(one.text) > 25]
    para = rng.choice(paras)
    para.text = para.text.rstrip("。")
    return True


@fault("D04")
def doubled_mark(draft: Draft, rng: random.Random) -> bool:
    paras = [one for one in body(draft) if "，" in one.text]
    para = rng.choice(paras)
    old, new = rng.choice([("，", "，，"), ("。", "。。"), ("，", "，。")])
    if old not in para.text:
        return False
    para.text = para.text.replace(old, new, 1)
    return True


@fault("D04")
def bracket_left_open(draft: Draft, rng: random.Random) -> bool:
    paras = [one for one in body(draft) if "）" in one.text or "”" in one.text]
    if not paras:
        return add_to(draft, rng, "practice", "具体做法（按季度通报、按月调度。")
    para = rng.choice(paras)
    para.text = para.text.replace("）" if "）" in para.text else "”", "", 1)
    return True


@fault("D04")
def half_width_comma(draft: Draft, rng: random.Random) -> bool:
    paras = [one for one in body(draft) if one.text.count("，") > 1]
    para = rng.choice(paras)
    para.text = para.text.replace("，", ",", 1)
    return True


@fault("D04")
def signs_mixed_in_a_column(draft: Draft, rng: random.Random) -> bool:
    rows = [row for row in draft.number_rows() if row.unit == "%"]
    row = rng.choice(rows)
    other = "％" if draft.percent == "%" else "%"
    row.printed_target = draft.target_of(row).replace(draft.percent, other)
    return True


@fault("D04")
def equal_signs_mixed_in_a_column(draft: Draft, rng: random.Random) -> bool:
    rows = [row for row in draft.number_rows() if row.sign == "＝"]
    if len(rows) < 2:
        return False
    mine = draft.signs.get("＝", "＝")
    rows[0].printed_target = draft.target_of(rows[0]).replace(mine, "=" if mine == "＝" else "＝")
    return True


@fault("D03")
def remark_of_a_colleague(draft: Draft, rng: random.Random) -> bool:
    texts = ["【请业务股核实】", "【批注：这里数据再核一下】", "[待核实]"]
    return add_to(draft, rng, rng.choice(["practice", "problem"]), rng.choice(texts))


@fault("D03", "W15")
def formula_left_in_a_cell(draft: Draft, rng: random.Random) -> bool:
    left = rng.choice(["待补充", "XXX", "TODO"])

    def change(blocks: list[Para | Grid]) -> None:
        grid = next(b for b in blocks if isinstance(b, Grid) and b.tag == "sheet")
        column = [key for key, _ in draft.heads].index("reason")
        grid.rows[2][column] = left

    draft.after.append(change)
    return True
