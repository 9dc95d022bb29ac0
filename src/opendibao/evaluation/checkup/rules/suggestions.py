"""建议体检: problems without suggestions (W11), a problem without its own (D05)."""

import re
from collections.abc import Iterator, Sequence

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.items import Item, items_of, says_nothing
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import bigrams, quoted
from opendibao.evaluation.checkup.vocabulary import topics_of, words

_PROMISED = re.compile(r"(?:提出|给出|形成)[^。；]{0,12}(?:建议|改进意见|整改意见)")
_QUOTED = re.compile(r"针对[^“”]{0,10}“([^”]+)”|针对[“「]?([^”」，。：:；]{4,40}?)(?:[”」]|的?问题|，|：|:)")


@check("W11", Severity.CONTRADICTION, "有问题而没有建议")
def no_suggestions(report: Report) -> Iterator[Hit]:
    """The chapter of suggestions is empty or says 无 while problems are told or the standard promises suggestions."""
    section = report.section(Part.SUGGESTIONS)
    if section is None or Part.PROBLEMS in section.parts or not says_nothing(report, section):
        return
    problems = items_of(report, report.section(Part.PROBLEMS))
    promised = _PROMISED.search(report.text_of(Part.STANDARD))
    if problems or promised:
        why = f"前文列了{len(problems)}类问题" if problems else ""
        why += "，" if problems and promised else ""
        why += f"评价标准里写了要“{quoted(promised.group())}”" if promised else ""
        yield Hit(f"“有关建议”没有内容，而{why}；请逐条写出对应的建议", Place(section.heading.block))


@check("D05", Severity.WARNING, "问题没有对应的建议")
def problems_without_their_own(report: Report) -> Iterator[Hit]:
    """A problem of which no suggestion speaks, in a report that makes suggestions."""
    problems = items_of(report, report.section(Part.PROBLEMS))
    section = report.section(Part.SUGGESTIONS)
    suggestions = items_of(report, section)
    if not problems or not suggestions or (section and Part.PROBLEMS in section.parts):
        return
    answered = _by_name(problems, suggestions)
    if answered is None:
        answered = [_spoken_of(one, problems, suggestions) for one in problems]
    for problem, done in zip(problems, answered, strict=True):
        if not done:
            zh = f"问题“{quoted(problem.title)}”在“有关建议”里没有对应的建议，请补写怎么改、谁来改、何时改完"
            yield Hit(zh, Place(problem.block))


def _by_name(problems: Sequence[Item], suggestions: Sequence[Item]) -> list[bool] | None:
    """Which problems are named by suggestions that say 针对“…”; None where they do not say so of every one."""
    named = [found.group(1) or found.group(2) for one in suggestions if (found := _QUOTED.search(one.text))]
    if len(named) * 2 < len(suggestions) or not named:
        return None
    hits = [any(_same(one.title, name) for name in named) for one in problems]
    return hits if sum(hits) * 2 >= len(hits) else None


def _same(title: str, name: str) -> bool:
    mine, theirs = (re.sub(r"\W|的|问题", "", text) for text in (title, name))
    return mine in theirs or theirs in mine


def _spoken_of(problem: Item, problems: Sequence[Item], suggestions: Sequence[Item]) -> bool:
    """Whether a suggestion shares with a problem words that no other problem has, or else its subject."""
    others = frozenset[str]().union(*(bigrams(one.text) for one in problems if one is not problem))
    others |= frozenset[str]().union(*(bigrams(word) for word in words("everywhere")))
    own_title, own_text = bigrams(problem.title) - others, bigrams(problem.text) - others
    for one in suggestions:
        shared = bigrams(one.text)
        if len(own_title & shared) >= 1 or len(own_text & shared) >= 3:
            return True
    if len(suggestions) >= len(problems):
        told = topics_of(problem.title)
        return any(told & topics_of(one.text) for one in suggestions)
    return False
