"""Faults of the figures: sums, rates, opening and closing, text against table."""

import random
from decimal import Decimal

from tests.evaluation.checkup.draft import Draft, Grid, Para, half_up
from tests.evaluation.checkup.faults import add_to, fault, insert_after, swap_text

D = Decimal


def _sources(draft: Draft, rng: random.Random, off: Decimal) -> bool:
    """A sentence of where the money came from whose parts miss the total."""
    money = draft.number("money")
    state, province = half_up(money * D("0.71")), half_up(money * D("0.17"))
    county = money - state - province + off
    total = draft.show("money")
    texts = [
        f"资金来源为：中央补助{state}万元，省级补助{province}万元，市县安排{county}万元，共计{total}万元。",
        f"支出的{total}万元中，中央资金{state}万元、省级资金{province}万元、市县资金{county}万元。",
        f"按资金来源分，共{total}万元，其中：中央{state}万元，省级{province}万元，市县{county}万元。",
    ]
    return insert_after(draft, "money", Para(rng.choice(texts), "sources"))


def _without_note(draft: Draft) -> None:
    for para in draft.paras("money"):
        para.text = para.text.split("因各分项")[0]
    draft.values.pop("money", None)


@fault("W01")
def total_with_a_tail(draft: Draft, rng: random.Random) -> bool:
    _without_note(draft)
    draft.values["money"] = draft.number("money") + rng.choice([D("0.01"), D("-0.01")])
    return True


@fault("W01")
def sources_with_a_tail(draft: Draft, rng: random.Random) -> bool:
    _without_note(draft)
    return _sources(draft, rng, rng.choice([D("0.01"), D("-0.01"), D("0.02")]))


@fault("W01", "C01")
def funds_block_with_a_tail(draft: Draft, rng: random.Random) -> bool:
    if draft.execution != "block":
        return False
    _without_note(draft)
    printed = f"{draft.number('money') - D('0.01'):.2f}"

    def change(blocks: list[Para | Grid]) -> None:
        next(b for b in blocks if isinstance(b, Grid) and b.tag == "funds").rows[2][3] = printed

    draft.after.append(change)
    return True


@fault("C01")
def persons_do_not_add(draft: Draft, rng: random.Random) -> bool:
    name = rng.choice(["total_p", "total_h"])
    value = draft.number(name) + rng.choice([-60, -11, 9, 27, 100])
    draft.printed[name] = f"{value:,}" if draft.thousands else str(value)
    return True


@fault("C01")
def sources_do_not_add(draft: Draft, rng: random.Random) -> bool:
    return _sources(draft, rng, D(rng.choice(["1.20", "-3.46", "20.00", "0.30"])))


@fault("C01")
def ages_do_not_add(draft: Draft, rng: random.Random) -> bool:
    total = int(draft.number("total_p"))
    old, young = total * 41 // 100, total * 13 // 100
    grown = total - old - young + rng.choice([-40, 13, 120])
    texts = [
        f"按年龄分，老年人{old}人，成年人{grown}人，未成年人{young}人，合计{total}人。",
        f"在保的{total}人中，老年人{old}人、成年人{grown}人、未成年人{young}人。",
        f"保障对象共{total}人，其中老年人{old}人，成年人{grown}人，未成年人{young}人。",
    ]
    return insert_after(draft, "headline", Para(rng.choice(texts), "ages"))


@fault("C01")
def money_parts_far_off(draft: Draft, rng: random.Random) -> bool:
    _without_note(draft)
    wrong = draft.number("money") + D(rng.choice(["2.10", "-5.00", "30.00"]))
    return swap_text(draft, "money", "«money»", f"{wrong:.2f}")


@fault("C06")
def execution_rate_of_nothing(draft: Draft, rng: random.Random) -> bool:
    draft.printed["rate"] = str(draft.number("rate") - D(rng.choice(["2.31", "1.05", "4.4"])))
    return True


@fault("C06")
def share_of_the_sample(draft: Draft, rng: random.Random) -> bool:
    name = rng.choice(["accuracy", "entry"])
    draft.printed[name] = str(draft.number(name) + D(rng.choice(["-1.7", "0.9"])))
    return True


@fault("C06")
def satisfied_share(draft: Draft, rng: random.Random) -> bool:
    draft.printed["satisfaction"] = str(draft.number("satisfaction") + D(rng.choice(["-3.2", "2.4"])))
    return True


@fault("C06")
def rate_of_the_funds_block(draft: Draft, rng: random.Random) -> bool:
    if draft.execution != "block":
        return False
    printed = draft.fill(f"{draft.number('rate') - D(rng.choice(['1.5', '3.25']))}%")

    def change(blocks: list[Para | Grid]) -> None:
        next(b for b in blocks if isinstance(b, Grid) and b.tag == "funds").rows[1][5] = printed

    draft.after.append(change)
    return True


