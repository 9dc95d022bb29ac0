"""核对报告的答复: every answer about the members of a case with the file it was read from, for the report."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import read

ANSWERS = """
SELECT m.id, m.person_id, p.name, p.id_number, m.source, m.province, m.requested_on, m.answered_on, m.outcome, m.why,
  m.detail::text, m.as_of, m.expires_on, m.file,
  ARRAY(SELECT l.row_no FROM verification_hitlink h JOIN verification_link l ON l.id = h.link_id
    WHERE h.match_id = m.id ORDER BY l.row_no),
  m.disposition, m.reason_code, m.reason
FROM verification_matchresult m JOIN registry_person p ON p.id = m.person_id
WHERE m.case_id = %(case)s ORDER BY m.person_id, m.province, m.source, m.id
"""
HIT, NO_HIT, NOT_CHECKED = "hit", "no_hit", "not_checked"


@dataclass(frozen=True)
class ReportAnswer:
    """An answer about one member: outcome, why it is not checked, the day the data speak of, file and rows.

    `file` (the first places of its hash) and `rows` are empty where an officer entered the answer from paper;
    `detail` is JSON text; `province` is "" for the county's own departments.
    """

    id: int
    person_id: int
    person: str
    id_number: str
    source: str
    province: str
    requested_on: date
    answered_on: date | None
    outcome: str
    why: str
    detail: str
    as_of: date | None
    expires_on: date | None
    file: str
    rows: list[int]
    disposition: str
    reason_code: str
    reason: str

    @property
    def found(self) -> Mapping[str, Any]:
        """What was found, as the facts of `assess` say it, with the words of the department."""
        read_detail = json.loads(self.detail)
        return read_detail if isinstance(read_detail, dict) else {"found": str(read_detail)}

    @property
    def words(self) -> str:
        """What was found in words; "" for anything but a hit."""
        if self.outcome != HIT:
            return ""
        plain = "，".join(str(value) for value in self.found.values() if not isinstance(value, dict | list))
        return str(self.found.get("found", "")) or plain


def report_answers(case_id: int) -> list[ReportAnswer]:
    """All answers of a case, member by member, source by source."""
    return read(ReportAnswer, ANSWERS, {"case": case_id})
