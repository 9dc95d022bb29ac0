"""评价资料: listed, received, taken back, withdrawn, restored; a policy text has its number and day."""

from collections.abc import Callable
from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.materials import (
    BadMaterial,
    MaterialEntry,
    add_material,
    change_material,
    materials,
    receive_material,
    restore_material,
    return_material,
    withdraw_material,
)
from opendibao.evaluation.models import Material
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
LAW = MaterialEntry("policy", "最低生活保障审核确认办法", "民政部", "民发〔2021〕57号", date(2021, 6, 11))
DATA = MaterialEntry("data", "发放台账", "民政局")
CAME = date(2025, 1, 3)


def law(**changes: object) -> MaterialEntry:
    return MaterialEntry(**{**vars(LAW), **changes})  # type: ignore[arg-type]


def add(entry: MaterialEntry = LAW, **more: date) -> Material:
    return add_material(YEAR, COUNTY, entry, at=LOCKED, **more)


def test_the_list_stands_by_kind_and_day() -> None:
    add(DATA)
    add(law(title="后来的办法", issued_on=date(2022, 1, 1)))
    add()
    assert [one.title for one in materials(YEAR, COUNTY)] == ["最低生活保障审核确认办法", "后来的办法", "发放台账"]


def test_a_document_comes_and_the_mistake_is_undone() -> None:
    made = add()
    receive_material(made.pk, on=CAME, at=LOCKED)
    made.refresh_from_db()
    assert made.received_on == CAME
    return_material(made.pk, reason="是旧版", at=LOCKED)
    made.refresh_from_db()
    assert made.received_on is None
    assert Event.objects.get(action="撤销收到资料").payload == {"before": "2025-01-03", "reason": "是旧版"}


def test_a_withdrawn_document_may_be_used_again() -> None:
    made = add()
    withdraw_material(made.pk, reason="已废止", at=LOCKED)
    assert materials(YEAR, COUNTY)[0].is_withdrawn
    restore_material(made.pk, reason="仍在用", at=LOCKED)
    assert not materials(YEAR, COUNTY)[0].is_withdrawn


def test_a_correction_keeps_what_stood_before() -> None:
    made = add(received_on=CAME)
    change_material(made.pk, law(provider="民政部门户网站"), at=LOCKED)
    told = Event.objects.get(action="更正评价资料").payload
    assert (told["before"]["provider"], told["after"]["provider"]) == ("民政部", "民政部门户网站")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (law(kind="song"), "“种类”song不认识，应为：政策文件、数据资料、项目报告、其他"),
        (law(title=" "), "“名称”没有填写"),
        (law(document_number=""), "“文号”没有填写：政策文件要写文号"),
        (law(issued_on=None), "“发文日期”没有填写：政策文件要写发文日期"),
        (law(issued_on=date(2025, 1, 7)), "“发文日期”2025-01-07还没有到"),
        (law(provider=""), "“提供单位”没有填写"),
        (law(title="长" * 201), "“名称”有201个字，最多200个"),
    ],
)
def test_a_bad_document_is_refused_by_field_and_nothing_is_listed(entry: MaterialEntry, words: str) -> None:
    with pytest.raises(BadMaterial, match=words):
        add(entry)
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda made: add(), "已经在2024年度的清单里"),
        (lambda made: change_material(add(DATA).pk, LAW, at=LOCKED), "已经在2024年度的清单里，请换一个名称"),
        (lambda made: receive_material(made.pk, on=date(2025, 1, 7), at=LOCKED), "“收到日期”2025-01-07还没有到"),
        (lambda made: receive_material(made.pk, on=date(2021, 6, 10), at=LOCKED), "早于发文日期2021-06-11"),
        (lambda made: [receive_material(made.pk, on=CAME, at=LOCKED) for _ in "ab"], "已于2025-01-03收到"),
        (lambda made: return_material(made.pk, reason="错", at=LOCKED), "还没有登记收到"),
        (lambda made: withdraw_material(made.pk, reason=" ", at=LOCKED), "“理由”没有填写"),
        (lambda made: restore_material(made.pk, reason="用", at=LOCKED), "正在采用，不用再办"),
        (
            lambda made: (withdraw_material(made.pk, reason="废", at=LOCKED),
                          receive_material(made.pk, on=CAME, at=LOCKED)),
            "已不再采用，请先恢复",
        ),
        (lambda made: receive_material(999999, on=CAME, at=LOCKED), "没有编号为999999的资料"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_to_a_document_is_said(act: Callable[[Material], object], words: str) -> None:
    made = add()
    with pytest.raises(BadMaterial, match=words):
        act(made)
