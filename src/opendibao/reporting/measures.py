"""拟列整改: what of a year should be put right, each with a drafted measure and owner that an officer may change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.problem_ledger import ledger_of
from opendibao.evaluation.queries import final_snapshot, latest_snapshot
from opendibao.evaluation.rectifications import rectifications
from opendibao.evaluation.rectifying import LONGEST, Point
from opendibao.evaluation.reviewed import ReviewedRow, reviewed
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.snapshot import Snapshot, conclusion_of
from opendibao.evaluation.states import GoalState
from opendibao.evaluation.submissions import ReviewQuestion, latest_submission
from opendibao.evaluation.year_goals import goals
from opendibao.reporting.content import shortened
from opendibao.reporting.sentences import words_of

Words = Mapping[str, Any]
ANSWER = "按审核意见查明、改正，把结果书面报财政部门"


@dataclass(frozen=True)
class _Drafts:
    """The year that is looked through: its conclusion, who answers for which indicator, the words of the report."""

    said: Conclusion
    owners: Mapping[str, str]
    words: Words

    def point(self, origin: str, problem: str, measure: str, indicator: str = "") -> Point:
        """A point, its texts cut to their fields, owned by who answers for the indicator, else by the department."""
        owner = self.owners.get(indicator) or self.said.department
        return Point(
            origin,
            shortened(problem, LONGEST["problem"]),
            shortened(measure, LONGEST["measure"]),
            shortened(owner, LONGEST["owner"]),
        )

    def advice(self, code: str) -> Mapping[str, str]:
        """The report's words on an indicator."""
        known: Mapping[str, Mapping[str, str]] = self.words["indicators"]
        return known.get(code, known["other"])


def proposed_points(year: int, division: str) -> tuple[Point, ...]:
    """What is not on the year's list yet: rows, open findings, what finance said, problems that the ledger shows.

    Read from the final snapshot, else from the newest draft; none while nothing is locked.
    """
    snapshot = final_snapshot(year, division) or latest_snapshot(year, division)
    if snapshot is None:
        return ()
    drafts = _Drafts(conclusion_of(snapshot), _owners(year, division), words_of())
    there = {one.origin for one in rectifications(year, division)}
    found = [*_of_rows(drafts), *_of_findings(drafts), *_of_finance(drafts, year, division)]
    found += _of_ledger(drafts, snapshot)
    return tuple(point for point in found if point.origin not in there)


def _owners(year: int, division: str) -> dict[str, str]:
    """The unit of the first goal in force that an indicator serves."""
    found: dict[str, str] = {}
    for goal in goals(year, division):
        if goal.unit and goal.state != GoalState.DROPPED:
            for code in goal.indicators:
                found.setdefault(code, goal.unit)
    return found


def _of_rows(drafts: _Drafts) -> Iterator[Point]:
    for row in drafts.said.rows:
        if told := _told(row, drafts):
            yield drafts.point(f"indicator:{row.code}", *told, row.code)


def _told(row: ScoredRow, drafts: _Drafts) -> tuple[str, str] | None:
    """What is wrong with a row and what to do; None where it is met beyond doubt."""
    if not row.is_measured:
        said = row.note or "没有取得测量所需的记录"
        return f"{row.name}未测得：{said}", str(drafts.words["unmeasured"]["suggestion"])
    if not row.is_met:
        advice = drafts.advice(row.code)
        return f"{row.name}：{advice['problem']}（指标值{row.target}，实际{row.actual}）", advice["suggestion"]
    if row.is_doubtful:
        return f"{row.name}的抽样把握不足：{row.note}", str(drafts.words["doubtful"]["suggestion"])
    return None


def _of_findings(drafts: _Drafts) -> Iterator[Point]:
    by_id: dict[str, list[str]] = {}
    for one in drafts.said.findings:
        if one.is_open:
            by_id.setdefault(one.id, []).append(one.zh)
    for finding, said in by_id.items():
        words = f"体检{finding}：{'；'.join(said)}"
        yield drafts.point(f"finding:{finding}", words, str(drafts.words["finding"]["suggestion"]))


def _of_finance(drafts: _Drafts, year: int, division: str) -> Iterator[Point]:
    """Finance's questions and the rows it scored lower, of the newest submission."""
    sent = latest_submission(year, division)
    if sent is None:
        return
    seen = reviewed(sent)
    yield from _of_questions(drafts, seen.questions)
    yield from _of_scores(drafts, seen.differing)


def _of_questions(drafts: _Drafts, asked: Iterable[ReviewQuestion]) -> Iterator[Point]:
    names = {row.code: row.name for row in drafts.said.rows}
    for one in asked:
        head, _, code = one.subject.partition(":")
        about = names.get(code, f"体检{code}" if head == "finding" else "")
        problem = f"{about}：{one.question}" if about else one.question
        measure = f"{ANSWER}；已答复：{one.reply}" if one.reply else ANSWER
        yield drafts.point(f"question:{one.pk}", problem, measure, code if head == "indicator" else "")


def _of_scores(drafts: _Drafts, rows: Iterable[ReviewedRow]) -> Iterator[Point]:
    for one in rows:
        if one.given and one.difference < 0:
            said = f"{one.row.name}：财政评分{one.finance}，低于自评{one.own}，理由：{one.given.reason}"
            yield drafts.point(f"score:{one.row.code}", said, drafts.advice(one.row.code)["suggestion"], one.row.code)


def _of_ledger(drafts: _Drafts, snapshot: Snapshot) -> Iterator[Point]:
    for one in ledger_of(snapshot):
        if one.exists:
            yield drafts.point(f"problem:{one.number}", f"{one.title}：{one.cause or one.said}", one.suggestion)
