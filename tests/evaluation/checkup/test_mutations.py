"""The check-up against planted faults: it finds them, and leaves clean reports alone. The whole table: mutations.py."""

import random
import re
from decimal import Decimal

import pytest

from tests.conventions.sources import ROOT
from tests.evaluation.checkup.clean_reports import STYLES, clean
from tests.evaluation.checkup.draft import Draft, Grid, Para, Row
from tests.evaluation.checkup.faults import Fault, all_faults
from tests.evaluation.checkup.mutations import FORMS, WANTED_FALSE, WANTED_RECALL, Result, measure_a_few

CLASSES = {f"W{n:02}" for n in range(1, 24)} | {f"C{n:02}" for n in range(1, 14)} | {f"D{n:02}" for n in range(1, 15)}


@pytest.fixture(scope="module")
def measured() -> Result:
    return measure_a_few()


def test_every_class_has_at_least_two_faults() -> None:
    ids = [one.id for one in all_faults()]

    assert {name for name in CLASSES if ids.count(name) < 2} == set()
    assert set(ids) == CLASSES


@pytest.mark.parametrize("fault", [*all_faults(), *all_faults(unseen=True)], ids=lambda one: one.name)
def test_a_fault_changes_what_is_printed(fault: Fault) -> None:
    changed = 0
    for style in STYLES:
        draft = clean(style, 1)
        if fault.plant(draft, random.Random(fault.name)):
            assert draft.finished() != clean(style, 1).finished(), style
            changed += 1

    assert changed


@pytest.mark.parametrize("style", STYLES)
def test_a_clean_report_adds_up(style: str) -> None:
    """What is printed, read anew from the printed cells: the generator's own promise."""
    for seed in range(20):
        draft = clean(style, seed)
        grids = [block for block in draft.finished() if isinstance(block, Grid) and block.tag == "sheet"]
        heads = [key for key, _ in draft.heads]
        weight, score = heads.index("weight"), heads.index("score")
        lines = [row for grid in grids for row in grid.rows[1:]]
        block = [Decimal(10), draft.execution_score()] if draft.execution == "block" else [Decimal(0), Decimal(0)]

        assert lines[-1][0] == draft.total_word
        assert sum(Decimal(row[weight]) for row in lines[:-1]) + block[0] == 100
        assert sum(Decimal(row[score]) for row in lines[:-1]) + block[1] == Decimal(lines[-1][score])
        assert all(row[heads.index("reason")] for row in lines[:-1] if Decimal(row[score]) < Decimal(row[weight]))


def test_a_row_scores_in_proportion() -> None:
    draft = Draft("none", {"paid": Decimal("530.00"), "persons": 190})
    over = Row("a", "成本指标", "经济成本指标", "支出", Decimal(5), "≤", Decimal(500), "万元", "paid")
    under = Row("b", "产出指标", "数量指标", "人数", Decimal(4), "≥", Decimal(200), "人", "persons")

    assert draft.score(over) == Decimal("4.72")  # 5 × 500 ÷ 530 = 4.7169…
    assert draft.score(under) == Decimal("3.80")  # 4 × 190 ÷ 200


def test_styles_differ_in_their_headings() -> None:
    marks = {
        style: [b.mark for b in clean(style, 1).blocks if isinstance(b, Para) and b.level == 1] for style in STYLES
    }

    assert marks["finance"][0] == "第一部分 "
    assert set(marks["bare"]) == {""}
    assert len(marks["township"]) == 9
    assert marks["seven"][6] == "七、"


def test_planted_faults_are_found(measured: Result) -> None:
    low = {name: one.missed for name, one in measured.classes.items() if one.recall < WANTED_RECALL}

    assert low == {}
    assert set(measured.classes) == CLASSES


def test_faults_are_found_in_every_form_of_file(measured: Result) -> None:
    low = {name: one.missed for name, one in measured.by_form.items() if one.recall < WANTED_RECALL}

    assert low == {}
    assert set(measured.by_form) == set(FORMS)


def test_clean_reports_are_left_alone(measured: Result) -> None:
    loud = {name: one.examples for name, one in measured.clean.items() if one.mean > WANTED_FALSE}

    assert loud == {}
    assert set(measured.clean) == set(FORMS)


def test_the_published_page_has_every_class() -> None:
    page = (ROOT / "docs" / "check-up-recall.md").read_text("utf-8")
    first, last = page.split("## 留出来的说法")

    assert set(re.findall(r"^\| ([WCD]\d\d) \|", first, re.M)) == CLASSES
    assert set(re.findall(r"^\| ([WCD]\d\d) \|", last, re.M)) == {one.id for one in all_faults(unseen=True)}
