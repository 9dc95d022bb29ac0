"""收取附件: what comes without a form of its own is kept with its case, whole or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opendibao.intake.attachment_queries import attachments_of
from opendibao.intake.models import Case
from tests.intake.pictures import jpeg, pdf
from tests.payment.builders import divisions
from tests.web.desk import Desk, hired
from tests.web.intake.test_cases import case_of


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk83", "王经办"))


def paper(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_two_scans_of_a_closed_case_lie_among_its_attachments(clerk: Desk) -> None:
    case = case_of("A1")
    Case.objects.filter(pk=case.pk).update(state="withdrawn")

    sent = clerk.does(
        f"/cases/{case.pk}/attach/", kind="scan", on="2025-01-03",
        first=paper("首页.jpg", jpeg(90, 90)), second=paper("全卷.pdf", pdf()),
    )  # fmt: skip

    assert sent.status == 303
    assert [(one.kind, one.name) for one in attachments_of(case.pk)] == [("scan", "首页.jpg"), ("scan", "全卷.pdf")]
    page = clerk.reads(f"/cases/{case.pk}/")
    assert "附件 2 份" in page.words
    assert page.link("全卷.pdf")
    assert page.link("收取附件") == f"/cases/{case.pk}/attach/"


def test_one_that_is_no_paper_leaves_nothing_of_the_others(clerk: Desk) -> None:
    case = case_of("A1")

    sent = clerk.does(
        f"/cases/{case.pk}/attach/", kind="evidence", on="2025-01-03",
        first=paper("病历.jpg", jpeg(90, 90)), second=paper("病历.pdf", b"<html>"),
    )  # fmt: skip

    assert sent.status == 422
    assert "证明材料“病历.pdf”" in sent.words
    assert attachments_of(case.pk) == []


def test_another_township_has_no_such_case(county: None) -> None:
    divisions()
    case = case_of("A1")
    stranger = Desk(hired("clerk84", "远经办", division="360429101000"))

    assert stranger.reads(f"/cases/{case.pk}/attach/").status == 404
