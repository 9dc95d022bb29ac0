"""查网上申请: what families sent, which of it waits, and which families sent more than once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from opendibao.audit.sql_rows import first_row, read

ROWS = """
SELECT o.id, o.number, o.division, o.received_at, o.applicant, o.id_number, o.phone, o.content::text, o.case_id,
  coalesce(c.number, ''), o.answered_on, o.answer,
  (SELECT count(*)::int FROM intake_onlineapplication t WHERE t.id_number = o.id_number AND t.id <> o.id)
FROM intake_onlineapplication o LEFT JOIN intake_case c ON c.id = o.case_id
"""
WAITING = "o.answered_on IS NULL"
PAGE = f"{ROWS} WHERE {{test}} ORDER BY o.received_at {{way}}, o.id LIMIT %(limit)s OFFSET %(offset)s"
COUNT = "SELECT count(*)::int FROM intake_onlineapplication o WHERE {test}"


@dataclass(frozen=True)
class OnlineRow:
    """An application a family sent; `content` is JSON text, `case` the number it became ("" not yet or never).

    `others` is how many more came under the same id number.
    """

    id: int
    number: str
    division: str
    received_at: datetime
    applicant: str
    id_number: str
    phone: str
    content: str
    case_id: int | None
    case: str
    answered_on: date | None
    answer: str
    others: int

    @property
    def said(self) -> "OnlineContent":
        """What the family wrote."""
        given: dict[str, Any] = json.loads(self.content)
        members = [
            OnlineMember(**{name: str(row.get(name, "")) for name in MEMBER}) for row in given.get("members", ())
        ]
        return OnlineContent(members, **{name: str(given.get(name, "")) for name in TEXTS})


MEMBER = ("name", "relation", "id_number")
TEXTS = ("area", "address", "causes", "reason", "income", "property")


@dataclass(frozen=True)
class OnlineMember:
    """Somebody of the family as it wrote him down; the number may be empty."""

    name: str
    relation: str
    id_number: str


@dataclass(frozen=True)
class OnlineContent:
    """What a family wrote: its other members, where it lives, why it is in need, its income and property in words."""

    members: Sequence[OnlineMember] = field(default_factory=list)
    area: str = ""
    address: str = ""
    causes: str = ""
    reason: str = ""
    income: str = ""
    property: str = ""


def online_applications(*, is_waiting: bool, limit: int | None = 50, offset: int = 0) -> list[OnlineRow]:
    """What waits, the oldest first; else all, the latest first (limit None: no end)."""
    sql = PAGE.format(test=WAITING if is_waiting else "true", way="ASC" if is_waiting else "DESC")
    return read(OnlineRow, sql, {"limit": limit, "offset": offset})


def online_count(*, is_waiting: bool) -> int:
    """How many wait, or how many there are."""
    row = first_row(COUNT.format(test=WAITING if is_waiting else "true"), {})
    return int(str(row[0])) if row else 0


def online_application(online_id: int) -> OnlineRow | None:
    """One of them; None where there is none or another township's."""
    return next(iter(read(OnlineRow, f"{ROWS} WHERE o.id = %(id)s", {"id": online_id})), None)
