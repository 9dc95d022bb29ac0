"""定稿: a draft whose errors are mended or explained becomes final with its text, and is rebuilt from it as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from opendibao.evaluation.actions import NotFinal, lock_final, lock_snapshot
from opendibao.evaluation.figure import Period
from opendibao.evaluation.queries import (
    figures_at,
    latest_snapshot,
    period,
    snapshot_period,
    snapshot_places,
    snapshot_version,
)
from opendibao.evaluation.snapshot import REPORT, Snapshot, content_of, final_content
from opendibao.evaluation.snapshot_chain import sha256_of, text_sha256
from opendibao.reporting.blocks import Block, plain_text
from opendibao.reporting.content import ReportContent
from opendibao.reporting.documents import documents
from opendibao.reporting.drafting.draft import Draft, draft_of
from opendibao.reporting.gathering import samples_of
from opendibao.reporting.packing import put_files
from opendibao.reporting.plain_content import blocks_as_data, blocks_from_data, content_as_data, content_from_data
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, write_body

MOST_NAMED = 5
SHOWN = 24


class NoSuchVersion(LookupError):
    """The year has no snapshot of this version."""


@dataclass(frozen=True)
class Paper:
    """A report ready to be printed."""

    content: ReportContent
    blocks: tuple[Block, ...]

    @property
    def text_sha256(self) -> str:
        """The hash of its whole text."""
        return text_sha256(plain_text(self.blocks))


def finalise(year: int, division: str, *, at: datetime) -> Snapshot:
    """Take the figures once more and make the draft of them final, if they are still those of the draft.

    Raises NotFinal (no draft, other figures since, an open error, the year not over or not closed), NoSheet.
    """
    return finalise_content(*_taken_again(year, division, at), at=at)


@transaction.atomic
def would_be_final(year: int, division: str, *, at: datetime) -> None:
    """Whether `finalise` would do it; nothing is locked. Raises what it raises."""
    finalise(year, division, at=at)
    transaction.set_rollback(True)


def _taken_again(year: int, division: str, at: datetime) -> tuple[Period, dict[str, Any]]:
    asked = period(year, known_at=at, division=division)
    former = latest_snapshot(year, division)
    if former is None:
        raise NotFinal(f"{year}年度还没有草稿，请先取数、看过草稿再定稿")
    content = content_of(asked)
    if moved := moved_figures(former.content["figures"], content["figures"]):  # type: ignore[arg-type]
        named = "；".join(moved[:MOST_NAMED]) + ("等" if len(moved) > MOST_NAMED else "")
        raise NotFinal(f"取数以后有{len(moved)}个数变了：{named}。请重新取数，看过新的草稿再定稿")
    return asked, content


@transaction.atomic
def finalise_content(asked: Period, content: Mapping[str, Any], *, at: datetime) -> Snapshot:
    """Make the draft of figures that were just taken final; what is final already stays that. Raises NotFinal."""
    locked = lock_snapshot(asked, content, at=at)
    draft = draft_of(locked)
    if draft.unprintable:
        named = "；".join(f"“{text[:SHOWN]}…”" for text in draft.unprintable)
        raise NotFinal(
            f"改写过的{len(draft.unprintable)}段里有已经不在的数字，印不出来：{named}。请重新改写或者退回自动文字"
        )
    if locked.is_final and sha256_of(final_content(content, _kept(draft, locked.version))) == locked.sha256:
        return locked
    newest = latest_snapshot(asked.year, asked.division) or locked
    return lock_final(asked, content, _kept(draft, newest.version + 1), at=at)


def _kept(draft: Draft, version: int) -> dict[str, Any]:
    """The report as a final snapshot of this version holds it; the mark of a draft is gone."""
    content = replace(draft.content, is_draft=False, version=version)
    blocks = write_body(content, DEPARTMENT_EVALUATION, draft.texts)
    text = plain_text(blocks)
    return {
        "kind": DEPARTMENT_EVALUATION,
        "content": content_as_data(content),
        "blocks": blocks_as_data(blocks),
        "texts": dict(draft.texts),
        "findings": [asdict(one) for one in content.findings],
        "text": text,
        "text_sha256": text_sha256(text),
    }


def moved_figures(before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]) -> list[str]:
    """Which figures print another value or rest on other rows, each with both, in words."""
    then = {one["id"]: one for one in before}
    said = []
    for one in after:
        old = then.get(one["id"])
        if old is None:
            said.append(f"{one['zh']}原来没有，现在{one['value']}")
        elif (old["value"], old["rows"], old["n"], old["d"]) != (one["value"], one["rows"], one["n"], one["d"]):
            said.append(f"{one['zh']}原来{_printed(old)}，现在{_printed(one)}")
    return said


def _printed(one: Mapping[str, Any]) -> str:
    return f"{one['value']}（{one['rows']}行）"


def paper_of(snapshot: Snapshot, *, samples: bool = True) -> Paper:
    """What a snapshot's documents print: a final one as it was kept, a draft as it stands now. Raises NoSheet.

    `samples` brings a few masked rows of each figure, which only the evidence pack prints.
    """
    if snapshot.is_final:
        return kept_paper(snapshot, samples=samples)
    draft = draft_of(snapshot, samples=samples)
    return Paper(draft.content, draft.blocks)


def kept_paper(snapshot: Snapshot, *, samples: bool = True) -> Paper:
    """A final snapshot's report as it was kept; only the masked rows of the pack are read again, as known then."""
    kept = snapshot.content[REPORT]
    content = content_from_data(kept["content"])
    if not samples:
        return Paper(content, blocks_from_data(kept["blocks"]))
    known = {one.id: one for one in figures_at(snapshot_places(snapshot))}
    rows = samples_of(snapshot_period(snapshot), [known[one.id] for one in content.figures if one.id in known])
    figures = tuple(replace(one, sample=rows.get(one.id, ())) for one in content.figures)
    return Paper(replace(content, figures=figures), blocks_from_data(kept["blocks"]))


def rebuild(year: int, division: str, folder: Path | None, version: int | None = None) -> Iterator[str]:
    """Write the files of a version (the newest unless given) again and say whether its text is still the same.

    Without a folder it is only said.
    Raises NoSuchVersion; NotFinal where what was kept is not what was locked.
    """
    found = snapshot_version(year, division, version) if version else latest_snapshot(year, division)
    if found is None:
        raise NoSuchVersion(f"{year}年度没有{f'第{version}版' if version else ''}快照")
    if sha256_of(found.content) != found.sha256:
        raise NotFinal(f"{year}年度快照第{found.version}版的内容与校验码不符：内容被改动过，不能照它重建")
    paper = paper_of(found)
    yield from _told(found, paper)
    if folder is None:
        return
    files = documents(paper.content, paper.blocks)
    put_files(folder, files)
    yield from (f"写出 {folder / name}" for name in files)


def _told(snapshot: Snapshot, paper: Paper) -> Iterator[str]:
    stage = "定稿" if snapshot.is_final else "草稿"
    yield f"{snapshot.year}年度第{snapshot.version}版（{stage}），文字 SHA-256 {paper.text_sha256}"
    if not snapshot.is_final:
        yield "草稿没有锁定文字：按现在的评分、说明和改写过的段落写出"
        return
    kept = snapshot.content[REPORT]
    same = paper.text_sha256 == kept["text_sha256"]
    yield "文字与定稿时完全相同" if same else "文字与定稿时不同：存稿被改动过"
    today = plain_text(write_body(paper.content, kept["kind"], kept["texts"]))
    if same and today != kept["text"]:
        yield "注意：现在的模板会写出不同的文字；这里写出的是定稿时的文字"
