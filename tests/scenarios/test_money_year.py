"""不走直路的钱: every unusual payment of a lived year, found by the plan's household number and counted to the fen."""

from datetime import date
from typing import Any

import pytest

from opendibao.demo.county import plan_county
from opendibao.demo.plan import CaseFacts, CountyPlan
from opendibao.demo.targets import parse_targets
from opendibao.demo.ways import way_of
from opendibao.kernel.month import add_months
from opendibao.kernel.workdays import pay_due
from opendibao.rules.assess import assess_many
from tests.built import BuiltCounty
from tests.demo.builders import case_of, targets_text

HOME = "(SELECT id FROM registry_household WHERE number = %s)"
SENDINGS = f"""
SELECT a.number, a.state, a.amount_fen, a.booked_on, a.reason, l.kind, r.month
FROM payment_payline l JOIN payment_attempt a ON a.line_id = l.id JOIN payment_payrun r ON r.id = a.run_id
WHERE l.household_id = {HOME} AND l.month = %s ORDER BY a.number
"""
MATTERS = f"""
SELECT x.kind, x.owner, x.resolution, x.settled_on IS NOT NULL FROM payment_reconexception x
JOIN payment_attempt a ON a.e2e = x.attempt_id JOIN payment_payline l ON l.id = a.line_id
WHERE l.household_id = {HOME} AND l.month = %s ORDER BY a.number, x.id
"""
MAKER, CHECKER, FINANCE = "周编制", "李审核", "钱财政"


@pytest.fixture(scope="module")
def plan() -> CountyPlan:
    """What was planned for the small county."""
    return plan_county(parse_targets(targets_text()))


def way(plan: CountyPlan, kind: str) -> tuple[str, date]:
    found = way_of(plan, kind)
    assert found, f"没有{kind}"
    return found.number, found.month


def benefit(plan: CountyPlan, facts: CaseFacts, on: date) -> int:
    """What the rules say of facts on a day, in fen a month."""
    (answer,) = assess_many([case_of(plan, facts, on)])
    return answer.monthly_benefit_fen


def old_benefit(plan: CountyPlan, number: str) -> int:
    old = next(o for o in plan.opening if o.household.number == number)
    return benefit(plan, old.household.facts, old.decided_on)


def debt(county: BuiltCounty, number: str) -> dict[str, Any]:
    """What a household must give back: counted, in cash, set off, waived, left; and who settled it."""
    sql = f"""
        SELECT v.amount_fen, v.outcome, v.made_by, v.settled_by, v.way, v.monthly_fen, receivable_left(v.id),
          (SELECT coalesce(sum(fen), 0)::bigint FROM payment_cashreturn c WHERE c.receivable_id = v.id),
          (SELECT coalesce(array_agg(o.fen ORDER BY o.id), '{{}}') FROM payment_offset o WHERE o.receivable_id = v.id),
          (SELECT coalesce(sum(fen), 0)::bigint FROM payment_waiver w
           WHERE w.receivable_id = v.id AND w.outcome = 'approved'),
          (SELECT array_agg(month ORDER BY month) FROM payment_receivablemonth m WHERE m.receivable_id = v.id)
        FROM payment_receivable v WHERE v.household_id = {HOME}
    """
    ((*values,),) = county.rows(sql, number)
    names = ("fen", "outcome", "made_by", "settled_by", "way", "monthly", "left", "cash", "offsets", "waived", "months")
    return dict(zip(names, values, strict=True))


@pytest.mark.parametrize("kind", ["unknown", "absent", "differs"])
def test_what_the_bank_said_late_or_wrongly_is_paid_as_it_was_sent(
    small_county: BuiltCounty, plan: CountyPlan, kind: str
) -> None:
    number, month = way(plan, kind)

    ((attempt, state, fen, booked_on, _, line, run_month),) = small_county.rows(SENDINGS, number, month)
    ((noted, owner, resolution, is_settled),) = small_county.rows(MATTERS, number, month)

    assert (attempt, state, line, run_month) == (1, "paid", "regular", month)
    assert fen == old_benefit(plan, number)
    assert booked_on <= pay_due(month)
    assert (noted, owner, resolution, is_settled) == (kind, CHECKER, "bank", True)
    answers = small_county.rows(
        f"""SELECT t.word, t.verdict, t.fen FROM payment_inboundline t JOIN payment_attempt a ON a.e2e = t.attempt_id
        JOIN payment_payline l ON l.id = a.line_id WHERE l.household_id = {HOME} AND l.month = %s ORDER BY t.id""",
        number, month,
    )  # fmt: skip
    first = {"unknown": [("未知", "fits", fen)], "absent": [], "differs": [("成功", "amount", fen - 1000)]}
    assert answers == [*first[kind], ("成功", "fits", fen)]


