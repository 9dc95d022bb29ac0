"""Faults of the scores: against targets, weights, totals, and without reasons of their own."""

import random
from decimal import Decimal

from tests.evaluation.checkup.draft import Draft, Grid, Para, Row, short
from tests.evaluation.checkup.faults import can_miss, fault, miss

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


@fault("W04")
def met_floor_loses_a_point(draft: Draft, rng: random.Random) -> bool:
    return _scored_without(draft, _met(draft, rng, "≥"), D(1), rng.choice(DEVIATION))


@fault("W04")
def met_cap_loses_a_point(draft: Draft, rng: random.Random) -> bool:
    return _scored_without(draft, _met(draft, rng, "≤"), rng.choice([D(1), D("0.5"), D(2)]), rng.choice(DEVIATION))


@fault("W04")
def met_equal_loses_a_point(draft: Draft, rng: random.Random) -> bool:
    return _scored_without(draft, _met(draft, rng, "＝"), D(1), rng.choice(DEVIATION))


@fault("W04")
def met_target_loses_without_a_word(draft: Draft, rng: random.Random) -> bool:
    return _scored_without(draft, _met(draft, rng, "≥", "＝", "≤"), D(1), "")


@fault("W05")
def small_miss_costs_a_fifth(draft: Draft, rng: random.Random) -> bool:
    row = rng.choice(can_miss(draft))
    miss(draft, row, rng.choice([D("0.002"), D("0.01"), D("0.02")]))
    row.printed_score = short(row.weight * rng.choice([D("0.8"), D("0.7"), D("0.5")]))
    return True


@fault("W05")
def overspent_by_a_little(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["rural_m", "urban_m"]))
    if row is None:
        return False
    miss(draft, row, D("0.01"))
    row.printed_score = short(row.weight - 2)
    return True


@fault("W16")
def one_reason_for_four(draft: Draft, rng: random.Random) -> bool:
    return _same_reason(draft, rng, 4)


@fault("W16")
def one_reason_for_three(draft: Draft, rng: random.Random) -> bool:
    return _same_reason(draft, rng, 3)


def _same_reason(draft: Draft, rng: random.Random, many: int) -> bool:
    rows = can_miss(draft)
    if len(rows) < many:
        return False
    reason = rng.choice(DEVIATION)
    for row in rng.sample(rows, many):
        miss(draft, row, D("0.03"))
        row.reason = reason
    return True


@fault("C02")
def total_score_misprinted(draft: Draft, rng: random.Random) -> bool:
    draft.printed["total"] = short(draft.totals()[1] - D(rng.choice(["1", "0.3", "2.5"])))
    return True


@fault("C02", "W02")
def total_weight_misprinted(draft: Draft, rng: random.Random) -> bool:
    draft.printed["weights"] = rng.choice(["98", "105", "85"])
    return True


@fault("C02")
def total_cell_misprinted(draft: Draft, rng: random.Random) -> bool:
    wrong = short(draft.totals()[1] - D(rng.choice(["2", "0.8"])))
    column = [key for key, _ in draft.heads].index("score")

    def change(blocks: list[Para | Grid]) -> None:
        [b for b in blocks if isinstance(b, Grid) and b.tag == "sheet"][-1].rows[-1][column] = wrong

    draft.after.append(change)
    return True


@fault("C03")
def missed_floor_scored_in_full(draft: Draft, rng: random.Random) -> bool:
    rows = [row for row in can_miss(draft) if row.sign == "≥"]
    if not rows:
        return False
    row = rng.choice(rows)
    miss(draft, row, rng.choice([D("0.03"), D("0.06")]) if row.unit != "%" else D("0.03"))
    return _scored_without(draft, row, D(0), "")


@fault("C03")
def missed_cap_scored_in_full(draft: Draft, rng: random.Random) -> bool:
    row = draft.row(rng.choice(["rural_m", "urban_m"]))
    if row is None:
        return False
    miss(draft, row, D("0.05"))
    return _scored_without(draft, row, D(0), "")


@fault("C04")
def score_above_the_weight(draft: Draft, rng: random.Random) -> bool:
    row = rng.choice(draft.rows)
    row.printed_score, row.printed_reason = short(row.weight + rng.choice([D(1), D("0.5"), D(4)])), ""
    return True


@fault("C04")
def score_below_nothing(draft: Draft, rng: random.Random) -> bool:
    row = rng.choice(draft.rows)
    row.printed_score, row.printed_reason = rng.choice(["-1", "-0.5"]), rng.choice(DEVIATION)
    return True


@fault("C05")
def missed_without_a_reason(draft: Draft, rng: random.Random) -> bool:
    row = rng.choice(can_miss(draft))
    miss(draft, row, D("0.03"))
    row.printed_reason = rng.choice(["", "", "无"])
    return True


@fault("C05")
def partly_done_without_a_reason(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("relief")
    assert row
    row.share, row.printed_reason = D("0.75"), ""
    row.actual_text = "部分达成年度指标，回访«follow_n»户，«follow_ok»户生活有改善"
    return True
