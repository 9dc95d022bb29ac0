"""查授权: who authorised the match of a case, for what and until when, and which adults have not signed."""

from dataclasses import dataclass
from datetime import date, timedelta

from opendibao.audit.sql_rows import read
from opendibao.kernel.month import add_months, age_on, last_day, month_of
from opendibao.policy.reader import value
from opendibao.registry.queries import MemberRow, members_on

CONSENTS = """
SELECT id, person_id, signer, role, signed_on, valid_until, revoked_on, scope, paper_id FROM intake_consent
WHERE case_id = %(case)s ORDER BY role, signed_on, id
"""
IN_FORCE = """
SELECT person_id FROM intake_consent WHERE case_id = %(case)s AND role = %(role)s AND signed_on <= %(on)s
  AND coalesce(valid_until, %(on)s) >= %(on)s AND coalesce(revoked_on, 'infinity') > %(on)s
"""
MEMBER, SUPPORTER = "member", "supporter"


@dataclass(frozen=True)
class ConsentRow:
    """An authorisation: the person ("" of the registry: None), the name on the paper, and its days."""

    id: int
    person_id: int | None
    signer: str
    role: str
    signed_on: date
    valid_until: date | None
    revoked_on: date | None
    scope: list[str]
    paper_id: int | None

    def is_in_force(self, on: date) -> bool:
        """Whether it lets the county ask on a day."""
        has_ended = self.valid_until is not None and self.valid_until < on
        return self.signed_on <= on and not has_ended and (self.revoked_on is None or self.revoked_on > on)


def consents_of(case_id: int) -> list[ConsentRow]:
    """All authorisations of a case: members first, then duty-bearers outside the family."""
    return read(ConsentRow, CONSENTS, {"case": case_id})


def consents_in_force(case_id: int, on: date) -> frozenset[int]:
    """Ids of the persons of a case about whom may be asked on a day: signed, not expired, not revoked."""
    return frozenset(read(int, IN_FORCE, {"case": case_id, "role": MEMBER, "on": on}))


def supporters_sign_apart(division: str, on: date) -> bool:
    """Whether a duty-bearer outside the family must agree himself before he is asked about. Raises RuleGap."""
    return bool(value("consent.supporter_apart", on=on, division=division))


def adults_of(household_id: int, division: str, on: date) -> list[MemberRow]:
    """The members who sign for themselves on a day. Raises RuleGap."""
    adult = value("age.adult", on=on, division=division)
    return [one for one in members_on(household_id, on) if not one.died and age_on(one.born, on) >= adult]


def unsigned_adults(case_id: int, household_id: int, division: str, on: date) -> list[MemberRow]:
    """Adult members of a household without an authorisation in force in a case."""
    have = consents_in_force(case_id, on)
    return [one for one in adults_of(household_id, division, on) if one.person_id not in have]


def consent_ends(division: str, signed_on: date) -> date:
    """The last day of an authorisation: so many months on, the day before its anniversary. Raises RuleGap."""
    month = add_months(month_of(signed_on), value("consent.valid_months", on=signed_on, division=division))
    anniversary = month.replace(day=min(signed_on.day, last_day(month).day))
    return anniversary - timedelta(days=1)
