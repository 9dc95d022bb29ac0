"""年度报告: a measured year becomes its files, all or none; the same snapshot gives the same files."""

import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from opendibao.budget.actions import propose_budget
from opendibao.evaluation.actions import load_sheet_from_policy
from opendibao.evaluation.evidence import open_figure
from opendibao.evaluation.queries import latest_snapshot
from opendibao.reporting.yearly import NothingToEvaluate, write_year
from tests.evaluation.year import LATER, LOCKED, YEAR, enter
from tests.payment.builders import COUNTY, at, divisions, family
from tests.payment.months import JANUARY, paid

pytestmark = pytest.mark.usefixtures("county")
TARGETS = {"rural_paid": 5330, "urban_paid": 960, "rural_persons": 9000, "urban_persons": 1500, "trainings": 4}
KINDS = ("绩效评价一页纸", "部门评价报告", "项目支出绩效目标表", "项目支出绩效自评表")
PAPERS = [f"{kind}-2024.{ending}" for kind in KINDS for ending in ("docx", "pdf")]
FILES = sorted(["figures.json", "证据包-2024.html", *PAPERS])


@pytest.fixture
def lived(county: None) -> None:
    """Two old households, one that enters in March, one month paid, a budget and a sheet."""
    family("A1", fen=62000, persons=2)
    family("B1", fen=31550, area="urban")
    paid(JANUARY)
    enter("C1", date(2024, 3, 5), persons=3)
    for area, approved in (("rural", 5_000_000), ("urban", 1_000_000)):
        propose_budget(
            YEAR, area, division=COUNTY, last_year_persons=2, standard_fen=74000, average_benefit_fen=50000,
            price_factor_bp=10200, expected_entries=1, reserve_bp=500, approved_fen=approved,
            approved_on=date(2024, 1, 3), at=at(date(2024, 1, 3)),
        )  # fmt: skip
    load_sheet_from_policy(YEAR, COUNTY, TARGETS, at=at(date(2024, 1, 4)))


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def values(folder: Path) -> dict[str, str]:
    listed = json.loads((folder / "figures.json").read_text("utf-8"))["figures"]
    return {one["id"]: one["value"] for one in listed}


@pytest.mark.usefixtures("lived")
class TestAYear:
    def test_all_files_are_written_and_nothing_else(self, tmp_path: Path) -> None:
        told = list(write_year(YEAR, tmp_path / "2024", at=LOCKED))

        assert sorted(written(tmp_path / "2024")) == FILES
        assert told[0].startswith("快照第1版")
        assert sum(line.startswith("写出") for line in told) == len(FILES)

    def test_the_list_prints_what_the_county_holds(self, tmp_path: Path) -> None:
        list(write_year(YEAR, tmp_path, at=LOCKED))

        found = values(tmp_path)

        assert (found["opening.households"], found["opening.persons"]) == ("2", "3")
        assert (found["entered.households"], found["entered.persons"]) == ("1", "3")
        assert (found["households"], found["rural.persons"], found["urban.persons"]) == ("3", "5", "1")
        assert (found["paid.rural"], found["paid.urban"], found["paid"]) == ("0.06", "0.03", "0.09")
        assert found["indicator.10"] == "未测得"

    def test_the_document_says_the_same(self, tmp_path: Path) -> None:
        list(write_year(YEAR, tmp_path, at=LOCKED))

        document = Document(io.BytesIO(written(tmp_path)["部门评价报告-2024.docx"]))
        said = "".join(paragraph.text for paragraph in document.paragraphs)

        assert "在保3户6人，其中农村低保2户5人，城镇低保1户1人" in said
        assert "未测得的指标" in said
        assert document.tables[0].rows[0].cells[0].text == "一级指标"
        assert len(document.tables[0].rows) == 1 + 15 + 1

    def test_the_deviation_is_printed_to_the_fen(self, tmp_path: Path) -> None:
        list(write_year(YEAR, tmp_path, at=LOCKED))

        document = Document(io.BytesIO(written(tmp_path)["部门评价报告-2024.docx"]))
        (said,) = [one.text for one in document.paragraphs if one.text.startswith("农村低保金：计划")]

        # planned 2×12+1×6 = 30 person-months at 500.00, approved 50,000.00; paid 2 person-months, 620.00
        assert "相差－49,380.00元" in said
        assert "人数－14,000.00元" in said
        assert "成员构成－380.00元" in said
        parts = re.findall(r"(?:跨期|标准|成员构成|人数|物价|预备|批复调整)([＋－]?)([\d,]+)\.(\d\d)元", said)
        assert len(parts) == 7
        fen = [int(f"{whole.replace(',', '')}{cents}") * (-1 if sign == "－" else 1) for sign, whole, cents in parts]
        assert sum(fen) == -4_938_000

    def test_evidence_opened_later_has_the_same_question_and_answer(self, tmp_path: Path) -> None:
        list(write_year(YEAR, tmp_path, at=LOCKED))
        listed = json.loads((tmp_path / "figures.json").read_text("utf-8"))["figures"]
        persons = next(one for one in listed if one["id"] == "persons")

        opened = open_figure("persons", YEAR).as_json()

        assert (opened["value"], opened["rows"]) == (persons["value"], persons["rows"])
        assert opened["query_hash"] == persons["query_hash"]

    def test_written_again_from_the_same_facts_the_files_are_the_same(self, tmp_path: Path) -> None:
        list(write_year(YEAR, tmp_path / "one", at=LOCKED))
        list(write_year(YEAR, tmp_path / "two", at=LATER))

        assert written(tmp_path / "one") == written(tmp_path / "two")
        snapshot = latest_snapshot(YEAR, COUNTY)
        assert snapshot is not None
        assert snapshot.version == 1

    def test_one_more_household_moves_its_own_figures_and_makes_a_new_version(self, tmp_path: Path) -> None:
        list(write_year(YEAR, tmp_path / "one", at=LOCKED))
        enter("D1", date(2024, 11, 5), persons=1)

        told = list(write_year(YEAR, tmp_path / "two", at=LOCKED))

        before, after = values(tmp_path / "one"), values(tmp_path / "two")
        moved = {name for name in after if before[name] != after[name]}
        assert told[0].startswith("快照第2版")
        assert (after["households"], after["rural.persons"]) == ("4", "6")
        assert {"households", "persons", "rural.households", "entered.persons", "indicator.05"} <= moved
        assert not moved & {"paid", "paid.rural", "urban.persons", "opening.households", "left.households"}

    def test_a_dry_run_locks_and_writes_nothing(self, tmp_path: Path) -> None:
        told = list(write_year(YEAR, tmp_path / "none", at=LOCKED, dry_run=True))

        assert told[-1].startswith("试运行")
        assert not (tmp_path / "none").exists()
        assert latest_snapshot(YEAR, COUNTY) is None

    def test_names_in_the_pack_are_masked(self, tmp_path: Path) -> None:
        list(write_year(YEAR, tmp_path, at=LOCKED))

        page = written(tmp_path)["证据包-2024.html"].decode()

        assert "999999********" in page
        assert "户主A1" not in page
        assert "成员1" not in page


def test_a_year_without_a_sheet_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    divisions()

    with pytest.raises(NothingToEvaluate, match="指标表"):
        list(write_year(YEAR, tmp_path / "none", at=LOCKED))

    assert not (tmp_path / "none").exists()


def test_a_county_that_was_never_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NothingToEvaluate, match="建账"):
        list(write_year(YEAR, tmp_path, at=LOCKED))
