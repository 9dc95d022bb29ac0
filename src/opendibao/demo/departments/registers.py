"""部门登记: what stands in each department's register on a day about the families of a plan; facts of the plan only."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from opendibao.demo.departments import secrets as told_to_nobody
from opendibao.demo.departments.homes import Home, Subject
from opendibao.demo.departments.records import EMPLOYERS, FEN, OUTSIDE, Record, dice, hidden_wage
from opendibao.demo.departments.small_registers import SMALL
from opendibao.kernel.month import add_months, month_of, month_text

DEPOSIT_KINDS = ("demand", "term")
SPLIT_FROM, SPLIT_PART = 5000, 60  # yuan from which a sum lies in two accounts, and the first one's part of a hundred
REGISTERED_PER_HUNDRED = {"urban": 100, "rural": 45}
"""Of a hundred first homes so many are registered: self-built ones in villages mostly are not."""
DEPOSITED = 98_000
"""Yuan that somebody got and told nobody."""
SIXTY = 60
OTHER_NAME = "other_name"
"""Beyond what is so: a vehicle stands under the number of the head and under this name."""


def records_on(home: Home, source: str, day: date) -> Iterator[Record]:
    """Everything that a department has on record about a household on a day."""
    if source in MAKERS:
        yield from MAKERS[source](home, day)


def _population(home: Home, day: date) -> Iterator[Record]:
    """Everybody who was born, with his death or his moving away."""
    own = {one.id_number: one for one in home.secrets_on(day)}
    for subject in home.subjects.values():
        if subject.born > str(day):
            continue
        secret = own.get(subject.id_number)
        died, moved = home.died.get(subject.id_number), home.moved.get(subject.id_number)
        if secret and secret.kind == told_to_nobody.DEATH:
            died = secret.since
        if secret and secret.kind == told_to_nobody.MOVED:
            moved = secret.since
        payload: dict[str, Any] = {"status": "registered", "household_no": home.household.number[-5:]}
        if died and died <= day:
            payload |= {"status": "died", "died_on": died}
        elif moved and moved <= day:
            payload |= {"status": "moved_out", "moved_on": moved, "moved_to": OUTSIDE}
        hidden = secret.kind if secret and secret.kind in (told_to_nobody.DEATH, told_to_nobody.MOVED) else ""
        yield Record("public_security", subject, payload, subject.id_number, hidden)


def _deposits(home: Home, day: date) -> Iterator[Record]:
    """What the family has lies with its head; from some sum on in two accounts."""
    subject = next((subject for subject, _ in home.members_on(day)), None)
    yuan = int(home.known_on(day).get("financial_assets") or 0)
    hidden = "deposit" if home.hides("bank_deposits") else ""
    if subject and yuan:
        yield from _accounts(home, subject, yuan, day, hidden)
    for secret in home.secrets_on(day):
        if secret.kind == told_to_nobody.DEPOSIT:
            yield _account(home, home.by_number(secret.id_number), DEPOSITED, day, 9, secret.kind)


def _accounts(home: Home, subject: Subject, yuan: int, day: date, hidden: str) -> Iterator[Record]:
    first = yuan * SPLIT_PART // 100 if yuan >= SPLIT_FROM else yuan
    for turn, part in enumerate((first, yuan - first)):
        if part:
            yield _account(home, subject, part, day, turn, hidden)


def _account(home: Home, subject: Subject, yuan: int, day: date, turn: int, hidden: str) -> Record:
    account = f"{home.household.account[:-1]}{turn}"
    payload = {
        "bank": home.household.bank, "account": account, "kind": DEPOSIT_KINDS[turn % 2], "balance": yuan * FEN,
        "as_of": day,
    }  # fmt: skip
    return Record("bank_deposits", subject, payload, account, hidden)


def _dwellings(home: Home, day: date) -> Iterator[Record]:
    subject = next((subject for subject, _ in home.members_on(day)), None)
    count, rolled = int(home.known_on(day).get("dwellings") or 0), dice(home, "dwellings")
    is_registered = rolled.randrange(100) < REGISTERED_PER_HUNDRED[home.household.area] or home.hides("real_estate")
    for turn in range(count):
        if subject and (turn or is_registered):
            hidden = "house" if turn and home.hides("real_estate") else ""
            yield _dwelling(home, subject, turn, rolled, hidden)
    for secret in home.secrets_on(day):
        if secret.kind == told_to_nobody.HOUSE:
            for turn in (0, 1):  # the one they live in is looked up with the other
                yield _dwelling(home, home.by_number(secret.id_number), turn, rolled, secret.kind if turn else "")


def _dwelling(home: Home, subject: Subject, turn: int, rolled: Random, hidden: str) -> Record:
    """The first is the one they live in; any other was bought in the county town."""
    number = f"360429GB{home.household.number[-5:]}F{turn + 1:04d}"
    is_village = home.household.area == "rural" and not turn
    payload = {
        "unit_no": number, "address": home.household.address if not turn else f"演示县城{rolled.randint(1, 40)}号楼",
        "use": "dwelling", "area": rolled.randrange(45, 121) * 100, "share": "单独所有",
        "origin": "" if is_village else "bought", "acquired_on": date(rolled.randrange(2003, 2022), 6, 1),
    }  # fmt: skip
    return Record("real_estate", subject, payload, number, hidden)


def _vehicles(home: Home, day: date) -> Iterator[Record]:
    subject = next((subject for subject, _ in home.members_on(day)), None)
    hidden = "car" if home.hides("vehicles") else ""
    for turn, vehicle in enumerate(home.known_on(day).get("vehicles") or ()):
        if subject:
            yield _vehicle(home, subject, turn, vehicle.get("use", "private"), None, hidden)
    if subject and home.beyond.get(OTHER_NAME):
        yield _vehicle(home, replace(subject, name=home.beyond[OTHER_NAME]), 8, "livelihood", None, "")
    for secret in home.secrets_on(day):
        if secret.kind == told_to_nobody.CAR:
            yield _vehicle(home, home.by_number(secret.id_number), 9, "private", secret.since, secret.kind)


def _vehicle(home: Home, subject: Subject, turn: int, use: str, since: date | None, hidden: str) -> Record:
    rolled = dice(home, "vehicle")
    plate = f"演G{home.household.number[-5:]}{turn}"
    registered = since or date(rolled.randrange(2012, 2022), rolled.randrange(1, 13), 15)
    payload = {"plate": plate, "kind": "car", "use": use, "registered_on": registered, "state": "running"}
    return Record("vehicles", subject, payload, plate, hidden)


def _insured(home: Home, day: date) -> Iterator[Record]:
    """Pensions of the old as they draw them; the job of who has one that the family does not name."""
    for place, (subject, facts) in enumerate(home.members_on(day)):
        for income in facts.get("income", ()):
            if income["kind"] == "resident_pension":
                yield _pension(subject, income)
        if home.hides("social_insurance", place):
            yield _job(home, subject, hidden_wage(facts), date(day.year - 1, 1, 1), "wages")
    for secret in home.secrets_on(day):
        if secret.kind == told_to_nobody.WAGES:
            yield _job(home, home.by_number(secret.id_number), 3600, secret.since, secret.kind)


def _pension(subject: Subject, income: Mapping[str, Any]) -> Record:
    year = int(subject.born[:4]) + SIXTY
    since = month_text(add_months(date(year, int(subject.born[5:7]), 1), 1))
    payload = {
        "person_no": subject.id_number[-10:-1], "kind": "resident_pension", "since": since,
        "amount": int(income["amount"]) * FEN, "basic": int(income["basic"]) * FEN,
    }  # fmt: skip
    return Record("social_insurance", subject, payload, f"{subject.id_number} pension")


def _job(home: Home, subject: Subject, wage: int, since: date, hidden: str) -> Record:
    payload = {
        "person_no": subject.id_number[-10:-1], "kind": "employee", "since": month_text(month_of(since)),
        "employer": dice(home, "job").choice(EMPLOYERS), "wage_base": max(wage, 3600) * FEN,
    }  # fmt: skip
    return Record("social_insurance", subject, payload, f"{subject.id_number} employee", hidden)


MAKERS: Mapping[str, Callable[[Home, date], Iterator[Record]]] = {
    "public_security": _population, "bank_deposits": _deposits, "real_estate": _dwellings, "vehicles": _vehicles,
    "social_insurance": _insured, **SMALL,
}  # fmt: skip
"""One for each register that the demonstration keeps."""
