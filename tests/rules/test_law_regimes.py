"""法规时期: what changes for a household on 2026-07-01, what does not, and what before 2021-07-01 nobody may guess."""

from datetime import date
from typing import Any

import pytest

from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess
from opendibao.rules.book import rule_book
from opendibao.rules.case import parse_case

OLD, NEW = "2026-06-30", "2026-07-01"
STANDARD_SINCE_2014 = {"standard.rural": [{"from": "2014-05-01", "value": 740}]}


def _decide(members: list[dict[str, Any]], on: str, **more: Any) -> Answer:
    case = {"decision_date": on, "policy": "jx-demo-2024", "area": "rural", "members": members}
    return assess(parse_case(case | {"property": {"financial_assets": 0, "dwellings": 1}} | more))


def _head(**more: Any) -> dict[str, Any]:
    return {"name": "甲", "born": "1980-01-01", "relation": "head"} | more


def _earning(monthly: int) -> list[dict[str, Any]]:
    return [{"kind": "other", "amount": monthly, "per": "month"}]


def _edge_family(**of_the_brother: Any) -> list[dict[str, Any]]:
    """三口 2700 元：2700÷3=900，在 740 与 1110 之间；弟弟没有收入."""
    return [
        _head(income=_earning(2700)),
        {"name": "乙", "born": "1982-01-01", "relation": "spouse"},
        {"name": "丙", "born": "1985-01-01", "relation": "sibling"} | of_the_brother,
    ]


def _codes(answer: Answer) -> dict[str, str]:
    return {reason.code: reason.clause for reason in answer.reasons}


def test_before_july_2021_the_old_text_is_not_at_hand_and_nobody_guesses() -> None:
    before = _decide([_head()], "2021-06-30", overrides=STANDARD_SINCE_2014)
    after = _decide([_head()], "2021-07-01", overrides=STANDARD_SINCE_2014)

    assert (before.outcome, before.monthly_benefit_fen, before.payments) == ("rule_gap", 0, [])
    assert "2021-07-01以前适用《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）" in before.reasons[0].zh
    assert "请按原文人工认定" in before.reasons[0].zh
    assert after.outcome == "dibao"


def test_a_month_paid_under_the_old_text_is_not_recomputed_by_a_later_one() -> None:
    answer = _decide([_head()], "2021-08-10", overrides=STANDARD_SINCE_2014, paid={"2021-06": 500})

    assert answer.outcome == "rule_gap"
    assert "220号" in answer.reasons[0].zh


def test_the_law_takes_over_the_clauses_and_leaves_the_amount() -> None:
    # 740×2−560 = 920 under both
    couple = [_head(income=_earning(560)), {"name": "乙", "born": "1982-01-01", "relation": "spouse"}]

    old, new = _decide(couple, OLD), _decide(couple, NEW)

    assert (old.monthly_benefit_fen, new.monthly_benefit_fen) == (92000, 92000)
    assert _codes(old)["dibao"] == "社会救助暂行办法第九条"
    assert _codes(new)["dibao"] == "社会救助法第十八条第一款"
    assert _codes(old)["amount"] == "社会救助暂行办法第十二条第一款；民发〔2021〕57号第二十三条"
    assert _codes(new)["amount"] == "社会救助法第十八条第二款；民发〔2021〕57号第二十三条"


def test_no_rule_of_the_new_law_rests_on_the_old_regulation() -> None:
    rules = rule_book().on(date(2026, 7, 1)).order

    assert [rule.name for rule in rules if "社会救助暂行办法" in rule.clause] == []


@pytest.mark.parametrize(
    ("monthly", "code", "old", "new"),
    [
        # 890 in [740, 1110): edge; 2000 above: none
        (890, "edge", "民发〔2021〕57号第八条第二款", "社会救助法第二十一条第一款；民发〔2021〕57号第八条第二款"),
        (2000, "none", "民发〔2021〕57号第二十一条", "社会救助法第四十五条；民发〔2021〕57号第二十一条"),
    ],
)
def test_the_refused_are_told_by_the_law_of_the_day(monthly: int, code: str, old: str, new: str) -> None:
    person = [_head(income=_earning(monthly))]

    assert _codes(_decide(person, OLD))[code] == old
    assert _codes(_decide(person, NEW))[code] == new


def test_special_hardship_is_covered_alone_from_the_law_on() -> None:
    family = _edge_family(special_hardship=True)

    old, new = _decide(family, OLD), _decide(family, NEW)

    assert (old.outcome, old.monthly_benefit_fen) == ("edge", 0)
    assert (new.outcome, new.monthly_benefit_fen) == ("single_person", 74000)
    assert _codes(new)["single_person"].startswith("社会救助法第二十一条第二款")


def test_special_hardship_was_covered_before_only_where_the_county_said_so() -> None:
    said_so = {"single_person.special_hardship": [{"from": "2024-01-01", "value": 1}]}

    answer = _decide(_edge_family(special_hardship=True), "2024-05-20", overrides=said_so)

    assert (answer.outcome, answer.monthly_benefit_fen) == ("single_person", 74000)


