"""词: what papers say of codes are the words of the tables."""

import pytest

from opendibao.decision.letter import TITLES
from opendibao.decision.models import CountyVisit, DecisionKind, FirstOpinion, MeetingMember, ObjectionOutcome
from opendibao.intake.models import Case, CaseLetter, Mandate
from opendibao.registry.models import Sex
from opendibao.reporting.case_papers import (
    application,
    archive,
    decided,
    folder,
    gathering,
    letters,
    matched,
    people,
    reviewed,
    surveyed,
)
from opendibao.verification.models import (
    ItemSheet,
    MatchOutcome,
    MatchResult,
    NeighbourInterview,
    RecheckOutcome,
    SurveyWay,
    Unchecked,
)

CHOICES = (
    (application.CHANNELS, Case, "channel"),
    (application.HELPERS, Mandate, "relation"),
    (archive.CASE_KINDS, Case, "kind"),
    (gathering.AREAS, Case, "area"),
    (decided.VIEWS, FirstOpinion, "view"),
    (decided.GROUNDS, CountyVisit, "ground"),
    (reviewed.PARTS, MeetingMember, "part"),
    (surveyed.VIEWS, NeighbourInterview, "view"),
)


@pytest.mark.parametrize(("said", "model", "field"), CHOICES, ids=lambda one: getattr(one, "__name__", None))
def test_words_are_those_of_the_table(said: dict[str, str], model: type, field: str) -> None:
    assert said == {code: str(zh) for code, zh in model._meta.get_field(field).flatchoices}  # type: ignore[attr-defined]


def test_words_of_lists_are_those_of_the_table() -> None:
    assert {code: str(zh) for code, zh in SurveyWay.choices} == surveyed.WAYS
    assert {code: str(zh) for code, zh in MatchOutcome.choices} == matched.OUTCOMES
    assert {"": "未处置", **dict(MatchResult._meta.get_field("disposition").flatchoices)} == matched.DISPOSITIONS
    assert {"": "等部门答复", **{code: str(zh) for code, zh in Unchecked.choices}} == matched.WHY
    assert {"": "正在复查", **{code: str(zh) for code, zh in RecheckOutcome.choices}} == matched.RECHECKS
    assert tuple(zh for _code, zh in ItemSheet._meta.get_field("grade").flatchoices) == surveyed.GRADES
    assert {"": "未办结", **{code: str(zh) for code, zh in ObjectionOutcome.choices}} == reviewed.OUTCOMES
    assert {"": "", **dict(CaseLetter._meta.get_field("delivered_how").flatchoices)} == letters.WAYS
    assert {code: str(zh) for code, zh in Sex.choices} == people.SEX


def test_blank_letters_are_those_that_are_written() -> None:
    assert tuple(zh for _code, zh in CaseLetter._meta.get_field("kind").flatchoices) == letters.CASE_TITLES
    assert set(letters.DECISION_TITLES) == set(TITLES.values())
    assert set(decided.KINDS) == {str(kind.label) for kind in DecisionKind if kind != DecisionKind.LEGACY}


def test_an_empty_folder_is_blank() -> None:
    assert folder.Folder().is_blank
    assert folder.Folder().head is None
