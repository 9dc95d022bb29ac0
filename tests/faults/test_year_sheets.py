"""年度指标表: what the database itself keeps of sheets, scores and judgements, broken past every action."""

from collections.abc import Mapping

import pytest
from django.db import DatabaseError, connection, transaction

from tests.faults.promises import Broken, insert, named_by_the_database

pytestmark = pytest.mark.django_db
SHEET = {"version": 1, "reason": "", "execution_weight": "10.00"}
ROW = {"scoring": "direct", "direction": "at_least", "target": "95.0000", "weight": "10.00"}
JUDGED = {"number": 1, "band": "partly", "ratio": "0.70", "text": "有记录", "evidence": "会议纪要", "officer": "甲"}


def judgement(**breaks: object) -> Broken:
    name = "judgement_has_evidence" if set(breaks) & {"text", "evidence", "officer"} else "judgement_in_its_band"
    return Broken(name, "evaluation.Judgement", JUDGED, {"number": 2, **breaks})


PROMISES = [
    Broken("one_sheet_a_version", "evaluation.YearSheet", SHEET, {}),
    Broken("later_sheet_has_a_reason", "evaluation.YearSheet", SHEET, {"version": 2, "reason": ""}),
    Broken("execution_weight_in_hundred", "evaluation.YearSheet", SHEET, {"year": 2, "execution_weight": "100.01"}),
    Broken("execution_weight_in_hundred", "evaluation.YearSheet", SHEET, {"year": 2, "execution_weight": "-0.01"}),
    Broken("one_sheet_row_an_indicator", "evaluation.SheetRow", ROW, {"position": 2}),
    Broken("measured_row_has_a_target", "evaluation.SheetRow", ROW, {"position": 2, "indicator": "x", "target": None}),
    Broken("measured_row_has_a_target", "evaluation.SheetRow", ROW, {"position": 2, "indicator": "x", "direction": ""}),
    Broken(
        "measured_row_has_a_target", "evaluation.SheetRow", ROW, {"position": 2, "indicator": "x", "scoring": "judged"}
    ),
    Broken("one_judgement_a_number", "evaluation.Judgement", JUDGED, {}),
    judgement(ratio="0.80"),
    judgement(ratio="0.59"),
    judgement(band="achieved", ratio="0.79"),
    judgement(band="achieved", ratio="1.01"),
    judgement(band="not", ratio="0.60"),
    judgement(band="not", ratio="-0.01"),
    judgement(text=""),
    judgement(evidence=""),
    judgement(officer=""),
]


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: f"{p.constraint}-{p.breaks}")
def test_the_database_refuses_by_the_name_of_the_promise(promise: Broken) -> None:
    assert named_by_the_database(promise) == promise.constraint


@pytest.mark.usefixtures("places")
def test_the_rows_that_keep_every_promise_are_accepted() -> None:
    edges: list[Mapping[str, object]] = [
        {"number": n, "band": band, "ratio": ratio}
        for n, (band, ratio) in enumerate(
            [("achieved", "0.80"), ("achieved", "1.00"), ("partly", "0.60"), ("partly", "0.79"), ("not", "0.00")], 2
        )
    ]
    with transaction.atomic():
        insert("evaluation.YearSheet", SHEET)
        insert("evaluation.YearSheet", SHEET | {"version": 2, "reason": "调整目标"})
        insert("evaluation.SheetRow", ROW)
        insert("evaluation.SheetRow", {"position": 2, "indicator": "x", "scoring": "judged", "direction": ""})
        for edge in edges:
            insert("evaluation.Judgement", JUDGED | dict(edge))
        transaction.set_rollback(True)


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("table", ["yearsheet", "sheetrow", "judgement", "givenscore"])
def test_what_was_entered_is_neither_changed_nor_removed(table: str) -> None:
    model = {"yearsheet": "YearSheet", "sheetrow": "SheetRow", "judgement": "Judgement", "givenscore": "GivenScore"}
    given = {"yearsheet": SHEET, "sheetrow": ROW, "judgement": JUDGED}.get(table, {"officer": "甲", "reason": "样本小"})
    for sql in (f"UPDATE evaluation_{table} SET year = 1999", f"DELETE FROM evaluation_{table}"):
        assert "不能" in refused(f"evaluation.{model[table]}", given, sql)


def refused(model: str, given: dict[str, object], sql: str) -> str:
    """What the database answers to a change of a row that was just entered."""
    with transaction.atomic():
        insert(model, given)
        with pytest.raises(DatabaseError) as answer, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        transaction.set_rollback(True)
    return str(answer.value)