def test_special_hardship_with_an_income_of_the_standard_is_not_covered_alone() -> None:
    # 1960+740 = 2700 as before, but the brother himself has 740
    family = _edge_family(special_hardship=True, income=_earning(740))
    family[0]["income"] = _earning(1960)

    assert _decide(family, NEW).outcome == "edge"


@pytest.mark.parametrize("on", ["2024-05-20", NEW])
def test_who_the_province_leaves_out_is_no_member(on: str) -> None:
    answer = _decide(_edge_family(excluded_by_province=True), on)

    # 2700÷2 = 1350 is above 1110
    assert (answer.members, answer.outcome) == (2, "none")
    assert _codes(answer)["not_member_by_province"] == "民发〔2021〕57号第七条第二款第三项"


def test_a_tekun_pupil_of_eighteen_goes_on_being_supported_under_the_law() -> None:
    pupil = [_head(born="2008-03-01", already="tekun", study="senior_high")]

    old, new = _decide(pupil, OLD), _decide(pupil, NEW)

    assert (old.outcome, new.outcome) == ("none", "tekun")
    assert _codes(new)["tekun"] == "社会救助法第十六条第一款、第三款"
    assert "继续供养" in new.reasons[-1].zh


@pytest.mark.parametrize(
    ("born", "study", "outcome"),
    [
        ("2008-07-01", "vocational", "tekun"),  # eighteen on the day
        ("2008-07-01", "college", "none"),
        ("2008-07-01", None, "none"),
    ],
)
def test_the_support_goes_on_up_to_senior_high_only(born: str, study: str | None, outcome: str) -> None:
    assert _decide([_head(born=born, already="tekun", study=study)], NEW).outcome == outcome


def test_a_pupil_who_goes_on_as_tekun_is_not_counted_in_his_grandfather_s_household() -> None:
    family = [
        _head(born="1960-01-01", income=_earning(100)),
        {"name": "孙", "born": "2008-03-01", "relation": "grandchild", "already": "tekun", "study": "senior_high"},
    ]

    answer = _decide(family, NEW, supporters=[{"name": "子", "of": "甲", "income": {"amount": 0, "per": "month"}}])

    # one person: 740−100 = 640
    assert (answer.outcome, answer.members, answer.monthly_benefit_fen) == ("dibao", 1, 64000)
    assert _codes(answer)["not_member_stays_tekun"] == "社会救助法第十六条第三款"


def test_an_orphan_of_seventeen_at_school_is_tekun_under_the_law() -> None:
    orphan = [_head(born="2009-03-01", study="senior_high")]

    old, new = _decide(orphan, OLD), _decide(orphan, NEW)

    # 740 and a tenth of it for a minor
    assert (old.outcome, old.monthly_benefit_fen) == ("dibao", 81400)
    assert new.outcome == "tekun"


def test_a_cleric_who_applies_alone_is_a_household_of_one() -> None:
    answer = _decide([_head(absent="cleric_over_3_years")], "2024-05-20")

    assert (answer.outcome, answer.monthly_benefit_fen) == ("dibao", 74000)
    assert _codes(answer)["member_cleric_alone"] == "民发〔2021〕57号第八条第一款第三项"


def test_a_place_may_reduce_the_share_instead_of_stopping_it() -> None:
    # gap 740×2−560 = 920; the refusing half counts half: 920×¾ = 690
    half = {"work.refusal_cut": [{"from": "2024-01-01", "value": "0.5"}]}
    couple = [
        _head(work_refusals=3, income=_earning(560)),
        {"name": "乙", "born": "1982-01-01", "relation": "spouse"},
    ]

    answer = _decide(couple, "2024-05-20", overrides=half)

    assert answer.monthly_benefit_fen == 69000
    assert [r.zh for r in answer.reasons if r.code == "share_reduced"] == ["甲连续拒绝介绍的工作，其本人份额减为50%"]


@pytest.mark.parametrize(
    ("on", "month", "limits", "clause"),
    [
        # paid 1000, due 740: 260 too much; 1 to 3 times, then up to 2 times
        ("2024-05-20", "2024-05", "260.00元以上780.00元以下", "社会救助暂行办法第六十八条"),
        (NEW, "2026-07", "处520.00元以下", "社会救助法第七十三条"),
    ],
)
def test_what_was_paid_too_much_is_told_with_the_fine_of_the_regime(
    on: str, month: str, limits: str, clause: str
) -> None:
    answer = _decide([_head()], on, paid={month: 1000})

    assert answer.recover_fen == 26000
    told = {reason.code: reason for reason in answer.reasons}
    assert "260.00元，应当退回" in told["recover"].zh
    assert limits in told["recovery_fine_limit"].zh
    assert told["recovery_fine_limit"].clause == clause


def test_nothing_paid_too_much_needs_no_sentence() -> None:
    answer = _decide([_head()], "2024-05-20", paid={"2024-05": 740})

    assert {"recover", "recovery_fine_limit"} & set(_codes(answer)) == set()


def test_who_is_covered_alone_and_refuses_work_loses_his_money() -> None:
    answer = _decide(_edge_family(special_hardship=True, work_refusals=3), NEW)

    assert (answer.outcome, answer.monthly_benefit_fen) == ("single_person", 0)
    assert _codes(answer)["share_stopped"] == "民发〔2021〕57号第三十四条"
