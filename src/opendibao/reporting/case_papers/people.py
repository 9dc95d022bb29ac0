"""家庭成员: the persons of a case with their numbers from the registry, and why each counts or not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from opendibao.kernel.month import age_on
from opendibao.registry.queries import MemberRow
from opendibao.reporting.case_papers.folder import Person
from opendibao.rulemaking.queries import pack_in_force
from opendibao.rules.answer import Answer
from opendibao.rules.vocabulary import ABSENCES, ALREADY, DISABILITIES, RELATIONS, STUDIES, WORDS

SEX = {"male": "男", "female": "女"}


def persons_of(
    registered: Sequence[MemberRow], facts: Mapping[str, Any], day: date, answer: Answer | None
) -> tuple[Person, ...]:
    """The persons of the facts with their numbers from the registry, then those whom only the registry knows."""
    known: dict[tuple[str, date | None], MemberRow] = {(row.name, row.born): row for row in registered}
    standing, adult = _standings(answer), pack_in_force().value("age.adult", day)
    found = []
    for raw in facts.get("members") or ():
        row = known.pop((str(raw.get("name")), _day(raw.get("born"))), None)
        if row is None:  # the same name with a birthday that was not written
            key = next((key for key in known if key[0] == raw.get("name")), None)
            row = known.pop(key) if key else None
        raw = {"sex": row.sex, "relation": row.relation, "born": row.born, **raw} if row else raw
        person = person_of(raw, row.id_number if row else "", day, adult)
        found.append(replace(person, **standing.get(person.name, {})))
    for row in known.values():
        raw = {"name": row.name, "sex": row.sex, "relation": row.relation, "born": row.born}
        found.append(person_of(raw, row.id_number, day, adult))
    return tuple(found)


def person_of(raw: Mapping[str, Any], id_number: str, day: date, adult: int) -> Person:
    """A person of a case's facts; from `adult` years on he signs for himself."""
    born = _day(raw.get("born"))
    age = age_on(born, day) if born else None
    return Person(
        name=str(raw.get("name", "")),
        relation=_word("relation", RELATIONS, raw.get("relation")),
        sex=SEX.get(str(raw.get("sex", "")), ""),
        born=born,
        age=age,
        id_number=id_number,
        health=_health(raw),
        study=_word("study", STUDIES, raw.get("study") or ""),
        standing="",
        is_adult=age is None or age >= adult,
    )


def _health(raw: Mapping[str, Any]) -> str:
    said = []
    if disability := raw.get("disability"):
        kind = _word("disability_kind", DISABILITIES, disability.get("kind"))
        said.append(f"{kind}残疾{'一二三四'[int(disability.get('grade') or 1) - 1]}级")
    if raw.get("severe_illness"):
        said.append("重特大疾病")
    if raw.get("died"):
        said.append(f"{raw['died']}去世")
    for key, words in (("absent", ABSENCES), ("already", ALREADY)):
        if raw.get(key):
            said.append(_word(key, words, raw[key]))
    if raw.get("lives_together") is False:
        said.append("不共同居住")
    return "，".join(said) or "无残疾和重病"


def _standings(answer: Answer | None) -> dict[str, dict[str, Any]]:
    """Why each person counts or not, by name, from the trace."""
    if answer is None:
        return {}
    steps = {step.name: step for step in answer.trace}
    step, counted = steps.get("standing"), steps.get("is_counted")
    if step is None or counted is None:
        return {}
    owned = zip(step.owners, step.values, counted.values, strict=True)
    return {
        name: {"standing": WORDS["standing"].get(value, ""), "is_counted": bool(counts)}
        for name, value, counts in owned
    }


def _word(vocabulary: str, words: Sequence[str], word: object) -> str:
    return WORDS[vocabulary][words.index(str(word))] if word in words else ""


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
