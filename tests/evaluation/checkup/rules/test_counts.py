"""W18, C10, C11: the book of the year in households and persons."""

import pytest

from tests.evaluation.checkup.papers import SOUND, found, paper

IDS = ("W18", "C10", "C11")
BOOK = "年初在保415户785人，全年新增40户71人，退出55户106人，年末在保400户750人。"


def test_a_book_that_closes_is_silent() -> None:
    assert found(paper(BOOK), *IDS) == []


@pytest.mark.parametrize(
    ("old", "new", "gap"), [("415户", "425户", "相差10户"), ("71人", "81人", "相差10人"), ("400户", "399户", "相差1户")]
)
def test_a_book_that_does_not_close(old: str, new: str, gap: str) -> None:
    (one,) = found(paper(BOOK.replace(old, new)), "C10")
    assert gap in one.zh


def test_persons_may_move_inside_households_where_the_report_says_so() -> None:
    text = BOOK.replace("750人", "742人")
    assert len(found(paper(text), "C10")) == 1
    assert found(paper(text + "人数含在保家庭内因出生、死亡发生的增减。"), "C10") == []


def test_areas_close_for_themselves() -> None:
    text = "年初农村低保300户，年内农村新增30户，农村退出25户，年末农村低保306户。"
    (one,) = found(paper(text), "C10")
    assert "年初300户＋新增30－退出25＝305户" in one.zh


def test_without_all_four_there_is_nothing_to_add() -> None:
    assert found(paper("全年新增40户71人，退出55户106人，年末在保400户750人。"), *IDS) == []


def test_unusually_large_families_leave() -> None:
    (one,) = found(paper("年末在保400户750人，全年新增40户71人，核减55户143人。"), "W18")
    assert "退出的每户2.6人" in one.zh
    assert "年末在保每户1.88人" in one.zh


def test_a_few_exits_say_nothing() -> None:
    assert found(paper("年末在保400户750人，全年新增40户71人，核减5户14人。"), "W18") == []


def test_more_households_than_persons() -> None:
    (one,) = found(paper("共有低保对象750户400人。"), "C11")
    assert "户数比人数多" in one.zh
    rows = (
        ("产出指标", "数量指标", "农村低保户数", "≥300户", "610户", "10", "10", ""),
        ("", "", "农村低保人数", "≥600人", "320人", "10", "10", ""),
        *SOUND,
    )
    assert [one.place.row for one in found(paper(sheet=rows), "C11")] == [1]


@pytest.mark.parametrize(
    ("net", "wrong"), [("净减少15户", False), ("净减少25户", True), ("净增加15户", True), ("农村净减少25户", False)]
)
def test_the_net_of_the_year(net: str, wrong: bool) -> None:
    assert bool(found(paper(f"{BOOK}全年{net}。"), "C10")) is wrong


def test_the_end_of_last_year_is_the_opening() -> None:
    text = "2022年底在保415户，全年新增40户，退出55户，2023年底在保400户。"
    assert found(paper(text), "C10") == []
    (one,) = found(paper(text.replace("退出55户", "退出45户")), "C10")
    assert "＝410户" in one.zh


def test_ties_of_persons_a_household_go_up() -> None:
    (one,) = found(paper("年末在保400户650人，全年新增40户60人，核减40户85人。"), "W18")
    assert "退出的每户2.13人" in one.zh  # 85 / 40 = 2.125
    assert "年末在保每户1.63人" in one.zh  # 650 / 400 = 1.625


@pytest.mark.parametrize(("net", "wrong"), [("净减少15户", False), ("净减少25户", True)])
def test_the_net_of_both_areas_is_that_of_all(net: str, wrong: bool) -> None:
    assert bool(found(paper(f"{BOOK}全年农村和城镇{net}。"), "C10")) is wrong  # 40 − 55 = −15
