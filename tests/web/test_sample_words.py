"""抽样的词: the words of the pages are those of the tables, code by code."""

import pytest
from django.apps import apps

from opendibao.evaluation.answer_sheets import FORMS
from opendibao.evaluation.sample_results import QUESTIONS
from opendibao.web import sample_words as words


@pytest.mark.parametrize(
    ("said", "model", "field"),
    [
        (words.PURPOSES, "SampleDraw", "purpose"),
        (words.METHODS, "SampleDraw", "method"),
        (words.WAYS, "ArrivalCheck", "channel"),
        (words.WAYS, "SatisfactionAnswer", "channel"),
        (words.ANSWERS, "SatisfactionAnswer", "answer"),
        (words.RELIEF, "SatisfactionAnswer", "relief"),
        (words.AWARENESS, "SatisfactionAnswer", "awareness"),
        (words.ARRIVALS, "ArrivalCheck", "answer"),
        (words.TALKS, "Interview", "kind"),
    ],
)
def test_every_code_of_a_table_has_its_word(said: dict[str, str], model: str, field: str) -> None:
    choices = apps.get_model("evaluation", model)._meta.get_field(field).flatchoices
    assert dict(said) == {code: str(word) for code, word in choices if code}


def test_every_question_has_its_words_and_its_answers_are_offered() -> None:
    assert {one.code for one in QUESTIONS} == set(words.QUESTIONS) == set(words.YES)
    assert set(words.HOW) == set(words.METHODS)
    assert dict(words.ARRIVALS) == {**words.ARRIVED, "none": "未答"}
    assert set(FORMS) < set(words.PURPOSES)
