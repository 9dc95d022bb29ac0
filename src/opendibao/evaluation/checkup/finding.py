"""体检发现: what is wrong, how much it matters, where it stands."""

from dataclasses import dataclass
from enum import StrEnum

NOWHERE = -1


class Severity(StrEnum):
    """How much a finding matters: an error must be corrected or closed by a signed note before the report goes out."""

    ERROR = "error"
    CONTRADICTION = "contradiction"
    WARNING = "warning"
    DESIGN = "design"
    FORMAT = "format"
    INFO = "info"


SEVERITIES = {
    Severity.ERROR: "错误",
    Severity.CONTRADICTION: "矛盾",
    Severity.WARNING: "提醒",
    Severity.DESIGN: "设计",
    Severity.FORMAT: "格式",
    Severity.INFO: "留意",
}


@dataclass(frozen=True)
class Place:
    """A place in a document: the block (paragraph or table) by number, in a table the row (0 = its head)."""

    block: int = NOWHERE
    row: int = NOWHERE


WHOLE = Place()


@dataclass(frozen=True)
class Finding:
    """One finding of the check-up: its stable id, what is wrong and what to do, where in words, and the place."""

    id: str
    severity: Severity
    zh: str
    where: str
    place: Place = WHOLE
