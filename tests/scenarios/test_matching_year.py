"""一年的核对: departments' files, not typed answers, bring to light what applicants kept back."""

from opendibao.demo.county import plan_county
from opendibao.demo.targets import parse_targets
from tests.built import BuiltCounty
from tests.demo.builders import targets_text

HITS = """
SELECT h.number, m.source, m.disposition, c.state FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id
JOIN registry_household h ON h.id = c.household_id WHERE m.outcome = 'hit' AND m.delivery_id IS NOT NULL
"""


def test_every_refused_family_that_kept_something_back_was_found_by_a_file(small_county: BuiltCounty) -> None:
    plan = plan_county(parse_targets(targets_text()))
    kept = {
        (entry.household.number, hit.source)
        for entry in plan.entries for hit in entry.match_hits if not entry.is_granted and not hit.is_declared
    }  # fmt: skip
    found = {(number, source): (disposition, state) for number, source, disposition, state in small_county.rows(HITS)}

    assert kept
    # a contribution base says nothing of the wage: of a job the tax office speaks too
    assert {found[one] for one in kept} == {("accept_record", "refused")}


def test_no_answer_was_typed(small_county: BuiltCounty) -> None:
    typed = "SELECT count(*) FROM verification_matchresult WHERE outcome <> 'not_checked' AND delivery_id IS NULL"
    assert small_county.one(typed) == 0


def test_what_families_declared_is_kept_as_declared(small_county: BuiltCounty) -> None:
    granted = {disposition for _number, _source, disposition, state in small_county.rows(HITS) if state == "confirmed"}
    assert granted == {"keep_declaration"}


def test_on_the_first_days_of_the_next_year_something_waits_for_hands(small_county: BuiltCounty) -> None:
    counts = {
        "rejects": "SELECT count(*) FROM verification_deliveryreject",
        "doubtful": "SELECT count(*) FROM verification_link WHERE state = 'waiting'",
        "rechecks": "SELECT count(*) FROM verification_matchrecheck WHERE outcome = ''",
        "hits": "SELECT count(*) FROM verification_matchresult WHERE outcome = 'hit' AND disposition = ''",
        "alerts": "SELECT count(*) FROM verification_alert WHERE state = 'open'",
    }
    assert all(small_county.one(sql) > 0 for sql in counts.values())


def test_what_was_planted_is_told_against_what_was_found(small_county: BuiltCounty) -> None:
    text = (small_county.var / "departments" / "核到与埋设.md").read_text("utf-8")
    sums = [line for line in text.splitlines() if line.startswith("| 合计 |")]
    facts, rows = ([cell.strip().replace(",", "") for cell in line.split("|")[2:-1]] for line in sums)
    planted, found, doubtful, missed = (int(cell) for cell in facts[:4])
    told, sure, waiting, lost, wrong = (int(cell) for cell in rows)

    assert planted == found + doubtful + missed
    assert found * 10 >= planted * 9
    assert told == sure + waiting + lost
    assert wrong == 0


def test_everybody_covered_was_looked_up_once_after_the_last_data(small_county: BuiltCounty) -> None:
    runs = small_county.rows("SELECT state, persons > 300 FROM verification_rematch")
    assert runs == [("finished", True)]
