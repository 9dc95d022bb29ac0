"""其余部门登记: registers that hold few of our people: wages that were taxed, companies, marriages, land, prisons."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from opendibao.demo.departments import secrets as told_to_nobody
from opendibao.demo.departments.homes import Home, Subject
from opendibao.demo.departments.records import EMPLOYERS, FEN, OUTSIDE, Record, dice, hidden_wage
from opendibao.kernel.month import add_months, month_of, month_text

MONTHS = 14
"""Months of wages that the tax office hands over: a year and what it takes to file."""
WAGE = 3600
HECTO = 100
MARRIED_HERE = 40
"""Of a hundred couples so many married in this county since its register is kept by computer."""
ELSEWHERE_FEN = 560_00


def _taxed(home: Home, day: date) -> Iterator[Record]:
    """Wages that an employer declared month by month, of who did not name them."""
    for place, (subject, facts) in enumerate(home.members_on(day)):
        if home.hides("social_insurance", place):
            yield from _wages(home, subject, hidden_wage(facts), date.min, day, "wages")
    for secret in home.secrets_on(day):
        if secret.kind == told_to_nobody.WAGES:
            subject = home.by_number(secret.id_number)
            yield from _wages(home, subject, WAGE, secret.since, day, told_to_nobody.WAGES)


def _wages(home: Home, subject: Subject, yuan: int, since: date, day: date, kind: str) -> Iterator[Record]:
    employer, last = dice(home, "job").choice(EMPLOYERS), month_of(day)
    for back in range(MONTHS):
        month = add_months(last, -back)
        if month >= month_of(since):
            payload = {
                "month": month_text(month),
                "employer": employer,
                "item": "wages",
                "amount": yuan * FEN,
                "tax": 0,
            }
            hidden = kind if not back else ""  # one fact, however many months speak of it
            yield Record("tax", subject, payload, f"{subject.id_number} {employer}", hidden)


def _companies(home: Home, day: date) -> Iterator[Record]:
    subject = next((subject for subject, _ in home.members_on(day)), None)
    hidden = "company" if home.hides("business_registration") else ""
    for turn in range(int(home.known_on(day).get("companies") or 0)):
        if subject:
            yield _company(home, subject, turn, date(day.year - 3, 5, 20), hidden)
    for secret in home.secrets_on(day):
        if secret.kind == told_to_nobody.COMPANY:
            yield _company(home, home.by_number(secret.id_number), 9, secret.since, secret.kind)


def _company(home: Home, subject: Subject, turn: int, since: date, hidden: str) -> Record:
    code = f"9999990000{home.household.number[-5:]}{turn:03d}"
    payload = {
        "credit_code": code, "company": f"演示{subject.name[0]}记商行", "kind": "trader", "role": "operator",
        "state": "active", "established_on": since,
    }  # fmt: skip
    return Record("business_registration", subject, payload, code, hidden)


def _married(home: Home, day: date) -> Iterator[Record]:
    """Couples: both are named, so that it joins nobody to a stranger."""
    members = list(home.members_on(day))
    couple = [subject for subject, facts in members if facts.get("relation") in ("head", "spouse")]
    if len(couple) == 2 and dice(home, "married").randrange(100) < MARRIED_HERE:
        first, second = couple
        since = date(max(int(first.born[:4]), int(second.born[:4])) + 22, 5, 1)
        if since <= day:
            for one, other in ((first, second), (second, first)):
                yield Record("civil_registry", one, {"kind": "married", "since": since, "spouse": other.name},
                             f"{one.id_number} married")  # fmt: skip


def _land(home: Home, day: date) -> Iterator[Record]:
    """What is tilled is paid for once a year."""
    for subject, facts in home.members_on(day):
        for income in facts.get("income", ()):
            if income["kind"] == "farming":
                mu = int(Decimal(str(income["mu"])) * HECTO)
                payload = {"kind": "land", "year": day.year, "mu": mu, "place": home.household.address}
                yield Record("farm_subsidies", subject, payload, f"{subject.id_number} land")


def _inside(home: Home, day: date) -> Iterator[Record]:
    for secret in home.secrets_on(day):
        if secret.kind == told_to_nobody.PRISON:
            payload = {"kind": "prison", "place": "演示监狱", "since": secret.since}
            subject = home.by_number(secret.id_number)
            yield Record("prisons", subject, payload, f"{secret.id_number} prison", secret.kind)


def _assisted(home: Home, day: date) -> Iterator[Record]:
    for secret in home.secrets_on(day):
        if secret.kind == told_to_nobody.ELSEWHERE:
            payload = {
                "kind": "dibao_elsewhere", "place": OUTSIDE, "since": month_text(month_of(secret.since)),
                "amount": ELSEWHERE_FEN,
            }  # fmt: skip
            subject = home.by_number(secret.id_number)
            yield Record("other_assistance", subject, payload, f"{secret.id_number} assisted", secret.kind)


SMALL: Mapping[str, Callable[[Home, date], Iterator[Record]]] = {
    "tax": _taxed, "business_registration": _companies, "civil_registry": _married, "farm_subsidies": _land,
    "prisons": _inside, "other_assistance": _assisted,
}  # fmt: skip
