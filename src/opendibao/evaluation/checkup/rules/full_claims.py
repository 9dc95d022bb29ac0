"""全称说法体检: a hundred per cent or all of it without a count behind it (W19, D10), goals that are past (W19)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.counted import ALL_OF, HUNDRED, claim_of, is_counted
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import Sentence, blocks_of, clauses, quoted, sentences
from opendibao.evaluation.checkup.vocabulary import any_of, fulfilled_by
from opendibao.evaluation.checkup.years import evaluated_year

# what these chapters say is aim, method or plan, and no claim about the year
_AIMS = (
    Part.GOALS, Part.PURPOSE, Part.PRINCIPLES, Part.INDICATOR_SYSTEM, Part.METHOD, Part.STANDARD, Part.SUGGESTIONS,
    Part.PROBLEMS,
)  # fmt: skip
_AIM = re.compile(any_of("aims"))
_VISITS = re.compile(any_of("visits"))
_PAST = re.compile(any_of("fulfilled_past"))


@check("W19", Severity.INFO, "产出写100%而没有计数可查，或者目标提法已经过时")
def outputs_without_counts(report: Report) -> Iterator[Hit]:
    """Claims in the analysis of outputs without numerator and denominator; goals that were due before the year."""
    for one in unbacked(report, blocks_of(report, Part.OUTPUT)):
        yield Hit(
            f"“{quoted(one.text, 40)}”说的是百分之百，指标表和正文都没有对应的分子和分母；请写明应当多少、实际多少",
            Place(one.block),
        )
    yield from _outdated(report)


@check("D10", Severity.INFO, "写100%、全部、无一而没有分子和分母")
def claims_without_counts(report: Report) -> Iterator[Hit]:
    """The same outside the analysis of outputs; home visits that contradict a problem belong to W20."""
    aims = blocks_of(report, *_AIMS) - blocks_of(report, Part.PRACTICES)
    everywhere = frozenset(range(len(report.document.blocks)))
    for one in unbacked(report, everywhere - aims - blocks_of(report, Part.OUTPUT)):
        if _VISITS.search(one.text) and HUNDRED.search(one.text) and blocks_of(report, Part.PROBLEMS):
            continue
        yield Hit(f"“{quoted(one.text, 40)}”说得很满，却没有分子和分母；请写明应当多少、实际多少", Place(one.block))


def unbacked(report: Report, blocks: frozenset[int]) -> Iterator[Sentence]:
    """The first clause of each paragraph that claims all of something with no count behind it anywhere."""
    told: set[int] = set()
    for one in sentences(report.document.paragraphs()):
        if one.block in blocks and one.block not in told and (clause := _claims_all(report, one)):
            told.add(one.block)
            yield replace(one, text=clause)


def _claims_all(report: Report, sentence: Sentence) -> str:
    """The clause of a sentence that claims all of something without a count; "" where none does."""
    before, found = "", ""
    for clause in clauses(sentence.text):
        earlier, before = before, clause
        if not (HUNDRED.search(clause) or ALL_OF.search(clause)) or _AIM.search(clause):
            continue
        if not is_counted(report, sentence.text, sentence.paragraph, claim_of(clause, earlier)):
            if HUNDRED.search(clause):
                return clause  # a rate says more plainly than “all done” what is missing
            found = found or clause
    return found


def _outdated(report: Report) -> Iterator[Hit]:
    year = evaluated_year(report)
    if not year:
        return
    blocks = blocks_of(report, Part.GOALS, Part.SUGGESTIONS)
    for one in sentences(report.document.paragraphs()):
        aims = [clause for clause in clauses(re.sub(r"《[^》]*》", "", one.text)) if not _PAST.search(clause)]
        late = [word for word, due in fulfilled_by().items() if year > due and any(word in clause for clause in aims)]
        if one.block in blocks and late:
            due = fulfilled_by()[late[0]]
            yield Hit(
                f"目标里的“{late[0]}”到{due}年已经到期，写在{year}年度的目标里过时了，请改用现行提法", Place(one.block)
            )
