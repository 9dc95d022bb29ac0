"""名册的错: every fault that people make is caught at its cell, with what to do; and the table of staged rows holds."""

from datetime import date
from pathlib import Path

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from opendibao.decision.models import RosterReject, StagedHousehold
from opendibao.decision.queries import rejects
from opendibao.demo.roster_faults import FAULTS, Fault
from tests.decision.rosters import bring_rows, family, loner
from tests.registry.builders import divisions

WHERE = {
    "校验位不对": ("人", "身份证号码"),
    "出生日期不存在": ("人", "身份证号码"),
    "出生日期在未来": ("人", "身份证号码"),
    "号码少一位": ("户", "身份证号码"),
    "号码被存成数字": ("户", "身份证号码"),
    "两个户主": ("人", "与户主关系"),
    "没有户主": ("户", "户主"),
    "户主不在成员中": ("户", "身份证号码"),
    "一人写了两次": ("人", "身份证号码"),
    "没有这个村": ("户", "区划代码"),
    "金额为负": ("户", "保障金(元)"),
    "金额不足一分": ("户", "保障金(元)"),
    "合计不等于各项之和": ("户", "发放合计(元)"),
    "人数对不上": ("户", "保障人数"),
    "没有成员": ("户", "户编号"),
    "缺原决定文号": ("户", "原决定文号"),
    "决定日期不存在": ("户", "原决定日期"),
    "起发月不存在": ("户", "起发月"),
    "城乡写错": ("户", "城乡"),
    "关系写错": ("人", "与户主关系"),
    "残疾等级不存在": ("人", "残疾等级"),
    "务工月数不可能": ("人", "务工月数"),
    "收入为负": ("人", "其他月收入(元)"),
    "基础养老金多于养老金": ("人", "其中基础养老金(元)"),
    "没有账号": ("户", "账号"),
    "姓名空白": ("人", "姓名"),
}


@pytest.fixture(autouse=True)
def _places(county: None) -> None:
    divisions()


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.zh for fault in FAULTS])
def test_a_planted_fault_is_found_at_its_cell(fault: Fault, tmp_path: Path) -> None:
    rows = family()
    fault.spoil(rows)

    found = bring_rows(tmp_path, rows, loner())

    assert (found.accepted, found.rejected) == (1, 1)
    told = rejects(found.file_id)
    assert WHERE[fault.zh] in {(reject.sheet, reject.field) for reject in told}
    assert all(reject.row >= 2 and "请" in reject.reason for reject in told)
    assert not StagedHousehold.objects.filter(number="999999-00001").exists()


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("账号", 6.2e18, "存成了数字"),
        ("原决定日期", "2024-06-01", "晚于报送日期"),
        ("起发月", "2023-04", "起发月早于原决定"),
        ("起发月", "2024-03", "还没有到"),
        ("发放合计(元)", "", "不等于"),
        ("保障人数", "三", "整数"),
        ("保障人数", "", "不符"),
        ("复核类别", "长期", "常保、非常保"),
        ("户主", "王秀兰", "姓名不符"),
        ("住房(套)", -1, "整数"),
        ("车辆", "摩托", "家用"),
        ("金融资产(元)", "很少", "不是数字"),
        ("住址", "住" * 121, "超过120个字"),
        ("开户银行", "农商\n银行", "换行"),
        ("户编号", "9" * 25, "超过24个字"),
    ],
)
def test_a_wrong_cell_of_a_household_is_told(column: str, value: object, says: str, tmp_path: Path) -> None:
    rows = family()
    rows.household[column] = value
    if column == "户编号":
        for member in rows.members:
            member[column] = value

    found = bring_rows(tmp_path, rows)

    assert any(reject.field == column and says in reject.reason for reject in rejects(found.file_id))


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("残疾等级", 2, "没有填残疾类别"),
        ("残疾类别", "肢体", "没有填残疾等级"),
        ("重病", "有", "是、否"),
        ("在读", "博士", "义务教育"),
        ("务工月数", "", "没有填务工月数"),
        ("耕地(亩)", "六亩", "数字"),
        ("经营年成本(元)", 100, "没有填经营年收入"),
        ("身份证号码", "", "没有填身份证号码"),
    ],
)
def test_a_wrong_cell_of_a_person_is_told(column: str, value: object, says: str, tmp_path: Path) -> None:
    rows = family()
    rows.members[1][column] = value

    found = bring_rows(tmp_path, rows)

    told = [(reject.sheet, reject.row, reject.reason) for reject in rejects(found.file_id)]
    assert any(sheet == "人" and row == 3 and says in reason for sheet, row, reason in told)


