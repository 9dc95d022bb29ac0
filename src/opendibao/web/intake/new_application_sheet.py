"""申请表的内容: what is typed on the page, name by name; rows come and go, and every change can be undone."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict

from opendibao.intake.drafts import WINDOW
from opendibao.rules.fields import MOST_ROWS
from opendibao.rules.holdings import MONEY_KINDS

MEMBER, INCOME, SPENDING, VEHICLE, EXEMPT, SUPPORTER, RELATIVE = "misvxur"
OWNED_BY = {INCOME: "of", SPENDING: "of", SUPPORTER: "of", RELATIVE: "member"}
"""Rows that go when the member they belong to goes, and the field that says whose they are."""
_ROW = re.compile(r"([misvxur])([0-9]{1,3})-[a-z_]{1,20}")
SINGLE = frozenset([
    "household", "lead", "online", "channel", "applicant", "division", "area", "address", "phone", "holder", "bank",
    "number", "reason", "promise", "dwellings", "companies", "helper", "helper_relation", "helper_phone",
    "helper_reason", "helper_signed", *MONEY_KINDS,
])  # fmt: skip
PAPER = "paper_"
"""Before the key of a paper that the officer has looked at."""
_PAPER = re.compile(r"paper_[a-z]{1,20}")
LONGEST, MOST_NAMES, MOST_UNDONE = 2000, 900, 30
ONE_GO = timedelta(seconds=5)
"""Letters typed one after another into one field within this time are undone together."""


@dataclass(frozen=True)
class Row:
    """A member, item, supporter or thing on the page, and what is typed in its fields."""

    id: str
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """What is typed in a field, without blanks around it; "" where it is empty."""
        return self.values.get(name, "").strip()

    def at(self, name: str) -> str:
        """The name of a field of this row on the page."""
        return f"{self.id}-{name}"


@dataclass
class Sheet:
    """What is typed, and what stood there before each change (the last change last)."""

    form: dict[str, str] = field(default_factory=dict)
    before: list[dict[str, Any]] = field(default_factory=list)
    saved_at: str = ""

    def __getitem__(self, name: str) -> str:
        """What is typed in a field that is no row's."""
        return self.form.get(name, "").strip()

    def rows(self, prefix: str) -> list[Row]:
        """The rows of a kind in the order in which they were added."""
        found: dict[int, dict[str, str]] = {}
        for name, value in self.form.items():
            if name[0] == prefix and (row := _ROW.fullmatch(name)):
                found.setdefault(int(row[2]), {})[name.split("-", 1)[1]] = value
        return [Row(f"{prefix}{number}", found[number]) for number in sorted(found)]

    def add(self, prefix: str, **values: str) -> str:
        """A new row with what is known of it; returns its id, "" where there are too many already."""
        known = [int(row.id[1:]) for row in self.rows(prefix)]
        if len(known) >= MOST_ROWS or max(known, default=0) > 998:
            return ""
        row = f"{prefix}{max(known, default=-1) + 1}"
        self.form |= {f"{row}-{name}": value for name, value in ({"here": "1"} | values).items()}
        return row

    def remove(self, row: str) -> None:
        """Take a row away, and with a member all that is his."""
        gone = {row}
        if row.startswith(MEMBER):
            gone |= {one.id for prefix, name in OWNED_BY.items() for one in self.rows(prefix) if one[name] == row}
        self.form = {name: value for name, value in self.form.items() if name.split("-")[0] not in gone}

    def content(self, window: str) -> dict[str, Any]:
        """As a draft keeps it."""
        return {"form": self.form, "before": self.before, "saved_at": self.saved_at, WINDOW: window}

    def change(self, form: Mapping[str, str], at: datetime) -> bool:
        """Take over what is typed now; returns whether anything differs. What goes can be brought back by `undo`."""
        gone = {name: self.form.get(name) for name in {*self.form, *form} if self.form.get(name) != form.get(name)}
        if not gone:
            return False
        if not self._goes_on(gone, form, at):
            self.before = [*self.before[1 - MOST_UNDONE :], gone]
        self.form, self.saved_at = dict(form), at.isoformat()
        return True

    def _goes_on(self, gone: Mapping[str, str | None], form: Mapping[str, str], at: datetime) -> bool:
        """Whether this is the next letter of what is being typed into one field."""
        if not self.before or not self.saved_at or len(gone) != 1 or set(gone) != set(self.before[-1]):
            return False
        ((name, old),) = gone.items()
        now = form.get(name) or ""
        is_typing = now.startswith(old or "") or (old or "").startswith(now)
        return is_typing and at - datetime.fromisoformat(self.saved_at) <= ONE_GO

    def undo(self) -> list[str]:
        """Bring back what stood there before the last change; returns the names of the fields that changed."""
        if not self.before:
            return []
        back = self.before.pop()
        for name, value in back.items():
            if value is None:
                self.form.pop(name, None)
            else:
                self.form[name] = value
        self.saved_at = ""
        return list(back)


def sheet_of(content: Mapping[str, Any]) -> Sheet:
    """The sheet that a draft holds."""
    return Sheet(dict(content.get("form", {})), list(content.get("before", [])), content.get("saved_at", ""))


def typed_form(given: QueryDict) -> dict[str, str]:
    """The fields of the page that were sent, what is no field of it left out, none longer than can be said of it."""
    return dict(_typed(given))


def _typed(given: QueryDict) -> Iterator[tuple[str, str]]:
    for name in list(given)[:MOST_NAMES]:
        if name in SINGLE or _ROW.fullmatch(name) or _PAPER.fullmatch(name):
            value = str(given.get(name, ""))[:LONGEST].replace("\r\n", "\n").replace("\x00", "")
            if value:
                yield name, value


def row_number(text: str) -> int | None:
    """The number of a lead or of an online application that a page was opened with; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def plain(text: str) -> str:
    """Figures and letters as one types them: full-width ones as plain ones, without gaps and a pasted apostrophe."""
    return re.sub(r"[\s\u200b\ufeff]", "", unicodedata.normalize("NFKC", text)).strip("'’‘`")
