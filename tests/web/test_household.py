"""家庭主页: a family from its application to its money, each step dated, each yuan explained (G01)."""

from datetime import date

import pytest

from opendibao.decision.actions import stop_benefit
from opendibao.payment.actions import send_run, sendings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.registry.actions import record_death
from opendibao.registry.queries import person_id
from opendibao.reviews.actions import schedule_for_entry
from tests.decision.builders import HANDS, LATER, checking, covered, earning, review
from tests.decision.conftest import places
from tests.payment.builders import family
from tests.payment.months import JANUARY, approved
from tests.registry.builders import FATHER, VILLAGE, at
from tests.web.conftest import Reader

__all__ = ["places"]
HOME = "/households/999999-00001/"
pytestmark = pytest.mark.usefixtures("places")


def test_the_family_its_amount_and_its_steps_stand_there(read: Reader) -> None:
    covered()
    page = read(HOME)
    assert "王秀英 家庭 ✓ 在保 农村" in page.words
    assert "1,378.00 元/月" in page.words
    assert "受理 2024-03-04" in page.words
    assert "入户 2024-03-06 评议 2024-03-08 公示 03-11 至 03-17 决定 2024-03-18 首发 —" in page.words
    assert "民主评议：同意 12，不同意 0 发出 13 票" in page.words
    assert "确认同意 申请，3 人 1,378.00 元/月" in page.words
    assert "告知书" in page.words


def test_the_reason_names_steps_clauses_and_dated_numbers(read: Reader) -> None:
    covered()
    page = read(HOME)
    assert "为什么： 每月 1,378.00 元是怎样算出来的" in page.words
    assert "家庭月收入 916.67 月保障金 1,304.00 月保障线 2,220.00 分类施保 74.00" in page.words
    assert "家庭年收入11,000.00元，低于年保障线26,640.00元" in page.words
    assert "农村最低生活保障标准（每人每月） 740.00 元 2023-01-01 起" in page.words
    assert "▲ 未核" in page.words
    assert 'id="why"' in page.html


def test_the_members_are_those_of_the_day_that_is_asked(read: Reader) -> None:
    covered()
    record_death(person_id(FATHER.id_number), died=date(2024, 6, 1), at=at(date(2024, 6, 3)))
    assert "成员 2 人" in read(HOME).words
    page = read(f"{HOME}?on=2024-05-01")
    assert "成员 3 人 2024-05-01" in page.words
    assert "当天的样子" in page.words
    assert read(f"{HOME}?on=昨天").status == 400


def test_a_stop_is_explained_by_the_income_that_caused_it(read: Reader) -> None:
    decision = covered()
    case = review(decision, earning(4000))
    with checking():
        stop_benefit(case.pk, cause="income", on=LATER, at=at(LATER), **HANDS)
    page = read(HOME)
    assert "2024-05-20 停发" in page.words
    assert "为什么停发" in page.words
    assert "元/月 为什么是这个数" not in page.words


def test_returned_money_waits_and_is_said_in_the_next_step(read: Reader) -> None:
    covered()
    april = date(2024, 4, 1)
    day = date(2024, 4, 3)
    run = approved(april, day)
    _send(run.pk, day)
    take_return(run.pk, write_result(sendings(run.pk), day, {"999999-00001": "长期不动户"}), on=day, at=at(day))
    page = read(HOME)
    assert "4 月的低保金被退回（长期不动户），等改正账户后补发" in page.words
    assert "▲ 退回" in page.words
    assert "到账 0 笔 0.00" in page.words


def _send(run: int, day: date) -> None:
    import pathlib
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        send_run(run, on=day, at=at(day), out_dir=pathlib.Path(folder))


def test_the_next_review_is_said_with_its_day(read: Reader) -> None:
    decision = covered()
    schedule_for_entry(decision.household_id, VILLAGE, "yearly", on=date(2024, 3, 18), at=at(LATER))
    page = read(HOME)
    assert "前做定期复核（常保）" in page.words
    assert "下次复核" in page.words


def test_an_old_household_without_facts_says_that_nothing_can_be_recomputed(read: Reader) -> None:
    family("A1")
    page = read("/households/A1/")
    assert "没有留下可以重算的核定情况" in page.words
    assert "存量建账 2023-06-15" in page.words
    assert JANUARY.isoformat() not in page.words
