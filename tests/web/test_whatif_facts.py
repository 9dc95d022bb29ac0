"""假设之后: a member's facts in words, and what they become when something else is supposed of him."""

from datetime import date
from typing import Any

import pytest

from opendibao.web.whatif_facts import Facts, said_disability, said_spending, said_wages, suppose

TODAY = date(2025, 1, 6)
AS_IT_IS = {
    "wage": None, "months": None, "other": None, "medical": None, "ill": "", "disability": "", "grade": "", "gone": "",
}  # fmt: skip
JOB = {"kind": "wages", "amount": 1200, "per": "month", "months": 8}
FARM = {"kind": "farming", "mu": 6}


def supposed(member: Facts, **given: Any) -> Facts:
    """The member after it."""
    suppose(member, {**AS_IT_IS, **given}, TODAY)
    return member


class TestWords:
    def test_every_job_is_said(self) -> None:
        yearly = {"kind": "wages", "amount": "9000.50", "per": "year"}
        assert said_wages({"income": [JOB, FARM, yearly]}) == "1,200.00 元 × 8 个月、一年 9,000.50 元"
        assert said_wages({}) == "没有"

    def test_a_years_spending_is_summed(self) -> None:
        # 100 × 12 + 500
        items = [
            {"kind": "medical_self_paid", "amount": 100, "per": "month"},
            {"kind": "medical_self_paid", "amount": 500, "per": "year"},
            {"kind": "education", "amount": 900, "per": "year"},
        ]
        assert said_spending({"spending": items}, "medical_self_paid") == "1,700.00 元"

    def test_a_disability_has_kind_and_grade(self) -> None:
        assert said_disability({"disability": {"kind": "physical", "grade": 2}}) == "肢体 2 级"
        assert said_disability({}) == "没有"


class TestSupposing:
    def test_nothing_supposed_changes_nothing(self) -> None:
        assert supposed({"name": "甲", "income": [JOB]}) == {"name": "甲", "income": [JOB]}

    def test_a_wage_takes_the_place_of_every_job_and_leaves_the_fields(self) -> None:
        member = supposed({"income": [JOB, FARM, JOB]}, wage=150_000)
        assert member["income"] == [FARM, {"kind": "wages", "amount": "1500.00", "per": "month", "months": 12}]

    def test_months_alone_change_the_job_and_make_none(self) -> None:
        assert supposed({"income": [JOB]}, months=3)["income"] == [{**JOB, "months": 3}]
        assert supposed({}, months=3)["income"] == []

    def test_more_income_comes_on_top(self) -> None:
        member = supposed({"income": [FARM]}, other=10_000)
        assert member["income"] == [FARM, {"kind": "other", "amount": "100.00", "per": "month"}]

    def test_another_medical_bill_takes_the_place_of_the_old(self) -> None:
        old = {"kind": "medical_self_paid", "amount": 5, "per": "year"}
        member = supposed({"spending": [old]}, medical=0)
        assert member["spending"] == [{"kind": "medical_self_paid", "amount": "0.00", "per": "year"}]

    def test_a_grade_alone_keeps_the_kind_and_none_takes_it_away(self) -> None:
        assert supposed({"disability": {"kind": "visual", "grade": 3}}, grade="1")["disability"] == {
            "kind": "visual", "grade": 1,
        }  # fmt: skip
        assert supposed({"disability": {"kind": "visual", "grade": 3}}, disability="none")["disability"] is None

    @pytest.mark.parametrize(
        ("gone", "what"),
        [
            ("died", {"died": "2025-01-06"}),
            ("missing", {"absent": "missing"}),
            ("married_out", {"married_out": True, "lives_together": False}),
            ("apart", {"lives_together": False}),
            ("here", {"absent": None, "lives_together": True}),
        ],
    )
    def test_who_is_gone_and_who_is_back(self, gone: str, what: Facts) -> None:
        member = supposed({"absent": "prison"}, gone=gone)
        assert {name: member[name] for name in what} == what