def test_a_child_born_after_the_old_decision_needs_the_later_decision(tmp_path: Path) -> None:
    rows = family()
    rows.household |= {"原决定日期": "2014-01-10", "起发月": "2014-02"}

    found = bring_rows(tmp_path, rows)

    assert "最近一次决定" in rejects(found.file_id)[0].reason


def test_one_number_for_two_households_sends_both_back(tmp_path: Path) -> None:
    second = loner()
    second.household["户编号"] = second.members[0]["户编号"] = "999999-00001"

    found = bring_rows(tmp_path, family(), second)

    assert (found.accepted, found.rejected) == (0, 2)
    assert [r.row for r in rejects(found.file_id) if "重复" in r.reason] == [2, 3]


def test_one_old_decision_for_two_households_sends_both_back(tmp_path: Path) -> None:
    second = loner()
    second.household["原决定文号"] = family().household["原决定文号"]

    assert bring_rows(tmp_path, family(), second).rejected == 2


def test_a_person_in_two_households_sends_both_back(tmp_path: Path) -> None:
    second = loner()
    extra = dict(family().members[2])
    extra["户编号"] = "999999-00002"
    second.members.append(extra)
    second.household["保障人数"] = 2

    found = bring_rows(tmp_path, family(), second)

    reasons = [r.reason for r in rejects(found.file_id)]
    assert found.rejected == 2
    assert [reason.split("，")[0] for reason in reasons] == ["此人也写在户999999-00002", "此人也写在户999999-00001"]


def test_a_person_without_a_household_is_told_and_the_others_come_in(tmp_path: Path) -> None:
    stray = loner()
    rows = family()
    rows.members += stray.members

    found = bring_rows(tmp_path, rows)

    assert (found.accepted, found.rejected) == (1, 0)
    assert "工作表“户”里没有户编号“999999-00002”" in rejects(found.file_id)[0].reason


class TestBelowTheApplication:
    def run(self, text: str, *values: object) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(text, values)

    @pytest.mark.parametrize("change", ["amount_fen = 1", "facts = '{}'", "decided_on = '2020-01-01'"])
    def test_an_accepted_household_is_not_rewritten(self, change: str, tmp_path: Path) -> None:
        bring_rows(tmp_path, family())

        with pytest.raises(IntegrityError, match="不能修改或删除"):
            self.run(f"UPDATE decision_stagedhousehold SET {change}")

    def test_a_reason_is_not_taken_away(self, tmp_path: Path) -> None:
        rows = family()
        rows.household["账号"] = ""
        bring_rows(tmp_path, rows)

        with pytest.raises(IntegrityError, match="不能修改或删除"):
            self.run("DELETE FROM decision_rosterreject")
        assert RosterReject.objects.count() == 1

    @pytest.mark.parametrize("column", ["number", "old_number"])
    def test_a_household_or_decision_waits_once(self, column: str, tmp_path: Path) -> None:
        bring_rows(tmp_path, family(), loner())
        names = [f.column for f in StagedHousehold._meta.concrete_fields if f.column != "id"]
        other = {"number": "'999999-00099'", "old_number": "'演低保〔2023〕0099号'"}
        other.pop(column)
        shown = ", ".join(other.get(name, name) for name in names)

        with pytest.raises(IntegrityError, match=column):
            self.run(
                f"INSERT INTO decision_stagedhousehold ({', '.join(names)}) SELECT {shown}"
                " FROM decision_stagedhousehold WHERE number = '999999-00001'"
            )

    def test_a_legacy_decision_needs_the_act(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family())

        with pytest.raises((IntegrityError, DataError)):
            self.run(
                "INSERT INTO decision_decision (number, household_id, division, area, kind, cause, outcome, decided_on,"
                " maker, approver, persons, amount_fen, supplement_fen, gap_fen, facts, rule_set, first_month)"
                " VALUES ('假', 1, '360429100201', 'rural', 'legacy', 'opening', 'dibao', %s, '甲', '乙', 1, 100, 0, 0,"
                " '{}', '', '2023-06-01')",
                date(2023, 5, 20),
            )
