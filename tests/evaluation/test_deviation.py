"""偏差分解: seven parts worked out by hand, their rows, and that they add up whatever the year was."""

import pathlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendibao.budget.actions import propose_budget
from opendibao.budget.forecast import proposed_fen
from opendibao.budget.queries import BudgetRow, budget
from opendibao.decision.other_standard import amounts_under
from opendibao.evaluation import standard_effect
from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.deviation import PART_WORDS, DeviationLine, Paid, deviations, paid_months, priced_fen
from opendibao.evaluation.figure import Period
from opendibao.evaluation.models import Snapshot
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.payment.actions import reissue, sendings, take_return
from opendibao.payment.bank_return import write_result
from tests.decision.builders import AMOUNT, covered
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, measured, rows, year
from tests.payment.builders import COUNTY, at, family, new_account
from tests.payment.months import JANUARY, paid, sent
from tests.registry.builders import divisions

DECEMBER, APRIL = date(2024, 12, 1), date(2024, 4, 1)
# 137,800 under 740.00; under 700.00: (25,200 − 11,000) / 12 = 1,183.33 → 1,184, and 70 for the child
UNDER_700 = 125_400


def plan(of: int = YEAR, area: str = "rural", **other: int) -> None:
    """3 persons and 1 who enters, 20.00 yuan each a month; 900.00 approved."""
    numbers = {
        "last_year_persons": 3, "standard_fen": 74000, "average_benefit_fen": 2000, "price_factor_bp": 10_200,
        "expected_entries": 1, "reserve_bp": 200, "approved_fen": 90000, **other,
    }  # fmt: skip
    propose_budget(of, area, division=COUNTY, approved_on=JANUARY, at=at(JANUARY), **numbers)


def lines(asked: Period | None = None) -> list[DeviationLine]:
    asked = asked or year()
    return list(deviations(budget(asked.year), paid_months(asked)))


def parts(one: DeviationLine) -> dict[str, int]:
    return {part.key: part.fen for part in one.parts}


def opened(one: DeviationLine, asked: Period | None = None) -> dict[str, int]:
    """What the figures of the parts sum up to."""
    own = [part for part in one.parts if part.figure_id.startswith("deviation.")]
    return {part.key: measured(part.figure_id, asked).n for part in own}


@pytest.mark.usefixtures("county")
class TestParts:
    def test_a_month_paid_in_time_at_the_planned_standard(self) -> None:
        family("A1", fen=64000, persons=2)
        paid(JANUARY)
        plan()
        (rural,) = lines()
        # 42 months × 20.00 = 840.00; × 1.02 = 856.80; × 1.02 again 873.936 → 873.94
        assert parts(rural) == {
            "late": 0, "standard": 0, "mix": 64000 - 2 * 2000, "persons": (2 - 42) * 2000, "price": 84000 - 85680,
            "reserve": 85680 - 87394, "approval": 87394 - 90000,
        }  # fmt: skip
        assert rural.deviation_fen == 64000 - 90000 == sum(parts(rural).values())
        assert opened(rural) == {key: parts(rural)[key] for key in ("late", "standard", "mix", "persons")}
        formulas = {part.key: part.formula for part in rural.parts}
        assert formulas["persons"] == "（2 − 42）人月×20.00"
        assert formulas["reserve"] == "856.80 − 加预备后的测算数873.94"

    def test_the_mix_is_told_by_the_size_of_the_families(self) -> None:
        family("A1", fen=64000, persons=2)
        family("A2", fen=50000)
        family("B1", fen=70000, area="urban")
        paid(JANUARY)
        plan()
        plan(area="urban", average_benefit_fen=69000)
        assert [row[1:4] + row[-3:] for row in rows("deviation.mix.rural")] == [
            ["1", "1", "1", "50000", "2000", "48000"], ["2", "1", "2", "32000", "2000", "60000"],
        ]  # fmt: skip
        rural, urban = lines()
        assert (parts(rural)["mix"], parts(urban)["mix"]) == (108000, 1000)

    def test_the_months_stand_against_the_planned_ones(self) -> None:
        family("A1", fen=64000, persons=2)
        paid(JANUARY)
        plan()
        assert rows("deviation.persons.rural") == [
            ["农村", "2024-01", "1", "2", "2000", "4000"], ["农村", "计划", "—", "-42", "2000", "-84000"],
        ]  # fmt: skip

    def test_what_is_booked_in_the_next_year_moves_from_one_to_the_other(self, tmp_path: pathlib.Path) -> None:
        made, ninth, tenth = family("A1", fen=64000), date(2024, 12, 9), date(2025, 1, 10)
        run = sent(DECEMBER)
        take_return(run.pk, write_result(sendings(run.pk), ninth, {"A1": "销户"}), on=ninth, at=at(ninth))
        new_account(made, "62NEW", since=date(2024, 12, 20), known=at(date(2024, 12, 20)))
        reissue(run.pk, on=tenth, at=at(tenth), out_dir=tmp_path)
        take_return(run.pk, write_result(sendings(run.pk, again=True), tenth, {}), on=tenth, at=at(tenth))
        plan()
        plan(YEAR + 1)
        after = year(at(date(2025, 12, 31)), of=YEAR + 1)
        (of_2024,), (of_2025,) = lines(), lines(after)
        assert (of_2024.paid_fen, parts(of_2024)["late"], parts(of_2024)["mix"]) == (0, -64000, 62000)
        assert (of_2025.paid_fen, parts(of_2025)["late"], parts(of_2025)["mix"]) == (64000, 64000, 0)
        assert opened(of_2024)["late"] == -64000
        assert opened(of_2025, after)["late"] == 64000
        assert rows("deviation.late.rural")[0][3:] == ["2024-12", "—", "0", "64000", "-64000"]
        assert rows("deviation.late.rural", after)[0][3:] == ["2024-12", "2025-01-10", "64000", "0", "64000"]

    def test_a_year_without_a_payment_is_all_persons_and_plan(self) -> None:
        plan()
        (rural,) = lines()
        assert parts(rural)["persons"] == -42 * 2000
        assert rural.deviation_fen == -90000 == sum(parts(rural).values())

    def test_without_a_budget_there_is_nothing_to_compare(self) -> None:
        family("A1")
        paid(JANUARY)
        assert lines() == []
        assert [measured(f"deviation.{key}.rural").rows for key in ("standard", "mix", "persons")] == [0, 0, 0]


