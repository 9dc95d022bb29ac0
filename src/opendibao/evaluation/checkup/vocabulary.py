"""词表: the words of reports by what they stand for, from vocabulary.yaml beside this module."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def _lists() -> dict[str, Any]:
    text = (files("opendibao.evaluation.checkup") / "vocabulary.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a list, as reports write them."""
    return tuple(_lists()[name]["words"])


@cache
def any_of(*names: str) -> str:
    """A pattern that finds any word of the lists, the longest first."""
    every = sorted({word for name in names for word in words(name)}, key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(word) for word in every)})"


@cache
def topics() -> Mapping[str, re.Pattern[str]]:
    """Subjects of which goals, indicators, problems and suggestions speak, each with its words."""
    groups: dict[str, list[str]] = _lists()["topics"]["groups"]
    return {topic: re.compile("|".join(map(re.escape, told))) for topic, told in groups.items()}


@cache
def purposes() -> Mapping[str, re.Pattern[str]]:
    """What indicators and goals are for, by words of like meaning that share no character."""
    groups: dict[str, list[str]] = _lists()["serves"]["groups"]
    return {purpose: re.compile("|".join(map(re.escape, told))) for purpose, told in groups.items()}


@cache
def fulfilled_by() -> Mapping[str, int]:
    """Slogans of policy with the year by which each was fulfilled."""
    years: dict[str, int] = _lists()["fulfilled"]["by"]
    return years


def topics_of(text: str) -> frozenset[str]:
    """The subjects of which a text speaks."""
    return frozenset(topic for topic, told in topics().items() if told.search(text))


def purposes_of(text: str) -> frozenset[str]:
    """What a text says that something is for."""
    return frozenset(purpose for purpose, told in purposes().items() if told.search(text))


@cache
def doubled_particles() -> re.Pattern[str]:
    """Single characters that are wrong when written twice, unless the second begins another word."""
    unless: dict[str, str] = _lists()["doubled_particles"]["unless"]
    each = (f"{one}{one}" + (f"(?![{after}])" if (after := unless[one]) else "") for one in words("doubled_particles"))
    return re.compile("|".join(each))
