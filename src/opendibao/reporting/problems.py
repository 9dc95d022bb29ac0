"""问题和建议: what the measured year says went well and what did not, each problem with its suggestion."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opendibao.reporting.content import FigureContent, LedgerContent, ReportContent, RowContent

Words = Mapping[str, Any]


@dataclass(frozen=True)
class Practice:
    """What held, in words, with the measurement that shows it."""

    text: str
    name: str
    actual: str
    fraction: str
    figures: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong, what was measured, why, and what to do about it."""

    title: str
    said: str
    cause: str
    suggestion: str
    figures: tuple[str, ...] = ()
    key: str = ""  # stays the same while the problem is the same: indicator, figure or finding


def practices(content: ReportContent, words: Words) -> tuple[Practice, ...]:
    """Rows that met their target without doubt, then watched figures that are well."""
    met = [
        Practice(_advice(row, words)["practice"], row.name, row.actual, row.fraction, row.figures, row.indicator)
        for row in content.rows
        if row.is_measured and row.is_met and not row.is_doubtful
    ]
    watched = [(content.figure(one["figure"]), one) for one in words["watched"]]
    well = [
        Practice(one["practice"], figure.zh, _with_unit(figure), _counts(figure), (figure.id,), figure.id)
        for figure, one in watched
        if figure and _is_well(figure, one["must"])
    ]
    return (*met, *well)


def _with_unit(figure: FigureContent) -> str:
    return figure.value + (figure.unit if figure.is_measured and figure.unit != "%" else "")


def _counts(figure: FigureContent) -> str:
    return f"（{figure.n}/{figure.d}）" if figure.d and figure.is_measured else ""


def problems(content: ReportContent, words: Words) -> tuple[Problem, ...]:
    """Every row that was missed, not measured or doubtful, every watched figure amiss, every open error."""
    found = [problem for row in content.rows for problem in _of_row(row, words)]
    found += [problem for watched in words["watched"] for problem in _of_figure(content, watched, words)]
    found += [_of_ledger(one) for one in content.ledger if one.exists]
    found += [_of_finding(one.id, one.zh, words) for one in content.findings if one.is_open]
    return tuple(found)


def problem_of(row: RowContent, words: Words) -> Problem | None:
    """What is wrong with a row of the sheet, in the words of the report; None where nothing is."""
    return next(_of_row(row, words), None)


def _advice(row: RowContent, words: Words) -> Mapping[str, str]:
    known: Mapping[str, Mapping[str, str]] = words["indicators"]
    return known.get(row.indicator, known["other"])


def _of_row(row: RowContent, words: Words) -> Iterator[Problem]:
    advice = _advice(row, words)
    if not row.is_measured:
        said = f"{row.note or '没有取得测量所需的记录'}，明细{row.rows}行。"
        yield _unmeasured(row.name, said, words, row.figures, row.indicator)
    elif not row.is_met:
        cause = row.reason or row.drafted_cause or advice["cause"]
        remedy = "；".join(one for one in (advice["suggestion"], _own(row)) if one)
        said = f"指标值{row.target}，实际{row.actual}{row.fraction}。"
        yield Problem(advice["problem"], said, cause, remedy, row.figures, row.indicator)
    elif row.is_doubtful:
        doubt = words["doubtful"]
        title = f"{row.name}的抽样把握不足"
        # each with its own row and numbers: the same sentence twice explains neither
        cause = f"{row.name}的有效样本{row.denominator or '很少'}，{doubt['cause']}"
        remedy = f"{doubt['suggestion']}（{row.name}）"
        yield Problem(title, f"{row.note}。", cause, remedy, row.figures, row.indicator)


def _own(row: RowContent) -> str:
    return f"{row.drafted_measure}（{row.name}）" if row.drafted_measure else ""


def _unmeasured(name: str, said: str, words: Words, figures: tuple[str, ...], key: str) -> Problem:
    lacking = words["unmeasured"]
    return Problem(f"{name}未测得", said, lacking["cause"], lacking["suggestion"], figures, key)


def _of_figure(content: ReportContent, watched: Mapping[str, str], words: Words) -> Iterator[Problem]:
    figure = content.figure(watched["figure"])
    if figure is None or _is_well(figure, watched["must"]):
        return
    if not figure.is_measured:
        yield _unmeasured(figure.zh, "本年没有可以计数的记录。", words, (figure.id,), figure.id)
        return
    said = f"{figure.zh}{_with_unit(figure)}{_counts(figure)}。"
    yield Problem(watched["problem"], said, watched["cause"], watched["suggestion"], (figure.id,), figure.id)


def _is_well(figure: FigureContent, must: str) -> bool:
    return figure.is_full if must == "full" else figure.value != "0"


def _of_ledger(one: LedgerContent) -> Problem:
    return Problem(
        one.title, f"{one.group}：{one.title}，测得{one.value}。", one.cause, one.suggestion, one.figures, one.id
    )


def _of_finding(finding: str, zh: str, words: Words) -> Problem:
    advice = words["finding"]
    return Problem(f"体检发现{finding}尚未处理", f"{zh}。", advice["cause"], advice["suggestion"], (), finding)
