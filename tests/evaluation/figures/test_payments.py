"""资金: what the bank booked, by area and rounded once; returns and what became of them."""

import pathlib
from datetime import date

import pytest

from opendibao.payment.actions import reissue, sendings, take_return
from opendibao.payment.bank_return import write_result
from tests.evaluation.year import count, measured, rows
from tests.payment.builders import at, family, new_account
from tests.payment.months import JANUARY, paid, sent

EIGHTH = date(2024, 1, 8)
pytestmark = pytest.mark.usefixtures("county")


def test_what_is_booked_is_summed_in_fen_and_rounded_once() -> None:
    # 62,050 + 155,000 fen = 2,170.50 yuan = 0.21705 万元: 0.06 + 0.16 do not add up to the printed 0.22
    family("A1", fen=62050)
    family("B1", fen=155000, area="urban")
    paid(JANUARY)
    assert [measured(name).text for name in ("paid.rural", "paid.urban", "paid")] == ["0.06", "0.16", "0.22"]
    assert measured("paid").n == 217050
    assert rows("paid.rural")[0][:5] == ["A1", "成员1", "镇100", "东村", "2024-01"]
    assert rows("paid.rural")[0][8] == "620.50"


def test_money_on_its_way_is_not_paid() -> None:
    family("A1")
    sent(JANUARY)
    assert (measured("paid").n, count("paid")) == (0, 0)


def test_a_return_that_is_sent_again_is_told_once(tmp_path: pathlib.Path) -> None:
    made = family("A1", fen=62000)
    run = sent(JANUARY)
    take_return(run.pk, write_result(sendings(run.pk), EIGHTH, {"A1": "销户"}), on=EIGHTH, at=at(EIGHTH))
    assert (count("returned"), measured("reissued").n, measured("paid").n) == (1, 0, 0)

    new_account(made, "62NEW", since=date(2024, 1, 9), known=at(date(2024, 1, 9)))
    send_again(run.pk, date(2024, 1, 10), tmp_path)
    assert (count("returned"), measured("reissued").n, measured("paid").n) == (1, 1, 62000)


def send_again(run: int, day: date, folder: pathlib.Path) -> None:
    reissue(run, on=day, at=at(day), out_dir=folder)
    take_return(run, write_result(sendings(run, again=True), day, {}), on=day, at=at(day))


def test_closed_months_are_those_the_bank_has_answered() -> None:
    family("A1")
    paid(JANUARY)
    sent(date(2024, 2, 1))
    assert (count("months.closed"), measured("months.closed").n) == (2, 1)
