"""承认的问题: what the chapter of problems admits to be short or difficult, clause by clause."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import Sentence, sentences
from opendibao.evaluation.checkup.vocabulary import any_of

_DENIED = re.compile(r"(?:没有|未|不|并未|未曾)(?:因此)?(?:出现|存在|发生|影响|造成|导致|发现)")
_REACH = 14  # characters between what is short and the word that says so


def admissions(report: Report, subject: str, *short_of: str) -> Iterator[Sentence]:
    """Sentences of the chapter of problems in which words of the list `subject` meet words of the lists `short_of`."""
    section = report.section(Part.PROBLEMS)
    if section is None:
        return
    told = any_of(subject)
    short = re.compile(
        rf"{told}[^，。；！？：]{{0,{_REACH}}}?{any_of(*short_of)}|(?:缺乏|缺少|短缺|不足的?|紧缺)[^，。；！？：]{{0,6}}{told}"
    )
    for one in sentences(report.document.paragraphs(section.heading.block, section.last)):
        if short.search(one.text) and not _DENIED.search(one.text):
            yield one


def late_payments(report: Report) -> Iterator[Sentence]:
    """Sentences of the chapter of problems that admit money paid late or in part, whatever the cause."""
    section = report.section(Part.PROBLEMS)
    if section is None:
        return
    paid, late = any_of("benefit_paid"), any_of("late_paid")
    harmed = re.compile(
        rf"{paid}[^，。；：]{{0,12}}?{late}|{late}[^，。；：]{{0,6}}?{paid}|{any_of('harms')}[^，。；]{{0,16}}?{any_of('paying')}"
        rf"|{paid}[^，。；]{{0,8}}?{any_of('suffers')}"
    )
    for one in sentences(report.document.paragraphs(section.heading.block, section.last)):
        if any(
            harmed.search(clause) and not _DENIED.search(clause) and not re.search(any_of("stopped"), clause)
            for clause in re.split("[，；]", one.text)
        ):
            yield one


def said_short(report: Report, phrases: str) -> Iterator[Sentence]:
    """Sentences of the chapter of problems that hold one of the set phrases of a list."""
    section = report.section(Part.PROBLEMS)
    if section is not None:
        for one in sentences(report.document.paragraphs(section.heading.block, section.last)):
            if re.search(any_of(phrases), one.text) and not _DENIED.search(one.text):
                yield one
