"""查询的依据: whose authorisation lets the county ask about a person in a case, and who is asked about as in force."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.policy.reader import value
from opendibao.verification.refusal import VerificationRefused

Whom = tuple[int | None, int]
"""A case (None: none, the family is in force) and a person."""

# a minor's family signs for him: the authorisation of an adult who lives with him serves (57号 第九条)
IN_A_CASE = """
WITH asked AS (SELECT * FROM unnest(%(cases)s::bigint[], %(persons)s::bigint[]) AS a (case_id, person_id))
SELECT DISTINCT ON (a.case_id, a.person_id) a.case_id, a.person_id, c.division, o.id
FROM asked a JOIN intake_case c ON c.id = a.case_id JOIN registry_person p ON p.id = a.person_id
JOIN intake_consent o ON o.case_id = a.case_id AND o.role = 'member' AND o.signed_on <= %(on)s
  AND coalesce(o.valid_until, %(on)s) >= %(on)s AND coalesce(o.revoked_on, 'infinity') > %(on)s
  AND (o.person_id = a.person_id OR p.born > %(on)s::date - make_interval(years => %(adult)s)
    AND EXISTS (SELECT FROM registry_membership m WHERE m.person_id = p.id AND m.household_id = c.household_id
      AND m.valid @> %(on)s::date AND upper_inf(m.recorded)))
ORDER BY a.case_id, a.person_id, o.person_id <> a.person_id, o.id
"""
# what has been answered in a case may be read by whoever works on it, for those whom the case is about
OF_A_CASE = """
WITH asked AS (SELECT * FROM unnest(%(cases)s::bigint[], %(persons)s::bigint[]) AS a (case_id, person_id))
SELECT a.case_id, a.person_id, c.division, NULL::bigint FROM asked a JOIN intake_case c ON c.id = a.case_id
WHERE EXISTS (SELECT FROM verification_matchresult r WHERE r.case_id = a.case_id AND r.person_id = a.person_id)
  OR EXISTS (SELECT FROM registry_membership m WHERE m.person_id = a.person_id AND m.household_id = c.household_id
    AND m.valid @> %(on)s::date AND upper_inf(m.recorded))
"""
IN_FORCE = """
SELECT DISTINCT ON (m.person_id) NULL::bigint, m.person_id, d.division, NULL::bigint
FROM registry_membership m JOIN decision_decision d ON d.household_id = m.household_id
WHERE m.person_id = ANY(%(persons)s) AND m.valid @> %(on)s::date AND upper_inf(m.recorded)
  AND d.in_force @> %(on)s::date AND d.voided_on IS NULL
ORDER BY m.person_id, d.id DESC
"""
PLACE = "SELECT division FROM intake_case WHERE id = ANY(%(cases)s) ORDER BY id LIMIT 1"
NAMES = "SELECT name FROM registry_person WHERE id = ANY(%(persons)s) ORDER BY id LIMIT 5"


class NoAuthorisation(VerificationRefused):
    """Somebody was to be asked about without a right; the text names him and says what to do."""

    @classmethod
    def of(cls, persons: Collection[int], on: date) -> "NoAuthorisation":
        """Name up to five of them."""
        names = "、".join(read(str, NAMES, {"persons": sorted(persons)})) or "所查人员"
        more = f"等{len(persons)}人" if len(persons) > 5 else ""
        return cls(
            f"{names}{more}：{on}没有有效的核对授权书，也不是在保家庭成员，不能查询"
            "（57号第九条）；请先补签授权书，或从本人的案件里办理"
        )


@dataclass(frozen=True)
class Right:
    """What lets somebody be asked about: the case's or decision's division, and the authorisation where one is due."""

    division: str
    consent_id: int | None


@dataclass(frozen=True)
class _Found:
    case_id: int | None
    person_id: int
    division: str
    consent_id: int | None


def rights(whom: Collection[Whom], on: date, *, asks: bool = True) -> Mapping[Whom, Right]:
    """The right to ask about each person on a day, missing where there is none; one query for all of a kind.

    `asks` False: only to read what has been answered in the case already. Raises RuleGap.
    """
    in_cases = sorted((case, person) for case, person in whom if case is not None)
    alone = sorted(person for case, person in whom if case is None)
    found = list[_Found]()
    for division in read(str, PLACE, {"cases": [case for case, _ in in_cases]}):
        cases, persons = zip(*in_cases, strict=True)
        adult = value("age.adult", on=on, division=division)
        sql = IN_A_CASE if asks else OF_A_CASE
        found += read(_Found, sql, {"cases": list(cases), "persons": list(persons), "on": on, "adult": adult})
    if alone:
        found += read(_Found, IN_FORCE, {"persons": alone, "on": on})
    return {(row.case_id, row.person_id): Right(row.division, row.consent_id) for row in found}
