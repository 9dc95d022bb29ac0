"""数字牌: a figure in an officer's words is a mark, ［农村低保金］, so that its value is always printed, never typed.

Kept with the figure's id, so that a figure may get another name: {{paid.rural}} is its value,
{{actual:indicator.fund_use}} what a row of the sheet prints as actual, {{evidence:paid}} only leads to its rows. Of the
sheet's figures the indicator is kept and not the place, where another may stand tomorrow.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.reporting.blocks import Run
from opendibao.reporting.content import FigureContent, ReportContent, clean

OF_THE_SHEET = "indicator."
ACTUAL, EVIDENCE = "actual", "evidence"
KINDS = {ACTUAL: "实际", EVIDENCE: "凭据"}
CODES = {zh: code for code, zh in KINDS.items()}
_MARK = re.compile(r"［([^［］\n]*)］|\{\{([^{}\n]*)\}\}")
_LOOSE = re.compile(r"［|］|\{\{|\}\}")
NEAR = 6  # characters around a fault that are shown


class UnknownMark(EvaluationRefused):
    """A mark in an officer's words names no figure of the year, or is not closed; the words name it and its place."""


@dataclass(frozen=True)
class Marks:
    """The marks of a year: how each figure is called in an officer's words, and what it prints."""

    content: ReportContent

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of every figure by id: its own; of two with one name the sheet's says so, a third its id too."""
        found: dict[str, str] = {}
        for one in sorted(self.content.figures, key=lambda each: each.id.startswith(OF_THE_SHEET)):
            called = (one.zh, f"{one.zh}（指标）", f"{one.zh}（{one.id}）")
            found[one.id] = next(name for name in called if name not in found.values())
        return found

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        lasting = {self._lasting(one): one for one in self.names}
        return {**{name: one for one, name in self.names.items()}, **{one: one for one in self.names}, **lasting}

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        """The figures of the sheet's places by the indicators that stand there."""
        return {f"{OF_THE_SHEET}{row.position:02d}": f"{OF_THE_SHEET}{row.indicator}" for row in self.content.rows}

    def _lasting(self, figure: str) -> str:
        """An id that stays with the indicator when the sheet is put in another order."""
        head = ".".join(figure.split(".")[:2])
        return self._codes.get(head, head) + figure[len(head) :]

    @cached_property
    def actuals(self) -> Mapping[str, str]:
        """What the sheet prints as actual, by the id of the row's first figure."""
        return {row.figures[0]: row.actual for row in self.content.rows if row.figures}

    def kept(self, shown: str) -> str:
        """An officer's words as they are kept, marks by id. Raises UnknownMark."""
        return "".join(self._code(*self._meant(one)) if isinstance(one, re.Match) else one for one in _pieces(shown))

    def shown(self, kept: str) -> str:
        """Kept words as an officer reads and writes them; a mark whose figure is gone stays as it was kept."""
        return _MARK.sub(self._shown, kept)

    def _shown(self, found: re.Match[str]) -> str:
        kind, figure = _split(found[2] or "")
        name = self.names.get(self._ids.get(figure, figure))
        return found[0] if name is None else f"［{KINDS[kind]}：{name}］" if kind else f"［{name}］"

    def _meant(self, found: re.Match[str]) -> tuple[str, str]:
        said = (found[1] if found[1] is not None else found[2]).strip()
        kind, figure = _split(said)
        known = self._ids.get(figure)
        if known is None or (kind == ACTUAL and known not in self.actuals):
            before, after = found.string[max(found.start() - NEAR, 0) : found.start()], found.string[found.end() :]
            raise UnknownMark(
                f"“…{before}［{said}］{after[:NEAR]}…”：本年没有叫“{figure}”的数字，请从下面列出的名字里选；"
                "不是数字的方括号请改用（）或者〔〕"
            )
        return kind, known

    def runs(self, kept: str) -> tuple[Run, ...]:
        """Kept words as pieces, figures with their printed values. Raises UnknownMark."""
        return tuple(self._run(*self._meant(one)) if isinstance(one, re.Match) else Run(one) for one in _pieces(kept))

    def _code(self, kind: str, figure: str) -> str:
        lasting = self._lasting(figure)
        return f"{{{{{kind}:{lasting}}}}}" if kind else f"{{{{{lasting}}}}}"

    def _run(self, kind: str, figure: str) -> Run:
        if kind == EVIDENCE:
            return Run("", figure)
        if kind == ACTUAL:
            return Run(self.actuals[figure], figure)
        return Run(self._figure(figure).value, figure)

    def _figure(self, figure: str) -> FigureContent:
        found = self.content.figure(figure)
        assert found is not None  # its id is one of the names
        return found

    def of_runs(self, runs: tuple[Run, ...]) -> str:
        """Printed pieces as words to be kept: what a figure printed becomes its mark."""
        return "".join(self._said(one) for one in runs)

    def _said(self, run: Run) -> str:
        if run.figure not in self.names:
            return run.text
        if not run.text:
            return self._code(EVIDENCE, run.figure)
        value = self._figure(run.figure).value
        if run.text == self.actuals.get(run.figure) and run.text != value:
            return self._code(ACTUAL, run.figure)
        # a value with its unit: only the value is the figure's
        return self._code("", run.figure) + run.text.removeprefix(value) if run.text.startswith(value) else run.text


def _split(said: str) -> tuple[str, str]:
    """Kind and figure of a mark as it was written or kept."""
    for zh, code in CODES.items():
        for lead in (f"{zh}：", f"{zh}:", f"{code}:"):
            if said.startswith(lead):
                return code, said.removeprefix(lead).strip()
    return "", said


def _pieces(words: str) -> Iterator[str | re.Match[str]]:
    """Texts and marks in order. Raises UnknownMark where a bracket is not closed."""
    end = 0
    for found in _MARK.finditer(words):
        yield from _text(words, end, found.start())
        yield found
        end = found.end()
    yield from _text(words, end, len(words))


def _text(words: str, first: int, last: int) -> Iterator[str]:
    said = words[first:last]
    if loose := _LOOSE.search(said):
        at = first + loose.start()
        raise UnknownMark(
            f"“…{words[max(at - NEAR, 0) : at + NEAR]}…”：“{loose[0]}”没有配对，数字要写成［数字的名字］这样完整的一块"
        )
    if said:
        yield said


def cleaned_lines(kept: str) -> list[str]:
    """The paragraphs of kept words: one a line, each printable, none empty."""
    return [line for line in map(clean, kept.splitlines()) if line]
