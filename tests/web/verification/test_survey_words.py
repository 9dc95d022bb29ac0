"""调查的词: the words of the pages are those of the tables and of the rules, code by code."""

import pytest
from django.apps import apps

from opendibao.rules.vocabulary import STRUCTURES, WORDS
from opendibao.verification.item_sheets import INCOME, VALUED
from opendibao.web.verification import survey_words as words


@pytest.mark.parametrize(
    ("said", "model", "field"),
    [
        (words.WAYS, "verification.Survey", "way"),
        (words.VIEWS, "verification.NeighbourInterview", "view"),
        (words.GRADES, "verification.ItemSheet", "grade"),
    ],
)
def test_every_code_of_a_table_has_its_word(said: dict[str, str], model: str, field: str) -> None:
    assert said == dict(apps.get_model(model)._meta.get_field(field).flatchoices)


def test_every_sheet_and_structure_has_its_word() -> None:
    assert set(words.SHEET_KINDS) == {*INCOME, *VALUED}
    assert {code: WORDS["house_structure"][place] for place, code in enumerate(STRUCTURES)} == words.STRUCTURES
