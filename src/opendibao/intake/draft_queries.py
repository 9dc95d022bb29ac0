"""查草稿: what is typed of applications, by whom and when it was saved last, and what became of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opendibao.audit.sql_rows import read

_ROW = """
SELECT d.key, d.division, d.officer, d.title, d.revision, d.saved_at, d.dropped_at, d.case_id,
  coalesce(d.content #>> '{form,household}', '')
FROM intake_draft d
"""
OPEN = f"{_ROW} WHERE d.case_id IS NULL AND d.dropped_at IS NULL ORDER BY d.saved_at DESC, d.key"
DROPPED = f"{_ROW} WHERE d.case_id IS NULL AND d.dropped_at >= %(since)s ORDER BY d.dropped_at DESC, d.key"
OF_HOUSEHOLD = f"""
{_ROW} WHERE d.case_id IS NULL AND d.dropped_at IS NULL AND d.content #>> '{{form,household}}' = %(household)s
ORDER BY d.saved_at DESC, d.key
"""
ONE = f"{_ROW} WHERE d.key = %(key)s"
CONTENT = "SELECT content::text FROM intake_draft WHERE key = %(key)s"
OF_CASE = "SELECT content::text FROM intake_draft WHERE case_id = %(case)s ORDER BY saved_at DESC LIMIT 1"


@dataclass(frozen=True)
class DraftRow:
    """A draft without what was typed; `household` is the number of the family it is about, "" for a new one."""

    key: str
    division: str
    officer: str
    title: str
    revision: int
    saved_at: datetime
    dropped_at: datetime | None
    case_id: int | None
    household: str


def open_drafts() -> list[DraftRow]:
    """Drafts that are neither filed nor dropped, the last saved first."""
    return read(DraftRow, OPEN, {})


def dropped_drafts(since: datetime) -> list[DraftRow]:
    """Drafts dropped since a time, the last dropped first."""
    return read(DraftRow, DROPPED, {"since": since})


def drafts_of_household(number: str) -> list[DraftRow]:
    """Open drafts about one household, the last saved first."""
    return read(DraftRow, OF_HOUSEHOLD, {"household": number}) if number else []


def draft(key: str) -> DraftRow | None:
    """One draft; None where there is none or another township's."""
    return next(iter(read(DraftRow, ONE, {"key": key})), None)


def typed_in(key: str) -> Mapping[str, Any]:
    """What was typed in a draft; empty where there is none."""
    return _content(CONTENT, {"key": key})


def application_of(case_id: int) -> dict[str, str]:
    """What was typed on the application of a case, by field; empty where it was not filed from a draft.

    What the rules do not read stands here alone: `reason` of the hardship, how each listed person lives.
    """
    found: dict[str, str] = _content(OF_CASE, {"case": case_id}).get("form", {})
    return found


def _content(sql: str, parameters: Mapping[str, object]) -> dict[str, Any]:
    for text in read(str, sql, parameters):
        found: dict[str, Any] = json.loads(text)
        return found
    return {}
