"""查档案: the files of a place with what is wrong or lent, and one file with its contents and loans."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import first_row, read, read_whole

STATES = ("", "open", "unchecked", "lent", "overdue", "closed")
FROM = """
FROM (SELECT a.id, h.number AS household, a.volume, coalesce(a.number, '') AS number, a.division, a.location,
    a.opened_on, a.checked_on, a.closed_on, a.keep_until, i.items, i.pages, a.pages AS counted,
    coalesce(l.borrower, '') AS borrower, l.due_on
  FROM intake_archivefile a JOIN registry_household h ON h.id = a.household_id
  CROSS JOIN LATERAL (SELECT count(*)::int AS items, coalesce(sum(i.pages), 0)::int AS pages FROM intake_archiveitem i
    WHERE i.file_id = a.id AND i.withdrawn_on IS NULL) i
  LEFT JOIN intake_archiveloan l ON l.file_id = a.id AND l.returned_on IS NULL) file
WHERE (%(sought)s = '' OR household = %(sought)s OR number = %(sought)s OR starts_with(location, %(sought)s))
  AND starts_with(division, %(reach)s)
  AND CASE %(state)s WHEN '' THEN true WHEN 'open' THEN closed_on IS NULL WHEN 'closed' THEN closed_on IS NOT NULL
    WHEN 'unchecked' THEN closed_on IS NULL AND (checked_on IS NULL OR counted <> pages)
    WHEN 'lent' THEN due_on IS NOT NULL WHEN 'overdue' THEN due_on < %(today)s::date END
"""
ROWS = f"""
SELECT id, household, volume, number, division, location, opened_on, checked_on, closed_on, keep_until, items, pages,
  counted, borrower, due_on {FROM} ORDER BY division, household, volume LIMIT %(limit)s OFFSET %(offset)s
"""
COUNT = f"SELECT count(*)::int {FROM}"
ONE = """
SELECT a.id, a.household_id, h.number, a.volume, coalesce(a.number, ''), a.division, a.location, a.opened_on,
  a.opened_by, a.pages, a.checked_on, a.checked_by, a.closed_on, a.keep_until
FROM intake_archivefile a JOIN registry_household h ON h.id = a.household_id
"""
ITEMS = """
SELECT i.id, i.sequence, i.title, i.dated_on, i.pages, i.form, coalesce(c.number, ''), i.case_id, i.source,
  i.entered_on, i.entered_by, i.withdrawn_on, i.withdrawn_reason
FROM intake_archiveitem i LEFT JOIN intake_case c ON c.id = i.case_id WHERE i.file_id = %(file)s ORDER BY i.sequence
"""
LOANS = """
SELECT borrower, unit, purpose, lent_on, lent_by, due_on, returned_on, returned_to FROM intake_archiveloan
WHERE file_id = %(file)s ORDER BY lent_on DESC, id DESC
"""
OUT = """
SELECT a.id, a.household_id, a.division, l.borrower, l.unit, l.lent_on, l.due_on
FROM intake_archiveloan l JOIN intake_archivefile a ON a.id = l.file_id WHERE l.returned_on IS NULL ORDER BY l.due_on
"""


@dataclass(frozen=True)
class ArchiveRow:
    """A file in the list: what its contents add up to (`pages`), what was counted, and who has it."""

    id: int
    household: str
    volume: int
    number: str
    division: str
    location: str
    opened_on: date
    checked_on: date | None
    closed_on: date | None
    keep_until: date | None
    items: int
    pages: int
    counted: int
    borrower: str
    due_on: date | None


@dataclass(frozen=True)
class Archive:
    """One file whole."""

    id: int
    household_id: int
    household: str
    volume: int
    number: str
    division: str
    location: str
    opened_on: date
    opened_by: str
    pages: int
    checked_on: date | None
    checked_by: str
    closed_on: date | None
    keep_until: date | None

    @property
    def subject(self) -> str:
        """The audit's name of it."""
        return f"档案 {self.household}-{self.volume}"


@dataclass(frozen=True)
class ItemRow:
    """A paper of a file; `withdrawn_on` where it was taken out."""

    id: int
    sequence: int
    title: str
    dated_on: date
    pages: int
    form: str
    case: str
    case_id: int | None
    source: str
    entered_on: date
    entered_by: str
    withdrawn_on: date | None
    withdrawn_reason: str


@dataclass(frozen=True)
class LoanRow:
    """A loan of a file; `returned_on` None while it is out."""

    borrower: str
    unit: str
    purpose: str
    lent_on: date
    lent_by: str
    due_on: date
    returned_on: date | None
    returned_to: str


@dataclass(frozen=True)
class LentOut:
    """A file that is out."""

    archive_id: int
    household_id: int
    division: str
    borrower: str
    unit: str
    lent_on: date
    due_on: date


def archives(
    today: date, *, state: str = "", sought: str = "", reach: str = "", limit: int | None = 50, offset: int = 0
) -> list[ArchiveRow]:
    """Files of a state, by household number, file number or the beginning of their place."""
    asked = {"today": today, "state": state, "sought": sought, "reach": reach, "limit": limit, "offset": offset}
    return read_whole(ArchiveRow, ROWS, asked)


def archives_count(today: date, *, state: str = "", sought: str = "", reach: str = "") -> int:
    """How many there are."""
    row = first_row(COUNT, {"today": today, "state": state, "sought": sought, "reach": reach})
    return int(str(row[0])) if row else 0


def archive(archive_id: int) -> Archive | None:
    """One file; None where there is none or another township's."""
    return next(iter(read(Archive, ONE + "WHERE a.id = %(file)s", {"file": archive_id})), None)


def archives_of(household_id: int) -> list[Archive]:
    """The volumes of a household."""
    return read(Archive, ONE + "WHERE a.household_id = %(home)s ORDER BY a.volume", {"home": household_id})


def items_of(archive_id: int) -> list[ItemRow]:
    """What lies, or lay, in a file, in its order."""
    return read(ItemRow, ITEMS, {"file": archive_id})


def item_of(item_id: int) -> tuple[int, ItemRow] | None:
    """The file a paper lies in, and the paper; None where there is none or another township's."""
    row = first_row("SELECT file_id FROM intake_archiveitem WHERE id = %(item)s", {"item": item_id})
    if row is None:
        return None
    file_id = int(str(row[0]))
    return next((file_id, item) for item in items_of(file_id) if item.id == item_id)


def loans_of(archive_id: int) -> list[LoanRow]:
    """Who had a file, the last first."""
    return read(LoanRow, LOANS, {"file": archive_id})


def lent_out() -> list[LentOut]:
    """Files that are out, the first due first."""
    return read(LentOut, OUT, {})
