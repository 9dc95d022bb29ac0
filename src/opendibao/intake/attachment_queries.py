"""查附件: the files of a case without their bytes, and one file whole."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read

ATTACHMENTS = """
SELECT id, case_id, division, kind, name, media_type, sha256, size, kept_on, kept_by
FROM intake_attachment
WHERE case_id = %(case)s AND (%(kind)s = '' OR kind = %(kind)s) ORDER BY kept_on, id
"""
ONE = """
SELECT a.id, a.case_id, c.number, a.division, a.kind, a.name, a.media_type, a.content
FROM intake_attachment a JOIN intake_case c ON c.id = a.case_id WHERE a.id = %(attachment)s
"""


@dataclass(frozen=True)
class AttachmentRow:
    """A file of a case; `kind` and `media_type` are the codes of the table, `size` is in bytes."""

    id: int
    case_id: int
    division: str
    kind: str
    name: str
    media_type: str
    sha256: str
    size: int
    kept_on: date
    kept_by: str


@dataclass(frozen=True)
class AttachmentFile:
    """One file with its bytes, and the number of its case."""

    id: int
    case_id: int
    case_number: str
    division: str
    kind: str
    name: str
    media_type: str
    content: bytes


def attachments_of(case_id: int, kind: str = "") -> list[AttachmentRow]:
    """The files of a case, of one kind where it is named, as they were kept one after the other."""
    return read(AttachmentRow, ATTACHMENTS, {"case": case_id, "kind": kind})


def attachment(attachment_id: int) -> AttachmentFile | None:
    """One file whole; None where there is none or another township's."""
    return next(iter(read(AttachmentFile, ONE, {"attachment": attachment_id})), None)
