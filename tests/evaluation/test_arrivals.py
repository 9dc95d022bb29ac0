"""到账核实: whether the money came is asked of the family; another amount must be another amount."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.arrivals import ArrivalAnswer, record_arrivals
from opendibao.evaluation.models import ArrivalCheck
from opendibao.evaluation.reached import NotSampled
from opendibao.evaluation.sampled import members, mismatches
from opendibao.evaluation.sampling import Plan, draw_sample
from tests.conftest import ActAs
from tests.evaluation.year import LATER, measured, ratio, rows, year
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, paid

pytestmark = pytest.mark.usefixtures("county")
DECEMBER = date(2024, 12, 2)


def four() -> dict[str, int]:
    """Four payments of 620.00 in the sample, by household."""
    for number in range(4):
        family(f"A{number}")
    paid(JANUARY)
    draw_sample("arrival", 2024, Plan("pps", seed=1, size=4), on=DECEMBER, at=at(DECEMBER))
    return {one.number: one.id for one in members("arrival", 2024)}


def test_what_came_as_booked_is_confirmed_and_silence_is_apart() -> None:
    ids = four()
    said = [
        ArrivalAnswer(ids["A0"], "received", None, "phone"), ArrivalAnswer(ids["A1"], "different", 52000),
        ArrivalAnswer(ids["A2"], "missing"),
    ]  # fmt: skip
    assert record_arrivals(said, on=DECEMBER, at=at(DECEMBER)) == 3
    assert ratio("arrival_confirmed") == (1, 3)
    assert ratio("arrival_confirmed.reached") == (3, 4)
    assert Event.objects.filter(action="登记到账核实").count() == 3
    assert rows("arrival_confirmed")[1] == ["A1", "东村", "2024-01", "62000", "2024-12-02", "收到，金额不符", "52000"]


def test_what_does_not_match_makes_a_list() -> None:
    ids = four()
    said = [ArrivalAnswer(ids["A1"], "different", 52000), ArrivalAnswer(ids["A3"], "missing")]
    record_arrivals([*said, ArrivalAnswer(ids["A0"], "received")], on=DECEMBER, at=at(DECEMBER))
    found = [(one.number, one.month, one.fen, one.answer, one.said_fen) for one in mismatches(2024)]
    assert found == [("A1", "2024-01", 62000, "different", 52000), ("A3", "2024-01", 62000, "missing", None)]


@pytest.mark.parametrize(
    ("answer", "said", "words"),
    [
        ("different", None, "请写群众说的金额"),
        ("different", -1, "请写群众说的金额"),
        ("different", 62000, "和应到金额620.00元相同，请选“收到，金额相符”"),
        ("gone", None, "“gone”不在选项里，请从列出的选项里选"),
        ("none", None, "登记为没有联系上"),
    ],
)
def test_an_answer_that_does_not_hold_is_refused_and_none_is_kept(answer: str, said: int | None, words: str) -> None:
    ids = four()
    both = [ArrivalAnswer(ids["A0"], "received"), ArrivalAnswer(ids["A1"], answer, said)]
    with pytest.raises(NotSampled, match=f"A1的2024年01月发放.*{words}"):
        record_arrivals(both, on=DECEMBER, at=at(DECEMBER))
    assert ArrivalCheck.objects.exclude(answer="none").count() == 0


def test_a_second_answer_a_day_before_the_draw_and_a_stranger_are_refused() -> None:
    ids = four()
    record_arrivals([ArrivalAnswer(ids["A0"], "received")], on=DECEMBER, at=at(DECEMBER))
    with pytest.raises(NotSampled, match="已经登记过"):
        record_arrivals([ArrivalAnswer(ids["A0"], "missing")], on=DECEMBER, at=at(DECEMBER))
    with pytest.raises(NotSampled, match="2024-12-01早于抽取日期2024-12-02"):
        record_arrivals([ArrivalAnswer(ids["A1"], "received")], on=date(2024, 12, 1), at=at(DECEMBER))
    with pytest.raises(NotSampled, match="编号0不在到账核实的样本里"):
        record_arrivals([ArrivalAnswer(0, "received")], on=DECEMBER, at=at(DECEMBER))


def test_an_answer_after_the_lock_is_not_known_to_it() -> None:
    ids = four()
    record_arrivals([ArrivalAnswer(ids["A0"], "received")], on=date(2025, 1, 20), at=at(date(2025, 1, 20)))
    assert measured("arrival_confirmed").value is None
    assert ratio("arrival_confirmed.reached") == (0, 4)
    assert ratio("arrival_confirmed", year(LATER)) == (1, 1)


def test_a_township_works_its_own_payments(act_as: ActAs) -> None:
    ids = four()
    with act_as("360429100"):
        assert record_arrivals([ArrivalAnswer(ids["A0"], "received")], on=DECEMBER, at=at(DECEMBER)) == 1
    with act_as("360429101"), pytest.raises(NotSampled, match="不在到账核实的样本里"):
        record_arrivals([ArrivalAnswer(ids["A1"], "received")], on=DECEMBER, at=at(DECEMBER))
