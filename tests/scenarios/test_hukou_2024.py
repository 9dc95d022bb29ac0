"""湖口的一年: the whole demonstration county, asked from outside: its files, its commands, its tables."""

from datetime import date

import pytest

from opendibao.kernel.workdays import pay_due, workdays_between
from tests.built import BuiltCounty

pytestmark = pytest.mark.county
# one in 1,500 of the twelve lines of 4,437 unchanged households, and the family of the guide; one of them twice
RETURNED = 4437 * 12 // 1500 + 1 + 1

# what the targets file asks for; each is counted by the pipeline from rows
WANTED = {
    "opening.households": "5427", "opening.persons": "10427",
    "entered.households": "436", "entered.persons": "793",
    "left.households": "586", "left.persons": "1483",
    "households": "5277", "persons": "9737",
    "rural.households": "4519", "rural.persons": "8520",
    "urban.households": "758", "urban.persons": "1217",
    "paid.rural": "5331.78", "paid.urban": "968.59", "paid": "6300.38",
}  # fmt: skip


def test_the_year_prints_the_figures_that_the_targets_ask_for(hukou_county: BuiltCounty) -> None:
    figures = hukou_county.figures

    assert {name: figures[name]["value"] for name in WANTED} == WANTED


def test_the_three_printed_sums_come_from_one_ledger(hukou_county: BuiltCounty) -> None:
    booked = dict(
        hukou_county.rows("SELECT area, sum(fen)::bigint FROM payment_ledgerleg WHERE account = 'paid' GROUP BY area")
    )

    opened = {name: hukou_county.evidence(name)["sum_fen"] for name in ("paid.rural", "paid.urban", "paid")}

    assert opened == {
        "paid.rural": booked["rural"], "paid.urban": booked["urban"], "paid": booked["rural"] + booked["urban"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "figure", ["households", "rural.persons", "entered.persons", "left.households", "left.persons"]
)
def test_a_count_is_the_number_of_its_rows(hukou_county: BuiltCounty, figure: str) -> None:
    opened = hukou_county.evidence(figure)

    assert str(opened["rows"]) == opened["value"] == WANTED[figure]
    assert opened["count"] == opened["rows"]


def test_every_entry_went_the_whole_way_in_order(hukou_county: BuiltCounty) -> None:
    steps = hukou_county.rows(
        """
        SELECT c.applied_on, c.accepted_on, m.answered_on, s.surveyed_on, v.held_on, n.posted_on, n.ends_on,
          o.reported_on, d.decided_on, m.answers, d.maker <> d.approver
        FROM decision_decision d JOIN intake_case c ON c.id = d.case_id
        CROSS JOIN LATERAL (SELECT max(answered_on) AS answered_on, count(*) AS answers FROM verification_matchresult
          WHERE case_id = c.id) m
        CROSS JOIN LATERAL (SELECT max(surveyed_on) AS surveyed_on FROM verification_survey WHERE case_id = c.id) s
        CROSS JOIN LATERAL (SELECT max(g.held_on) AS held_on FROM decision_reviewvote w
          JOIN decision_reviewmeeting g ON g.id = w.meeting_id WHERE w.case_id = c.id) v
        CROSS JOIN LATERAL (SELECT posted_on, ends_on FROM decision_publicnotice WHERE case_id = c.id
          ORDER BY sequence DESC LIMIT 1) n
        CROSS JOIN LATERAL (SELECT max(reported_on) AS reported_on FROM decision_firstopinion WHERE case_id = c.id) o
        WHERE d.kind = 'confirm'
        """
    )

    assert len(steps) == 436
    for applied, accepted, matched, surveyed, reviewed, posted, ends, reported, decided, answers, by_two in steps:
        assert applied <= accepted <= matched <= reviewed
        assert accepted <= surveyed <= reviewed <= posted < ends < reported <= decided
        assert (ends - posted).days == 6
        assert workdays_between(accepted, decided) <= 30
        assert answers > 0
        assert by_two


def test_every_exit_has_its_cause_its_case_and_its_letter(hukou_county: BuiltCounty) -> None:
    exits = hukou_county.rows(
        """
        SELECT d.cause, c.kind, s.id, length(l.text), former.ended_on = d.decided_on
        FROM decision_decision d JOIN intake_case c ON c.id = d.case_id
        JOIN verification_survey s ON s.case_id = c.id JOIN decision_letter l ON l.decision_id = d.id
        JOIN decision_decision former ON former.ended_by_id = d.id WHERE d.kind = 'stop'
        """
    )

    assert len(exits) == 586
    assert {cause for cause, *_ in exits} == {"income", "property", "death", "moved", "tekun", "voluntary"}
    assert all(kind == "review" and letter > 40 and ends for _, kind, _, letter, ends in exits)


def test_twelve_runs_are_closed_and_every_line_is_paid_once(hukou_county: BuiltCounty) -> None:
    lines = hukou_county.rows(
        """
        SELECT r.month, r.due_on, max(a.booked_on) FILTER (WHERE a.number = 1), count(DISTINCT l.id),
          count(*) FILTER (WHERE a.state = 'paid'), count(*) FILTER (WHERE a.state = 'returned')
        FROM payment_payrun r JOIN payment_payline l ON l.run_id = r.id JOIN payment_attempt a ON a.line_id = l.id
        WHERE r.state = 'closed' GROUP BY r.id ORDER BY r.month
        """
    )

    assert [month for month, *_ in lines] == [date(2024, number, 1) for number in range(1, 13)]
    assert all(due == pay_due(month) and last <= due for month, due, last, *_ in lines)
    assert all(count == paid for _, _, _, count, paid, _ in lines)
    assert sum(returned for *_, returned in lines) == RETURNED


def test_a_returned_payment_went_out_again_to_another_account(hukou_county: BuiltCounty) -> None:
    pairs = hukou_county.rows(
        """
        SELECT first.reason, first.account <> again.account, again.number, again.state FROM payment_attempt first
        JOIN payment_attempt again ON again.line_id = first.line_id AND again.number = first.number + 1
        WHERE first.state = 'returned'
        """
    )

    assert len(pairs) == RETURNED
    assert all(reason and other for reason, other, _, _ in pairs)
    assert [number for _, _, number, state in pairs if state != "paid"] == [2]


def test_reviews_come_once_or_twice_a_year_and_none_is_left_open(hukou_county: BuiltCounty) -> None:
    staying = hukou_county.rows(
        """
        SELECT r.review_class, count(*), count(r.done_on) FROM reviews_reverification r
        JOIN decision_decision old ON old.household_id = r.household_id AND old.kind = 'legacy'
        WHERE r.due_on BETWEEN '2024-01-01' AND '2024-12-31' AND NOT EXISTS (
          SELECT 1 FROM decision_decision d WHERE d.household_id = r.household_id AND d.kind = 'stop')
        GROUP BY r.household_id, r.review_class
        """
    )

    assert {(kind, due) for kind, due, _ in staying} == {("yearly", 1), ("halfyear", 2)}
    assert all(due == done for _, due, done in staying)


def test_the_roster_came_back_with_reasons_and_then_came_in_whole(hukou_county: BuiltCounty) -> None:
    first, again = hukou_county.rows(
        "SELECT households_read, households_accepted, households_rejected FROM decision_rosterfile ORDER BY id"
    )

    assert first == (5427, 5391, 36)
    assert again == (36, 36, 0)
    assert hukou_county.one("SELECT count(*) FROM decision_rosterreject WHERE reason = ''") == 0
    assert (hukou_county.var / "roster" / "退回名册.xlsx").stat().st_size > 5000


def test_ledger_and_audit_chain_hold(hukou_county: BuiltCounty) -> None:
    ledger, audit = hukou_county.run("ledger", "verify"), hukou_county.run("audit", "verify")

    assert ledger.returncode == 0, ledger.stderr
    assert audit.returncode == 0, audit.stderr
    assert "批次12个" in ledger.stdout


def test_every_amount_of_the_year_is_recomputed_to_the_fen(hukou_county: BuiltCounty) -> None:
    conformity = hukou_county.evidence("indicator.15")

    assert conformity["value"].endswith("%")
    # the roster says nothing of the savings or dwelling of 41 households: their lines cannot be judged
    unjudged = hukou_county.one(
        """
        SELECT count(*) FROM payment_payline l JOIN decision_decision d ON d.id = l.decision_id
        WHERE jsonb_array_length(coalesce(d.facts -> 'lacks', '[]')) > 0
        """
    )
    assert conformity["rows"] - conformity["count"] == unjudged or conformity["denominator"] == conformity["count"]


def test_all_files_of_the_year_are_there(hukou_county: BuiltCounty) -> None:
    names = {path.name for path in hukou_county.reports.iterdir()}

    assert {"figures.json", "部门评价报告-2024.docx", "部门评价报告-2024.pdf", "证据包-2024.html"} <= names


def test_building_again_reuses_what_is_there(hukou_county: BuiltCounty) -> None:
    again = hukou_county.run("demo", "--out", str(hukou_county.var), "--no-serve")

    assert again.returncode == 0, again.stderr
    assert "1 月" not in again.stdout


def test_the_months_are_told_while_they_run(hukou_county: BuiltCounty) -> None:
    told = [line for line in hukou_county.said.splitlines() if "月：入" in line]

    assert len(told) == 12
    assert sum(int(line.split("入")[1].split()[0]) for line in told) == 436
    assert sum(int(line.split("退")[1].split()[0]) for line in told) == 586
