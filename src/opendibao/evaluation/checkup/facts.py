"""正文的数: what the sentences of a report claim in numbers, with whom they speak of and where."""

from opendibao.evaluation.checkup.compositions import compositions_in
from opendibao.evaluation.checkup.document import Document
from opendibao.evaluation.checkup.fact import Composition, Fact, facts_in

__all__ = ["Composition", "Fact", "compositions_of", "facts_of"]


def facts_of(document: Document) -> tuple[Fact, ...]:
    """Every number of the paragraphs, in order."""
    return tuple(fact for block, paragraph in document.paragraphs() for fact in facts_in(block, paragraph.text))


def compositions_of(document: Document) -> tuple[Composition, ...]:
    """Every total that is given with its parts, one for each unit (户, 人, 万元)."""
    return tuple(
        found
        for block, paragraph in document.paragraphs()
        for found in compositions_in(tuple(facts_in(block, paragraph.text)), paragraph.text)
    )
