"""上报的页: what waits and how long, the file made and kept, receipts taken, what came back corrected."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from opendibao.decision.models import Decision, OutboxEvent, ReportingFile, SentBack
from tests.decision.builders import covered
from tests.registry.builders import divisions
from tests.web.conftest import Page, page_of
from tests.web.decision.townships import clerk, stranger
from tests.web.desk import Desk, county_desk

pytestmark = pytest.mark.usefixtures("county")
HEAD = "决定文号,状态,接收日期,回执号,原因\n"


def decided() -> Decision:
    divisions()
    return covered()


def sent(desk: Desk) -> Page:
    return desk.follows(desk.does("/outbox/send/", layout="open_csv", upto="2025-01-06"))


def chosen(desk: Desk, content: bytes, name: str = "回执.csv") -> Page:
    response = desk.client.post("/outbox/receipts/", {"file": SimpleUploadedFile(name, content)})
    return page_of(response)  # type: ignore[arg-type]


def taken(desk: Desk, line: str) -> Page:
    assert chosen(desk, (HEAD + line + "\n").encode()).status == 303
    page = desk.reads("/outbox/receipts/take/")
    digest = page.html.split('name="sha256" value="')[1].split('"')[0]
    return desk.does("/outbox/receipts/take/", sha256=digest)


def test_what_waits_is_sent_answered_corrected_and_sent_again(county: None) -> None:
    decision, desk = decided(), county_desk()
    assert "等上报，已超期" in desk.reads("/outbox/").words

    page = sent(desk)
    assert "已生成“上报-20250106-1.csv”，1 条" in page.words

    page = desk.follows(taken(desk, f"{decision.number},退回,2025-01-06,,户主证件影像不清"))
    assert "退回 1 条" in page.words
    assert "户主证件影像不清" in page.words
    assert desk.follows(desk.does(f"/outbox/returns/{decision.pk}/", correction="重扫", on="2025-01-06")).status == 200
    assert "已于 2025-01-06 由 李审核 改正：重扫" in desk.reads(f"/outbox/returns/{decision.pk}/").words

    sent(desk)
    page = desk.follows(taken(desk, f"{decision.number},接收,2025-01-06,SJ-1,"))
    assert "2025-01-06 已接收" in page.words
    assert "SJ-1" in page.words
    files = desk.reads("/outbox/files/").words
    assert "上报-20250106-2.csv 2025-01-06 李审核 开放版式（CSV，UTF-8） 1 1 0 0" in files


def test_a_file_is_downloaded_as_it_went_up(county: None) -> None:
    decided()
    desk = county_desk()
    sent(desk)
    file = ReportingFile.objects.get()

    response = desk.client.get(f"/outbox/files/{file.pk}/")

    assert response.content == bytes(file.content)
    assert response.headers["Content-Type"] == "text/csv"
    assert desk.reads("/outbox/files/999/").status == 404
    assert clerk().reads(f"/outbox/files/{file.pk}/").status == 403


def test_what_was_returned_is_a_task_of_the_township(county: None) -> None:
    decision, desk = decided(), county_desk()
    sent(desk)
    taken(desk, f"{decision.number},退回,2025-01-06,,户主证件影像不清")

    page = clerk().reads("/today/")

    assert f"上报决定 {decision.number}" in page.words
    assert f"/outbox/returns/{decision.pk}/" in page.html


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xff\xff", "编码"),
        (b"PK\x03\x04", "是 Excel"),
        ("文号,状态\nA,接收\n".encode(), "列应为"),
        ((HEAD + "不存在号,接收,2025-01-06,SJ-1,\n").encode(), "没有上报过"),
        ((HEAD + "甲,接收,2025-01\n").encode(), "不完整"),
        ((HEAD + '甲,接收,"2025-01').encode(), "断开"),
        (b"", "列应为"),
    ],
)
def test_a_wrong_file_is_refused_whole(content: bytes, says: str, county: None) -> None:
    decided()
    desk = county_desk()
    sent(desk)

    page = chosen(desk, content)

    assert page.status == 422
    assert says in page.words
    assert not SentBack.objects.exists()


def test_only_the_file_that_was_looked_through_is_taken(county: None) -> None:
    decision, desk = decided(), county_desk()
    sent(desk)
    chosen(desk, (HEAD + f"{decision.number},接收,2025-01-06,SJ-1,\n").encode())

    page = desk.does("/outbox/receipts/take/", sha256="0" * 64)

    assert page.status == 422
    assert "不是您预览的那一份" in page.words
    assert OutboxEvent.objects.get().accepted_on is None


def test_the_same_file_twice_changes_nothing(county: None) -> None:
    decision, desk = decided(), county_desk()
    sent(desk)
    line = f"{decision.number},退回,2025-01-06,,户主证件影像不清"
    taken(desk, line)

    page = desk.follows(taken(desk, line))

    assert "以前来过 1 条" in page.words
    assert SentBack.objects.count() == 1


def test_the_lag_counts_working_days_until_the_receipt(county: None) -> None:
    decision, desk = decided(), county_desk()
    OutboxEvent.objects.update(sent_on=date(2024, 3, 20), file="上报.csv")
    OutboxEvent.objects.update(accepted_on=date(2024, 3, 21), receipt="SJ-1")

    page = desk.reads("/outbox/lag/?year=2024")
    rows = CalamineWorkbook.from_filelike(
        BytesIO(desk.client.get("/outbox/lag/list.xlsx?year=2024&by=township").content)
    )

    assert decision.decided_on == date(2024, 3, 18)
    assert "2024-03 1 1 1 100.00% 0 3 3 0 1 0 0" in page.words
    assert rows.get_sheet_by_index(0).to_python()[-1][:6] == ["全年", "1", "1", "1", "100.00%", "0"]


def test_another_townships_events_are_not_seen(county: None) -> None:
    decision, far = decided(), stranger()

    assert decision.number not in far.reads("/outbox/").words
    assert far.reads(f"/outbox/returns/{decision.pk}/").status == 404


@pytest.mark.parametrize(
    "address", ["/outbox/?state=x", "/outbox/?division=12", "/outbox/lag/?by=x", "/outbox/send/?division=x"]
)
def test_what_cannot_be_asked_is_said(address: str, county: None) -> None:
    divisions()

    assert county_desk().reads(address).status == 400


def test_a_township_alone_can_be_sent(county: None) -> None:
    decided()
    desk = county_desk()

    assert "现在没有等上报的决定" in desk.reads("/outbox/send/?division=360429101000").words
    page = desk.does("/outbox/send/?division=360429100000", layout="coded_gb", upto="2025-01-06")

    assert "1 条" in desk.follows(page).words