def test_what_came_back_twice_is_paid_the_third_time(small_county: BuiltCounty, plan: CountyPlan) -> None:
    number, month = way(plan, "twice")

    sent = small_county.rows(SENDINGS, number, month)
    matters = small_county.rows(MATTERS, number, month)

    assert [(attempt, state) for attempt, state, *_ in sent] == [(1, "returned"), (2, "returned"), (3, "paid")]
    assert {fen for _, _, fen, *_ in sent} == {old_benefit(plan, number)}
    assert [reason for *_, reason, _, _ in sent][1:] == ["账户已冻结", ""]
    assert [(kind, way, done) for kind, _, way, done in matters] == [("returned", "reissue", True)] * 2
    accounts = small_county.one(
        f"SELECT count(DISTINCT number) FROM registry_bankaccount WHERE household_id = {HOME}", number
    )
    assert accounts == 3


def test_who_was_found_dead_is_held_back_and_given_up(small_county: BuiltCounty, plan: CountyPlan) -> None:
    number, month = way(plan, "found_dead")

    ((fen, kind, outcome, held_by, settled_by, month_of_line),) = small_county.rows(
        f"""SELECT k.amount_fen, f.kind, k.outcome, k.held_by, k.settled_by, l.month FROM payment_hold k
        JOIN payment_payline l ON l.id = k.line_id
        JOIN payment_finding f ON f.run_id = k.run_id AND f.household_id = l.household_id
        WHERE l.household_id = {HOME}""",
        number,
    )  # fmt: skip

    assert (kind, outcome, held_by, settled_by, month_of_line) == ("dead", "cancelled", MAKER, CHECKER, month)
    assert fen == old_benefit(plan, number)
    assert small_county.rows(SENDINGS, number, month) == []
    assert (
        small_county.one(
            f"SELECT count(*) FROM payment_payline WHERE household_id = {HOME} AND month > %s", number, month
        )
        == 0
    )
    paid = small_county.one(
        f"""SELECT sum(g.fen) FROM payment_ledgerleg g JOIN payment_payline l ON l.id = g.line_id
        WHERE g.account = 'suspended' AND l.household_id = {HOME}""", number
    )  # fmt: skip
    assert paid == 0


def test_suspended_for_two_months_and_paid_for_both_in_the_third(small_county: BuiltCounty, plan: CountyPlan) -> None:
    number, first = way(plan, "suspended")
    back = add_months(first, 2)

    lines = small_county.rows(
        f"""SELECT r.month, l.month, l.kind, l.amount_fen, a.state FROM payment_payline l
        JOIN payment_payrun r ON r.id = l.run_id JOIN payment_attempt a ON a.line_id = l.id
        WHERE l.household_id = {HOME} ORDER BY r.month, l.month""", number
    )  # fmt: skip
    ((made_by, settled_by, lifted_by, until),) = small_county.rows(
        f"SELECT made_by, settled_by, lifted_by, until_month FROM payment_suspension WHERE household_id = {HOME}",
        number,
    )

    fen = old_benefit(plan, number)
    assert [line for line in lines if line[0] <= back and line[0] >= first] == [
        (back, first, "supplement", fen, "paid"),
        (back, add_months(first, 1), "supplement", fen, "paid"),
        (back, back, "regular", fen, "paid"),
    ]
    assert sum(line[3] for line in lines) == 12 * fen
    assert (made_by, settled_by, lifted_by, until) == (MAKER, CHECKER, CHECKER, back)
    assert small_county.rows(
        f"SELECT DISTINCT made_by, settled_by FROM payment_payorder WHERE household_id = {HOME}", number
    ) == [(CHECKER, MAKER)]


