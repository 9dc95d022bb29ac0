"""快照、说明、报告文字、原报送稿的表: what the database itself refuses, each promise broken by its name."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.db.utils import InternalError

from opendibao.evaluation.models import FiledReport, FindingNote, ReportText, Snapshot
from opendibao.evaluation.snapshot_chain import chain_of, sha256_of
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
AT = datetime(2025, 1, 6, tzinfo=UTC)
OF_THE_YEAR = {"year": 2024, "division": COUNTY, "officer": "甲"}
SHA = sha256_of({})
SNAPSHOT = {**OF_THE_YEAR, "version": 1, "as_of": date(2024, 12, 31), "known_at": AT, "content": {}, "sha256": SHA}
FINAL = {**SNAPSHOT, "is_final": True, "chain": chain_of("", SHA)}
NOTE = {**OF_THE_YEAR, "finding": "W01", "where": "合计", "note": "尾差"}
TEXT = {
    **OF_THE_YEAR,
    "report": "department_evaluation",
    "place": "counts",
    "number": 1,
    "text": "话",
    "written_at": AT,
}
FILED = {**OF_THE_YEAR, "name": "报告.docx", "sha256": SHA, "document": {}, "filed_on": date(2025, 1, 6)}


@pytest.mark.parametrize(
    ("model", "keeps", "breaks", "name"),
    [
        (Snapshot, SNAPSHOT, {}, "one_snapshot_version"),
        (Snapshot, SNAPSHOT, {"version": 2, "chain": SHA}, "only_a_final_is_chained"),
        (Snapshot, SNAPSHOT, {"version": 2, "previous": SHA}, "only_a_final_is_chained"),
        (FindingNote, NOTE, {}, "one_note_per_finding"),
        (FindingNote, NOTE, {"where": "别处", "note": ""}, "note_is_signed"),
        (FindingNote, NOTE, {"where": "别处", "officer": ""}, "note_is_signed"),
        (ReportText, TEXT, {"text": "另一句"}, "one_text_a_number"),
        (ReportText, TEXT, {"number": 2, "officer": ""}, "text_has_an_author"),
        (FiledReport, FILED, {}, "one_filed_report"),
        (FiledReport, FILED, {"sha256": "0" * 64, "officer": ""}, "filed_report_has_an_officer"),
        (FiledReport, FILED, {"sha256": "0" * 64, "name": ""}, "filed_report_has_an_officer"),
    ],
)
def test_the_table_itself_refuses(model: type[Model], keeps: dict[str, Any], breaks: dict[str, Any], name: str) -> None:
    model._default_manager.create(**keeps)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.create(**{**keeps, **breaks})


def test_a_final_follows_the_final_before_it() -> None:
    first = Snapshot.objects.create(**FINAL)
    other = {**FINAL, "version": 2, "year": 2025}

    with pytest.raises(IntegrityError, match="没有接在上一份定稿之后"), transaction.atomic():
        Snapshot.objects.create(**other)
    with pytest.raises(IntegrityError, match="链值与内容不符"), transaction.atomic():
        Snapshot.objects.create(**{**other, "previous": first.chain})

    second = Snapshot.objects.create(**{**other, "previous": first.chain, "chain": chain_of(first.chain, SHA)})
    assert second.previous == first.chain


def test_two_finals_after_one_are_refused_even_without_the_trigger() -> None:
    Snapshot.objects.create(**FINAL)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE evaluation_snapshot DISABLE TRIGGER final_follows_final")

    with pytest.raises(IntegrityError, match="one_final_after_another"), transaction.atomic():
        Snapshot.objects.create(**{**FINAL, "version": 2})


@pytest.mark.parametrize(
    ("model", "row", "field"),
    [
        (Snapshot, FINAL, "officer"),
        (FindingNote, NOTE, "note"),
        (ReportText, TEXT, "text"),
        (FiledReport, FILED, "name"),
    ],
)
def test_what_was_locked_signed_written_or_filed_is_never_changed(
    model: type[Model], row: dict[str, Any], field: str
) -> None:
    kept = model._default_manager.create(**row)

    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        model._default_manager.filter(pk=kept.pk).update(**{field: "改"})
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        kept.delete()
