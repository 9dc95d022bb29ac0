"""Reads a rule's clause strictly: which article, paragraph and item of which law it names, and whether they exist."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from tests.conventions.sources import SRC

ARTICLES = SRC / "rules" / "articles.yaml"
_DIGITS = "零一二三四五六七八九"
_NUMBER = f"[{_DIGITS[1:]}十]+"
_REF = re.compile(rf"(?:第({_NUMBER})条)?(?:第({_NUMBER})款)?(?:第({_NUMBER})项)?")
_RANGE = re.compile(rf"第({_NUMBER})条至第({_NUMBER})条")
_NOTE = re.compile(r"（[^（）]*）$")


class BadCitation(ValueError):
    """A clause names one of our laws in a way nobody can look up."""


class Citation(NamedTuple):
    """An article of a law; paragraph and item are 0 where the whole is meant."""

    law: str
    article: int
    paragraph: int = 0
    item: int = 0


def laws() -> dict[str, dict[str, Any]]:
    """The list of articles: by law its title, what touches a household's right, and every article."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(ARTICLES.read_text("utf-8"))
    return found


def number(text: str) -> int:
    """A Chinese number below a hundred."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.index(text)
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def cited(clause: str, known: Mapping[str, Any]) -> list[Citation]:
    """All that a clause names of the known laws; parts that name another source are not looked at."""
    return [one for part in clause.split("；") for one in _part(part.strip(), known)]


def others(clause: str, known: Mapping[str, Any]) -> list[str]:
    """The parts of a clause that name another source."""
    return [part.strip() for part in clause.split("；") if not any(law in part for law in known)]


def faults(citation: Citation, known: Mapping[str, Any]) -> str:
    """What of a citation does not exist, in words; empty where all of it does."""
    article = known[citation.law]["articles"].get(citation.article)
    if article is None:
        return f"{citation.law}没有第{citation.article}条"
    items = article["items"]
    if citation.paragraph > len(items):
        return f"{citation.law}第{citation.article}条没有第{citation.paragraph}款"
    if citation.item and citation.item > items[citation.paragraph - 1]:
        return f"{citation.law}第{citation.article}条第{citation.paragraph}款没有第{citation.item}项"
    return ""


def _part(part: str, known: Mapping[str, Any]) -> Iterator[Citation]:
    law = next((name for name in known if name in part), "")
    if not law:
        return
    refs = _NOTE.sub("", part.removeprefix(law))
    if not part.startswith(law) or not refs:
        raise BadCitation(f"“{part}”应写成“{law}第几条第几款第几项”")
    article = paragraph = 0
    for ref in refs.split("、"):
        if between := _RANGE.fullmatch(ref):
            article = number(between[2])
            yield from (Citation(law, n) for n in range(number(between[1]), article + 1))
            continue
        found = _REF.fullmatch(ref)
        if not ref or not found:
            raise BadCitation(f"“{part}”里的“{ref}”应写成“第几条第几款第几项”")
        new_article, new_paragraph, item = (number(n) if n else 0 for n in found.groups())
        paragraph = new_paragraph or (0 if new_article else paragraph)
        article = new_article or article
        yield _whole(Citation(law, article, paragraph, item), part)


def _whole(citation: Citation, part: str) -> Citation:
    if not citation.article:
        raise BadCitation(f"“{part}”没有写第几条")
    return citation._replace(paragraph=1) if citation.item and not citation.paragraph else citation
