"""人: makes persons of no real place: valid numbers of a county that does not exist, common names, accounts, phones."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from random import Random

from opendibao.kernel.ids import DEMO_PREFIX, make_id_number

GENERATION = 50  # years of age from which the older given names are drawn
CROSSED_AGES = frozenset({18, 19, 70, 71})
"""Ages reached in the year that would change a benefit in mid-year; the generator passes them by."""


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist; `age` is the age reached in the planned year."""

    id_number: str
    name: str
    born: date
    sex: str
    age: int


def settled_age(age: int) -> int:
    """The nearest age whose entitlement stays the same from the year before to the end of the planned year."""
    while age in CROSSED_AGES:
        age += 1 if age > 30 else -1
    return age


class People:
    """Draws persons; every number, account and phone comes once."""

    def __init__(self, year: int, rng: Random) -> None:
        self.year = year
        self.rng = rng
        self._taken: set[str] = set()
        text = (files("opendibao.demo") / "data" / "names.csv").read_text("utf-8")
        rows = csv.DictReader(text.splitlines())
        self._characters: dict[str, str] = {row["kind"]: row["characters"] for row in rows}

    def surname(self) -> str:
        """A surname; the region's common ones come more often."""
        return self.rng.choice(self._characters["surname_common" if self.rng.random() < 0.6 else "surname"])

    def person(self, age: int, sex: str, surname: str, known: set[str]) -> Person:
        """Somebody who reaches `age` in the year, with a name that none of `known` has."""
        born = date(self.year - age, 1, 1) + timedelta(days=self.rng.randrange(365))
        return self.born_on(born, sex, surname, known)

    def born_on(self, born: date, sex: str, surname: str, known: set[str]) -> Person:
        """Somebody born on a day."""
        age = self.year - born.year
        name = self._name(age, sex, surname)
        while name in known:
            name = self._name(age, sex, surname)
        known.add(name)
        return self.named(name, born, sex)

    def named(self, name: str, born: date, sex: str) -> Person:
        """Somebody with a given name, born on a day; only the number is drawn."""
        return Person(self._id_number(born, sex), name, born, sex, self.year - born.year)

    def account(self) -> str:
        """An account of 19 digits."""
        return self._once(lambda: "6" + "".join(self.rng.choice("0123456789") for _ in range(18)))

    def phone(self) -> str:
        """A number that cannot be dialled."""
        return self._once(lambda: f"000{self.rng.randrange(10**8):08d}")

    def _once(self, draw: Callable[[], str]) -> str:
        text = draw()
        while text in self._taken:
            text = draw()
        self._taken.add(text)
        return text

    def _id_number(self, born: date, sex: str) -> str:
        odd = sex == "male"
        return self._once(lambda: make_id_number(DEMO_PREFIX, born, self.rng.randrange(1, 499) * 2 + odd))

    def _name(self, age: int, sex: str, surname: str) -> str:
        kind = f"{sex}_{'old' if age >= GENERATION else 'young'}"
        second = self.rng.choice(self._characters[f"{kind}_second"])
        if self.rng.random() < 0.15:
            return surname + second
        return surname + self.rng.choice(self._characters[f"{kind}_first"]) + second
