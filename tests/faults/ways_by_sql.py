"""SQL 的路: what somebody who writes to the tables himself might try, with the app's own role."""

DECISION = (
    "INSERT INTO decision_decision (number, household_id, case_id, opening_act_id, division, area, kind, cause,"
    " outcome, decided_on, maker, approver, persons, amount_fen, supplement_fen, gap_fen, facts, rule_set, first_month)"
    " SELECT '假' || floor(random() * 1000000000)::text, c.household_id, c.id, NULL, c.division, c.area, '{kind}',"
    " '{cause}', 'dibao', %(day)s, '周编制', '{approver}', {persons}, {fen}, 0, 0, '{{}}', '', {first}"
    " FROM intake_case c WHERE c.id = %(case)s"
)
LINE = (
    "INSERT INTO payment_payline (run_id, household_id, decision_id, month, kind, supplement_no, division, area,"
    " persons, amount_fen, supplement_fen, snapshot) SELECT r.id, {household}, d.id, r.month, 'regular', 0, d.division,"
    " d.area, d.persons, {fen}, 0, '{{}}' FROM payment_payrun r, decision_decision d"
    " WHERE d.case_id = %(case)s ORDER BY r.month DESC, d.id DESC LIMIT 1"
)
SURVEY = (
    "INSERT INTO verification_survey (case_id, sequence, division, surveyed_on, way, way_reason, place, first_surveyor,"
    " second_surveyor, respondent, is_signed, found, home, conclusion, entered_by) SELECT id, 9, division, %(day)s,"
    " 'home', '', '', '陈走访', '{second}', '某', {signed}, '{{}}', '{{}}', '', '' FROM intake_case WHERE id = %(case)s"
)


def _decision(kind: str, cause: str = "income", approver: str = "李审核") -> str:
    is_granting = kind not in ("stop", "refuse")
    first = "date_trunc('month', %(day)s::date + interval '1 month')::date" if is_granting else "NULL"
    persons, fen = (3, 62_000) if is_granting else (0, 0)
    return DECISION.format(kind=kind, cause=cause, approver=approver, persons=persons, fen=fen, first=first)


OF_CASE = "WHERE case_id = %(case)s"
DECIDED = f"UPDATE decision_decision SET {{}} {OF_CASE}"
CASE = "UPDATE intake_case SET {} WHERE id = %(case)s"

WAYS: dict[str, str] = {
    "confirms": _decision("confirm", "application"),
    "confirms what he surveyed": _decision("confirm", "application", "陈走访"),
    "raises": _decision("increase"),
    "reduces": _decision("reduce"),
    "grants grace": _decision("grace", "employment"),
    "stops": _decision("stop"),
    "enters as old stock": _decision("legacy", "opening"),
    "enters under the signed act": _decision("legacy", "opening").replace(
        "c.id, NULL,", "NULL, (SELECT max(id) FROM decision_openingact),"
    ),
    "pays": LINE.format(household="d.household_id", fen="d.amount_fen"),
    "pays more": LINE.format(household="d.household_id", fen="d.amount_fen + 100"),
    "pays another": LINE.format(household="d.household_id + 1", fen="d.amount_fen"),
    "says confirmed": CASE.format("state = 'confirmed'"),
    "says reported": CASE.format("state = 'reported'"),
    "opens again": CASE.format("state = 'accepted'"),
    "accepts earlier": CASE.format("accepted_on = applied_on"),
    "takes the acceptance back": CASE.format("accepted_on = NULL"),
    "changes the clerk": CASE.format("accepted_by = '别人'"),
    "gives it to another family": CASE.format("household_id = household_id + 1"),
    "takes away the procedure": CASE.format("procedure = '', gates = '{}'"),
    "raises the amount": DECIDED.format("amount_fen = amount_fen + 1"),
    "moves the decision": DECIDED.format("household_id = household_id + 1"),
    "turns a stop into a raise": DECIDED.format("kind = 'increase'"),
    "takes the end back": DECIDED.format("ended_on = NULL, last_month = NULL"),
    "backdates": DECIDED.format("decided_on = decided_on - 30"),
    "voids": DECIDED.format("voided_on = decided_on, void_reason = '错', ended_on = decided_on"),
    "surveys alone": SURVEY.format(second="陈走访", signed="true"),
    "surveys without signatures": SURVEY.format(second="黄走访", signed="false"),
    "rewrites the survey": f"UPDATE verification_survey SET surveyed_on = %(day)s {OF_CASE}",
    "removes the survey": f"DELETE FROM verification_survey {OF_CASE}",
    "posts two days": (
        "INSERT INTO decision_publicnotice (case_id, sequence, division, posted_on, ends_on, places, persons,"
        " proposed_fen) SELECT id, 9, division, %(day)s, %(day)s::date + 1, '{}', 3, 62000 FROM intake_case"
        " WHERE id = %(case)s"
    ),
    "shortens the notice": f"UPDATE decision_publicnotice SET ends_on = ends_on - 9 {OF_CASE}",
    "removes the notice": f"DELETE FROM decision_publicnotice {OF_CASE}",
    "settles without an answer": f"UPDATE decision_objection SET settled_on = %(day)s {OF_CASE}",
    "removes the objection": f"DELETE FROM decision_objection {OF_CASE}",
    "turns the vote": f"UPDATE decision_reviewvote SET votes_for = issued, not_returned = 0 {OF_CASE}",
    "removes the vote": f"DELETE FROM decision_reviewvote {OF_CASE}",
    "removes the relative": f"DELETE FROM intake_officialrelative {OF_CASE}",
    "removes the hearing": f"DELETE FROM decision_hearing {OF_CASE}",
    "takes the report back": f"UPDATE decision_firstopinion SET reported_on = NULL {OF_CASE}",
    "changes the line": "UPDATE payment_payline SET amount_fen = amount_fen + 1",
    "forges the chain": "UPDATE audit_event SET payload = '{}'",
    "cuts the chain": "DELETE FROM audit_event",
}