def test_a_decision_after_the_freeze_is_paid_with_the_next_list(small_county: BuiltCounty, plan: CountyPlan) -> None:
    number, month = way(plan, "late_decision")
    entry = next(e for e in plan.entries if e.household.number == number)
    missed, next_list = add_months(month, 1), add_months(month, 2)

    lines = small_county.rows(
        f"""SELECT r.month, l.month, l.kind, l.amount_fen, a.state FROM payment_payline l
        JOIN payment_payrun r ON r.id = l.run_id JOIN payment_attempt a ON a.line_id = l.id
        WHERE l.household_id = {HOME} ORDER BY r.month, l.month LIMIT 2""", number
    )  # fmt: skip

    fen = benefit(plan, entry.household.facts, entry.decided_on)
    assert lines == [
        (next_list, missed, "supplement", fen, "paid"), (next_list, next_list, "regular", fen, "paid"),
    ]  # fmt: skip
    assert small_county.rows(
        f"SELECT made_by, settled_by, amount_fen FROM payment_payorder WHERE household_id = {HOME}", number
    ) == [(MAKER, CHECKER, fen)]


def test_a_death_told_late_is_given_back_in_cash_and_in_instalments(
    small_county: BuiltCounty, plan: CountyPlan
) -> None:
    number, month = way(plan, "set_off")
    change = next(c for c in plan.changes if c.number == number)
    too_much = old_benefit(plan, number) - benefit(plan, change.facts, change.decided_on)

    found = debt(small_county, number)
    sent = small_county.rows(
        f"""SELECT l.month, l.amount_fen - a.amount_fen FROM payment_payline l
        JOIN payment_attempt a ON a.line_id = l.id
        WHERE l.household_id = {HOME} AND a.amount_fen <> l.amount_fen ORDER BY l.month""", number
    )  # fmt: skip

    assert found["months"] == [add_months(month, -1), month]
    assert found["fen"] == 2 * too_much
    assert (found["offsets"], found["waived"], found["left"]) == ([3000, 3000, 3000], 0, 0)
    assert found["cash"] == 2 * too_much - 9000
    assert (found["made_by"], found["settled_by"]) == (MAKER, CHECKER)
    assert sent == [(add_months(month, count), 3000) for count in (1, 2, 3)]


def test_a_job_told_late_is_half_given_back_and_half_waived_by_finance(
    small_county: BuiltCounty, plan: CountyPlan
) -> None:
    number, month = way(plan, "late_income")

    found = debt(small_county, number)
    waiver = small_county.rows(
        f"""SELECT w.made_by, w.settled_by, w.fen FROM payment_waiver w
        JOIN payment_receivable v ON v.id = w.receivable_id WHERE v.household_id = {HOME}""", number
    )  # fmt: skip

    fen = 2 * old_benefit(plan, number)
    assert found["months"] == [add_months(month, -1), month]
    assert found["fen"] == fen
    assert found["cash"] == fen // 200 * 100
    assert waiver == [(MAKER, FINANCE, fen - found["cash"])]
    assert found["left"] == 0


def test_the_year_ends_with_a_debt_that_is_agreed_and_one_that_waits(
    small_county: BuiltCounty, plan: CountyPlan
) -> None:
    agreed, waiting = (debt(small_county, way(plan, kind)[0]) for kind in ("year_end", "waiting_claim"))

    assert (agreed["outcome"], agreed["way"], agreed["offsets"]) == ("approved", "offset", [])
    assert agreed["left"] == agreed["fen"] > 0
    assert agreed["monthly"] == min(5000, agreed["fen"])
    number, month = way(plan, "waiting_claim")
    assert (waiting["outcome"], waiting["made_by"], waiting["settled_by"]) == ("", MAKER, "")
    assert waiting["fen"] == 2 * old_benefit(plan, number)
    assert waiting["months"] == [add_months(month, -1), month]


