"""核算说明: what a family and an auditor read on paper; counted by hand from domain.md §13 (G01, G06, G08)."""

import io
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from pypdf import PdfReader

from opendibao.decision.explaining import Explained
from opendibao.decision.queries import DecisionRow
from opendibao.reporting.note_audit import audit_note
from opendibao.reporting.note_family import family_note
from opendibao.reporting.note_file import note_pdf
from opendibao.rules.assess import assess
from opendibao.rules.case import parse_case
from opendibao.rules.outlook import outlook
from tests.rules.worked_cases import worked


@cache
def told(name: str) -> Explained:
    case = parse_case(worked(name)["case"])
    answer = assess(case, document="2024年5月9日入户调查表")
    start = date(2024, 6, 1) if answer.payments else None
    row = DecisionRow(
        pk=1, number="低保决〔2024〕00001号", household_id=1, case_id=1, division="999999001001", area=case.policy,
        kind="confirm", kind_zh="确认同意", cause="application", cause_zh="申请", outcome=answer.outcome,
        decided_on=case.decision_date, maker="周编制", approver="李审核", persons=answer.members,
        amount_fen=answer.monthly_benefit_fen, supplement_fen=answer.supplement_fen, gap_fen=answer.gap_before_fen,
        first_month=start, last_month=None, ended_on=None, rule_set=answer.rule_set, facts={}, letter="",
    )  # fmt: skip
    return Explained(
        row, case, answer, outlook(case), "2024年5月9日入户调查表", "甲镇", "社会救助暂行办法第六十五条",
        "社会救助暂行办法第十三条",
    )  # fmt: skip


def sums(name: str) -> list[tuple[str, str]]:
    rows = family_note(told(name))["sums"]
    return [(row["zh"], row["amount"]) for row in rows]  # type: ignore[attr-defined]


def pages(found: Explained, form: str) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(note_pdf(found, form))).pages]


def test_a_family_can_follow_the_arithmetic() -> None:
    # wages 1200 × 8 − 200 × 8 = 8000; 6 mu × 500 = 3000; 740 × 12 × 3 = 26640; 15640 ÷ 12 = 1303.33, up to 1304
    assert sums("G01") == [
        ("一起生活的人", "3 人"),
        ("全家一年的保障线", "26,640.00 元"),
        ("工资性收入", "8,000.00 元"),
        ("种植收入", "3,000.00 元"),
        ("全家一年的收入", "11,000.00 元"),
        ("一年差多少", "15,640.00 元"),
        ("每月补差", "1,304.00 元"),
        ("子的分类施保", "74.00 元"),
        ("每月一共", "1,378.00 元"),
    ]


def test_the_amount_comes_first_and_large() -> None:
    note = family_note(told("G01"))

    assert note["big"] == "每月 1,378.00 元"
    assert note["under"] == "从 2024 年 6 月起，打到你家的银行账户"
    assert pages(told("G01"), "family")[0].startswith("低保金核算说明夫家庭每月1,378.00元")


def test_what_would_change_it_is_said_plainly() -> None:
    # 15640 ÷ 12 = 1303.33 a month more reaches the line
    changes = family_note(told("G01"))["changes"]

    assert "全家月收入再多1,303.34元，就不再按月领保障金（结果变为“低保边缘家庭”）。" in changes  # type: ignore[operator]


def test_it_says_what_to_report_whom_to_ask_and_how_to_object() -> None:
    text = "".join(pages(told("G01"), "family"))

    assert "请及时告诉甲镇（社会救助暂行办法第十三条）" in text
    assert "可以依法申请行政复议，也可以提起行政诉讼（社会救助暂行办法第六十五条）" in text


def test_a_refused_family_reads_the_kind_and_why() -> None:
    note = family_note(told("G06"))

    assert note["big"] == "不符合条件"
    assert note["under"] == "不按月发放低保金"
    assert any("住房" in why for why in note["why"])  # type: ignore[attr-defined]
    assert "每月一共" not in [zh for zh, _ in sums("G06")]


def test_medical_bills_are_taken_off_in_sight() -> None:
    # G10: the wife's bills are larger than the income
    assert any(zh == "减去看病、护理等刚性支出" and amount.startswith("−") for zh, amount in sums("G10"))


def test_who_is_covered_alone_reads_his_own_amount() -> None:
    said = dict(sums("G08"))

    assert said["每月一共"] == "888.00 元"
    assert said["子的分类施保"] == "148.00 元"  # 20 % of 740


def test_a_missing_rule_leaves_no_arithmetic() -> None:
    assert sums("G15") == []
    assert "规则缺失" in "".join(pages(told("G15"), "family"))


def test_an_auditor_finds_every_step_with_its_id_and_the_hash() -> None:
    found = told("G01")
    text = "".join(pages(found, "audit"))

    assert found.answer.rule_set in text
    for step in found.answer.trace:
        assert step.name in text.replace("\u200b", ""), step.name


def test_an_auditor_reads_values_clauses_and_documents_of_numbers() -> None:
    steps = {step["id"]: step for step in audit_note(told("G01"))["steps"]}  # type: ignore[attr-defined]

    standard = steps["standard"]["parameters"]
    assert {
        "path": "standard.rural", "zh": "农村最低生活保障标准（每人每月）", "value": "740.00元", "since": "2023-01-01",
        "source": "演示参数包 jx-demo-2024（合成）", "verified": False,
    } in standard  # fmt: skip
    assert steps["net_pay"]["inputs"][0] == "一年劳动报酬＝9600.00元（members[0].income（wages））"
    assert "月保障标准＝740.00元（步骤 standard）" in steps["line_year"]["inputs"]


def test_an_auditor_is_told_where_decision_and_rules_differ() -> None:
    found = told("G01")
    other = replace(found, decision=replace(found.decision, amount_fen=137_700))

    assert dict(audit_note(other)["heads"])["决定金额"].endswith("与重算不一致，请核对")  # type: ignore[call-overload]
    assert dict(audit_note(found)["heads"])["决定金额"].endswith("与重算一致")  # type: ignore[call-overload]


def test_pages_are_numbered() -> None:
    for form in ("family", "audit"):
        found = pages(told("G01"), form)
        assert f"第{len(found)}页，共{len(found)}页" in found[-1]


def test_a_name_that_the_font_lacks_is_marked_and_hostile_text_stays_text() -> None:
    found = told("G01")
    nasty = replace(found, town="#panic(1) \ue000 $x$")

    text = "".join(pages(nasty, "family"))

    assert "#panic(1)〓" in text.replace("$x$", "")
    assert "U+E000" in text


def test_there_is_no_third_form() -> None:
    with pytest.raises(KeyError):
        note_pdf(told("G01"), "press")


def test_what_was_not_rounded_and_not_earned_is_not_said_to_be() -> None:
    rounded, exact = ({row["zh"]: row["how"] for row in family_note(told(name))["sums"]} for name in ("G01", "G03"))  # type: ignore[attr-defined]

    assert rounded["每月补差"] == "15,640.00 ÷ 12，不足一元的进到一元"
    assert rounded["全家一年的收入"] == "上面几项相加"
    assert exact["每月补差"] == "8,880.00 ÷ 12"  # 740 × 12
    assert exact["全家一年的收入"] == "没有要计入的"
