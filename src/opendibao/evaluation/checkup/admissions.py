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


def admits_harm(sentence: Sentence) -> bool:
    """Whether a sentence says that money was paid late or in part because of it."""
    paying = any_of("paying")
    harm = rf"{any_of('harms')}[^，。；]{{0,16}}?{paying}|{paying}[^，。；]{{0,8}}?{any_of('suffers')}"
    return re.search(harm, sentence.text) is not None and not _DENIED.search(sentence.text)