def test_accounts_change_by_two_and_one_waits_for_the_second(small_county: BuiltCounty, plan: CountyPlan) -> None:
    sql = f"SELECT state, cause, made_by <> settled_by, how FROM registry_accountchange WHERE household_id = {HOME}"
    lost, waiting = (way(plan, kind)[0] for kind in ("lost", "waiting"))

    assert small_county.rows(sql, lost) == [("confirmed", "lost", True, "telephone")]
    assert small_county.rows(sql, waiting) == [("waiting", "closed", True, "")]
    # the next list after the change is looked at because of it
    month = add_months(way(plan, "lost")[1], 1)
    assert small_county.rows(
        f"""SELECT f.kind, f.outcome FROM payment_finding f JOIN payment_payrun r ON r.id = f.run_id
        WHERE f.household_id = {HOME} AND r.month = %s""", lost, month
    ) == [("account_changed", "accepted")]  # fmt: skip


def test_a_proxy_and_a_kept_card_rest_on_agreements_that_the_county_filed(
    small_county: BuiltCounty, plan: CountyPlan
) -> None:
    ((relation, takes_account, by_two, paper),) = small_county.rows(
        f"""SELECT p.relation, p.takes_account, p.made_by <> p.filed_by, k.content FROM registry_proxy p
        JOIN registry_householdpaper k ON k.id = p.paper_id WHERE p.household_id = {HOME}""", way(plan, "proxy")[0]
    )  # fmt: skip
    ((custodian, filed_by, checked_by, fits),) = small_county.rows(
        f"""SELECT c.custodian, c.filed_by, k.checked_by, k.is_there AND k.is_paid_out FROM registry_custody c
        JOIN registry_custodycheck k ON k.custody_id = c.id WHERE c.household_id = {HOME}""", way(plan, "custody")[0]
    )  # fmt: skip

    assert (relation, takes_account, by_two) == ("neighbour", False, True)
    assert bytes(paper).startswith(b"%PDF-")
    assert filed_by == CHECKER
    assert checked_by not in (custodian, filed_by)
    assert fits


def test_money_of_every_level_is_there_when_its_file_goes_out(small_county: BuiltCounty) -> None:
    late = small_county.rows(
        "SELECT amount_fen > 0 FROM budget_fundarrival WHERE level = 'county' AND arrived_on > due_on"
    )

    assert late == [(True,)]
    assert small_county.one("SELECT count(*) FROM payment_payrun WHERE sent_on IS NOT NULL") == 12
    assert small_county.figures["indicator.arrived_rate"]["value"] == "100.00%"


def test_next_years_standard_is_scheduled_and_its_uprating_waits(small_county: BuiltCounty) -> None:
    month = date(2025, 2, 1)

    changes = small_county.rows(
        "SELECT path, since, is_verified, drafted_by, approved_by, state FROM rulemaking_parameterchange ORDER BY path"
    )
    ((state, prepared_by, households, increased, lines),) = small_county.rows(
        """SELECT state, prepared_by, households, increased,
          (SELECT count(*) FROM decision_upratingline l WHERE l.uprating_id = u.id) FROM decision_uprating u
        WHERE effective_month = %s""", month
    )  # fmt: skip

    assert changes == [(f"standard.{area}", month, False, MAKER, CHECKER, "scheduled") for area in ("rural", "urban")]
    assert (state, prepared_by) == ("prepared", MAKER)
    assert lines == households > 0
    assert increased > households * 9 // 10
    assert small_county.one("SELECT count(*) FROM decision_decision WHERE decided_on >= '2025-01-01'") == 0


def test_the_books_are_clean_and_the_printed_sums_are_those_of_the_targets(small_county: BuiltCounty) -> None:
    verified = small_county.run("ledger", "verify")

    assert verified.returncode == 0, verified.stderr
    assert {name: small_county.figures[name]["value"] for name in ("paid.rural", "paid.urban", "paid")} == {
        "paid.rural": "177.84", "paid.urban": "56.06", "paid": "233.90",
    }  # fmt: skip


def test_every_month_is_in_the_accounts_in_time(small_county: BuiltCounty) -> None:
    assert small_county.figures["indicator.09"]["value"] == "100.00%"