@fault("C07")
def persons_of_the_text(draft: Draft, rng: random.Random) -> bool:
    name = rng.choice(["rural_p", "urban_p"])
    return swap_text(draft, "output", f"«{name}»", str(draft.number(name) + rng.choice([-13, 21, 140])))


@fault("C07")
def persons_of_the_table(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["rural_p", "urban_p"]))
    assert row
    row.printed_actual = f"{draft.number(row.actual) + rng.choice([6, 18, 33])}人"
    return True


@fault("C07")
def satisfaction_of_the_text(draft: Draft, rng: random.Random) -> bool:
    wrong = draft.number("satisfaction") + D(rng.choice(["-2.5", "1.6", "3"]))
    for para in draft.paras("satisfied"):
        para.text = rng.choice([f"满意度调查结果为{wrong}%。", f"经问卷调查，救助对象满意度达到{wrong}%。"])
        return True
    return False


@fault("C07")
def trainings_of_the_text(draft: Draft, rng: random.Random) -> bool:
    return swap_text(draft, "output", "«trainings»", str(draft.number("trainings") + rng.choice([1, 2, 4])))


@fault("C07")
def money_of_the_table(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["rural_m", "urban_m"]))
    if row is None:
        return False
    row.printed_actual = f"{draft.number(row.actual) - D(rng.choice(['1.30', '7.00'])):.2f}万元"
    return True


@fault("C09")
def grade_that_does_not_fit(draft: Draft, rng: random.Random) -> bool:
    right = draft.grades.index(draft.grade())
    draft.printed["grade"] = draft.grades[rng.choice([n for n in range(3) if n != right])]
    return True


@fault("C09")
def two_totals(draft: Draft, rng: random.Random) -> bool:
    wrong = draft.totals()[1] - D(rng.choice(["1.5", "0.35", "2"]))
    return swap_text(draft, "conclusion_text", "«total»", str(wrong))


@fault("C10")
def opening_persons(draft: Draft, rng: random.Random) -> bool:
    draft.printed["open_p"] = str(draft.number("open_p") + rng.choice([-31, 20, 55]))
    return True


@fault("C10")
def opening_households(draft: Draft, rng: random.Random) -> bool:
    draft.printed["open_h"] = str(draft.number("open_h") + rng.choice([-17, 8, 40]))
    return True


@fault("C10")
def left_of_the_year(draft: Draft, rng: random.Random) -> bool:
    return swap_text(draft, "moves", "«out_p»人", f"{draft.number('out_p') + rng.choice([-25, 34])}人")


@fault("C11")
def more_households_than_persons(draft: Draft, rng: random.Random) -> bool:
    households, persons = draft.values["urban_h"], draft.values["urban_p"]
    row = draft.row("urban_p")
    assert row
    draft.values["urban_h"], draft.values["urban_p"] = persons, households
    row.target = D(households - 20)
    return True


@fault("C11")
def more_families_entered(draft: Draft, rng: random.Random) -> bool:
    name = rng.choice(["new", "out"])
    draft.values[f"{name}_h"], draft.values[f"{name}_p"] = draft.values[f"{name}_p"], draft.values[f"{name}_h"]
    return True


@fault("C13")
def satisfaction_beyond_all(draft: Draft, rng: random.Random) -> bool:
    draft.printed["satisfaction"] = rng.choice(["103.2", "112", "109.5"])
    for para in draft.paras("satisfied"):
        para.text = "满意度调查结果为«satisfaction»%。"
    row = draft.row("satisfied")
    assert row
    row.note, row.printed_score, row.printed_reason = "", str(row.weight), ""
    return True


@fault("C13")
def accuracy_beyond_all(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("accuracy")
    assert row
    row.printed_actual = draft.fill(rng.choice(["105.3%", "197.3%", "120%"]))
    row.printed_score, row.printed_reason = str(row.weight), ""
    return True


@fault("C13")
def coverage_beyond_all(draft: Draft, rng: random.Random) -> bool:
    texts = ["政策宣传覆盖率达到108%。", "入户核查覆盖率为-3%。", "抽查合格率为101.5%。"]
    return add_to(draft, rng, "effect", draft.fill(rng.choice(texts)))


@fault("W18")
def large_families_leave(draft: Draft, rng: random.Random) -> bool:
    draft.values["out_p"] = draft.number("out_h") * rng.choice([265, 280, 310]) // 100
    return True


@fault("W18")
def large_families_leave_in_other_words(draft: Draft, rng: random.Random) -> bool:
    draft.values["out_p"] = draft.number("out_h") * rng.choice([255, 290]) // 100
    draft.paras("moves")[0].text = rng.choice([
        "当年退出低保«out_h»户、«out_p»人，新增«new_h»户、«new_p»人。",
        "一年来新批准«new_h»户«new_p»人，停发«out_h»户«out_p»人。",
    ])  # fmt: skip
    return True
