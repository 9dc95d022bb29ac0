"""原报送稿: a report as it was once filed is kept as it was read; nothing of it is ever overwritten."""

import hashlib
from dataclasses import asdict
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.evaluation.checkup.document import Document, Paragraph, Table
from opendibao.evaluation.checkup.reading import BadReport, read_bytes
from opendibao.evaluation.models import FiledReport
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.kernel.duties import Duty

__all__ = ["BadFiled", "FiledReport", "document_of", "file_report", "filed_report", "filed_reports", "filed_subject"]
LONGEST_NAME = 120


class BadFiled(EvaluationRefused):
    """A report cannot be kept as filed: it cannot be read, or it is there already."""


def filed_subject(year: int) -> str:
    """The audit's name of a year's filed reports."""
    return f"原报送稿 {year}"


@needs(Duty.EVALUATE)
@transaction.atomic
def file_report(year: int, division: str, name: str, content: bytes, *, on: date, at: datetime) -> FiledReport:
    """Keep a report as it was filed, as the check-up reads it; registered on a day. Raises BadFiled."""
    try:
        document = read_bytes(name, content)
    except BadReport as refusal:
        raise BadFiled(str(refusal)) from None
    sha256 = hashlib.sha256(content).hexdigest()
    if former := FiledReport.objects.filter(year=year, division=division, sha256=sha256).first():
        raise BadFiled(f"这份文件已经登记过（{former.name}，{former.filed_on}，{former.officer}），不用再登")
    kept = FiledReport.objects.create(
        year=year, division=division, name=PurePath(name).name[-LONGEST_NAME:], sha256=sha256,
        document=_as_data(document), filed_on=on, officer=officer_name(),
    )  # fmt: skip
    record("登记原报送稿", filed_subject(year), division=division, at=at, payload={"name": kept.name, "sha256": sha256})
    return kept


def _as_data(document: Document) -> dict[str, Any]:
    return {"name": document.name, "form": document.form, "blocks": [asdict(block) for block in document.blocks]}


def document_of(kept: FiledReport) -> Document:
    """The report as it was read."""
    said = kept.document
    return Document(said["name"], said["form"], tuple(_block(one) for one in said["blocks"]))


def _block(one: dict[str, Any]) -> Paragraph | Table:
    leftovers = tuple(one["leftovers"])
    if "rows" in one:
        return Table(tuple(tuple(row) for row in one["rows"]), leftovers)
    return Paragraph(one["text"], one["level"], leftovers)


def filed_reports(year: int, division: str) -> list[FiledReport]:
    """The reports of a year that were filed, the newest first, without their texts."""
    return list(FiledReport.objects.filter(year=year, division=division).defer("document").order_by("-pk"))


def filed_report(year: int, division: str, number: int) -> FiledReport | None:
    """One of them with its text."""
    return FiledReport.objects.filter(year=year, division=division, pk=number).first()
