"""核到与埋设: what was planted in the departments' files against what the county's matching found, row by row.

The truth of the files is known here and nowhere else; nothing of it is typed in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from opendibao.demo.departments.damage import ZH as FAULTS
from opendibao.demo.departments.handing import Made
from opendibao.demo.departments.secrets import ZH as SECRETS
from opendibao.verification.link_queries import LinkedRow
from opendibao.verification.sources import SOURCES

SURE = ("automatic", "same")
FOUND, DOUBTFUL, MISSED = "found", "doubtful", "missed"
KINDS = {**SECRETS, "wages": "没有申报的工资", "deposit": "没有申报的存款", "house": "没有申报的住房",
         "car": "没有申报的车辆", "company": "没有申报的经营主体"}  # fmt: skip
"""What was planted, in words; what happened to covered families and what applicants kept back go by one name."""


@dataclass(frozen=True)
class Fact:
    """A fact that nobody declared: whose, of which kind, what became of it, and the faults of the rows that say it."""

    id_number: str
    kind: str
    became: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """Rows about people on the register that have one kind of fault: how they were linked, and how many to a stranger.

    `wrong`: rows that were linked, without anybody's look, to somebody else than they are about.
    """

    fault: str
    rows: int
    sure: int
    doubtful: int
    missed: int
    wrong: int


Linked = Mapping[tuple[int, int], Sequence[LinkedRow]]


def by_row(links: Iterable[LinkedRow]) -> Linked:
    """Links by delivery and row."""
    found: dict[tuple[int, int], list[LinkedRow]] = defaultdict(list)
    for link in links:
        found[link.delivery_id, link.row_no].append(link)
    return found


def facts(made: Mapping[int, Made], linked: Linked) -> list[Fact]:
    """Every planted fact once, however many files speak of it, found where any row of it is linked."""
    said: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for delivery, file in made.items():
        for one in file.planted:
            links = [link for link in linked.get((delivery, one.row), ()) if link.id_number == one.id_number]
            said[one.id_number, one.kind].append((_became(links), one.fault))
    best = (FOUND, DOUBTFUL, MISSED)
    return [
        Fact(
            number, kind, min((became for became, _ in told), key=best.index), tuple(sorted({f for _, f in told if f}))
        )
        for (number, kind), told in sorted(said.items())
    ]


def _became(links: Sequence[LinkedRow]) -> str:
    if any(link.state in SURE for link in links):
        return FOUND
    return DOUBTFUL if any(link.state == "waiting" for link in links) else MISSED


def rows(made: Mapping[int, Made], linked: Linked, registered: frozenset[str]) -> list[Rows]:
    """Rows about people on the register by their fault; every row of the files counts once."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for delivery, file in made.items():
        for place, (number, fault) in enumerate(zip(file.subjects, file.faults, strict=True)):
            links = linked.get((delivery, file.first_row + place), ())
            if number in registered:
                mine = [link for link in links if link.id_number == number]
                counts[fault][_became(mine)] += 1
            if any(link.state in SURE and link.id_number != number for link in links):
                counts[fault]["wrong"] += 1
    return [
        Rows(fault, n[FOUND] + n[DOUBTFUL] + n[MISSED], n[FOUND], n[DOUBTFUL], n[MISSED], n["wrong"])
        for fault, n in ((fault, counts[fault]) for fault in FAULTS if fault in counts)
    ]


def told(made: Mapping[int, Made], last: Mapping[int, Made], links: Linked, registered: frozenset[str]) -> str:
    """Both tables as a Markdown text: facts over the whole year, rows of the last file of each source."""
    known = facts(made, links)
    return "\n".join([*_facts_table(known), "", *_rows_table(rows(last, links, registered), last)]) + "\n"


def _facts_table(known: Sequence[Fact]) -> Iterator[str]:
    yield "# 核到与埋设"
    yield ""
    yield "合成部门数据里埋设了没有申报或没有报告的情况；下表由程序逐条对照得出，每件事只算一次。"
    yield ""
    yield "| 埋设的情况 | 件数 | 核到 | 待认定 | 没有核到 | 没有核到的原因 |"
    yield "|---|---:|---:|---:|---:|---|"
    for kind in dict.fromkeys(one.kind for one in known):
        mine = [one for one in known if one.kind == kind]
        yield _line(KINDS.get(kind, kind), mine)
    yield _line("合计", known)


def _line(words: str, facts_of: Sequence[Fact]) -> str:
    n = Counter(one.became for one in facts_of)
    why = Counter(FAULTS.get(fault, fault) for one in facts_of if one.became == MISSED for fault in one.faults or ("",))
    reasons = "；".join(f"{fault}{count}件" for fault, count in why.items()) or "—"
    return f"| {words} | {len(facts_of)} | {n[FOUND]} | {n[DOUBTFUL]} | {n[MISSED]} | {reasons} |"


def _rows_table(found: Sequence[Rows], last: Mapping[int, Made]) -> Iterator[str]:
    sources = "、".join(SOURCES[file.handed.source].zh for file in last.values())
    yield f"各来源最后一份数据（{sources}）里，涉及登记在册人员的行："
    yield ""
    yield "| 录入错误 | 行数 | 自动认定 | 待人工认定 | 没有认出 | 认错人 |"
    yield "|---|---:|---:|---:|---:|---:|"
    for one in found:
        yield _row(FAULTS[one.fault], one.rows, one.sure, one.doubtful, one.missed, one.wrong)
    sums = [sum(getattr(one, name) for one in found) for name in ("rows", "sure", "doubtful", "missed", "wrong")]
    yield _row("合计", *sums)


def _row(words: str, *numbers: int) -> str:
    return f"| {words} | " + " | ".join(f"{number:,}" for number in numbers) + " |"