@pytest.mark.usefixtures("county")
class TestStandard:
    def test_a_decision_under_a_higher_standard_than_planned_is_computed_under_both(self) -> None:
        divisions()
        decided = covered()
        paid(APRIL)
        plan(standard_fen=70000)
        assert amounts_under([decided.pk], {"standard.rural": 70000}) == {decided.pk: UNDER_700}
        (rural,) = lines()
        assert parts(rural)["standard"] == AMOUNT - UNDER_700
        assert parts(rural)["mix"] == UNDER_700 - 3 * 2000
        assert rural.deviation_fen == AMOUNT - 90000 == sum(parts(rural).values())
        assert opened(rural)["standard"] == AMOUNT - UNDER_700
        assert opened(rural)["mix"] == UNDER_700 - 3 * 2000
        assert rows("deviation.standard.rural")[0][5:] == ["137800", "137800", "125400", "12400"]
        assert (measured("problem.04").n, measured("problem.04").d) == (12400, AMOUNT)

    def test_the_planned_standard_itself_asks_for_no_computation(self, monkeypatch: pytest.MonkeyPatch) -> None:
        divisions()
        covered()
        paid(APRIL)
        plan(standard_fen=74000)

        def never(*_: object, **__: object) -> dict[int, int]:
            raise AssertionError("computed although no standard differs")

        monkeypatch.setattr(standard_effect, "amounts_under", never)
        monkeypatch.setattr(standard_effect, "recomputed_amounts", never)
        (rural,) = lines()
        assert parts(rural)["standard"] == 0

    def test_a_line_that_cannot_be_computed_is_shown_and_counts_nothing(self) -> None:
        family("A1", fen=64000)  # no facts: nobody can say what another standard would give
        paid(JANUARY)
        plan(standard_fen=70000)
        (rural,) = lines()
        assert (parts(rural)["standard"], parts(rural)["mix"]) == (0, 62000)
        assert rows("deviation.standard.rural")[0][5:] == ["64000", "—", "—", "0"]

    def test_nothing_is_asked_of_no_decision(self) -> None:
        assert amounts_under([], {"standard.rural": 70000}) == {}


@pytest.mark.usefixtures("county")
class TestSnapshot:
    def test_the_parts_come_back_from_the_lock(self) -> None:
        small_county.whole()
        live = lines()
        assert conclusion_of(lock_year(YEAR, COUNTY, at=LOCKED)).deviations == tuple(live)
        assert [part.key for part in live[0].parts] == list(PART_WORDS)

    def test_a_lock_from_before_the_parts_still_loads_and_adds_up(self) -> None:
        small_county.whole()
        locked = lock_year(YEAR, COUNTY, at=LOCKED)
        content = {**locked.content, "conclusion": dict(locked.content["conclusion"])}
        kept = [dict(one) for one in content["conclusion"]["deviations"]]
        for one in kept:
            del one["parts"]
        content["conclusion"]["deviations"] = kept
        old = conclusion_of(Snapshot(year=YEAR, division=COUNTY, content=content)).deviations[0]
        assert [part.zh for part in old.every_part] == ["人数", "人均补助", "其余"]
        assert sum(part.fen for part in old.every_part) == old.deviation_fen == 4000


MONEY = st.integers(0, 10**11)


@st.composite
def years(draw: st.DrawFn) -> tuple[BudgetRow, Paid]:
    persons, entries, average = draw(st.integers(0, 20_000)), draw(st.integers(0, 2_000)), draw(st.integers(0, 200_000))
    price, reserve = draw(st.integers(8_000, 13_000)), draw(st.integers(0, 3_000))
    proposed = proposed_fen(
        last_year_persons=persons, expected_entries=entries, average_benefit_fen=average, price_factor_bp=price,
        reserve_bp=reserve,
    )  # fmt: skip
    row = BudgetRow(
        YEAR, "rural", "农村", COUNTY, persons, 74000, average, price, entries, reserve, proposed, draw(MONEY), JANUARY
    )
    due = draw(MONEY)
    moved = draw(st.integers(-due, due))
    return row, Paid("rural", draw(MONEY), due, draw(st.integers(0, 300_000)), moved)


@given(years())
def test_the_parts_add_up_to_the_fen_whatever_the_year(one: tuple[BudgetRow, Paid]) -> None:
    row, found = one
    (line,) = deviations([row], {"rural": found})
    assert sum(part.fen for part in line.parts) == line.deviation_fen == found.fen - row.approved_fen
    assert line.persons_fen + line.average_fen + line.rest_fen == line.deviation_fen
    part = parts(line)
    assert part["late"] == found.fen - found.due_fen
    assert part["price"] + part["reserve"] == row.person_months * row.average_benefit_fen - row.proposed_fen
    exact = row.person_months * row.average_benefit_fen * row.price_factor_bp
    assert abs(priced_fen(row) * 10_000 - exact) <= 5_000
