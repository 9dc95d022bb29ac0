"""A sound report is passed over in silence by every rule about words, chapters and contradictions."""

from opendibao.evaluation.checkup.catalogue import check_document, checks
from tests.evaluation.checkup.rules.whole_report import report

OF_WORDS = {"W03", "W10", "W11", "W12", "W13", "W14", "W15", "W19", "W20", "W21", "W22", "W23"} | {
    f"D{number:02}" for number in range(1, 15)
}


def test_a_sound_report_is_silent() -> None:
    assert [(one.id, one.zh) for one in check_document(report())] == []


def test_every_rule_about_words_is_in_the_catalogue() -> None:
    assert {one.id for one in checks()} >= OF_WORDS
