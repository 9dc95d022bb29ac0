"""抬头: what every paper of a case says of itself: number, offices, place, the clause it rests on."""

from collections.abc import Sequence

from opendibao.reporting.case_papers.folder import Folder
from opendibao.reporting.case_papers.sheet import FORM, Block, Sheet


def full_place(folder: Folder) -> str:
    """County, township and village in one."""
    return f"{folder.places.county}{folder.places.town}{folder.places.village}"


def paper(
    folder: Folder,
    kind: str,
    title: str,
    blocks: Sequence[Block],
    *,
    whose: str = "",
    clause: str = "",
    layout: str = FORM,
) -> Sheet:
    """A paper of a folder under its number; `clause` where it is not that of its kind."""
    office = f"{folder.places.county}{folder.places.town}"
    clause = clause or folder.words.clauses.get(kind, "")
    return Sheet(kind, title, blocks, number=folder.number, office=office, layout=layout, whose=whose, clause=clause)
