"""跨省核对请求的页: drafted by the clerk, sent and answered at the county, settled by a person; nothing is lost."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from pytest_django import DjangoCaptureOnCommitCallbacks
from python_calamine import CalamineWorkbook

from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import person_id
from opendibao.verification.models import LateAnswer, RegionRequest, RequestMessage
from opendibao.verification.requests.ending import end_requests
from opendibao.verification.requests.messages import Message, encode
from tests.decision.builders import DECIDED, POSTED, confirm, family, meet, visit
from tests.decision.builders import SURVEYED as VISITED
from tests.intake.builders import ACCEPTED, authorised
from tests.registry.builders import FATHER, at, divisions
from tests.verification.requests import asked
from tests.verification.requests.province import Wire, drafted, passbook, replied, reply, sent
from tests.web.conftest import Page, page_of
from tests.web.desk import Desk, county_desk, hired

TODAY = date(2025, 1, 6)
NEW = {"province": "44", "source": "bank_deposits", "purpose": "2019 年起在东莞务工", "on": "2025-01-03"}


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk41", "王经办"))


@pytest.fixture
def case(clerk: Desk) -> Case:
    return authorised()


def uploads(desk: Desk, page: str, data: bytes) -> Page:
    """Send a file with a form."""
    file = SimpleUploadedFile("答复.jsonl", data)
    sent_form: dict[str, Any] = {**desk.opens(page), "file": file}
    return page_of(desk.client.post(page, sent_form))  # type: ignore[arg-type]


class TestFromDraftToAnswer:
    def test_the_whole_way_by_its_pages(self, case: Case, clerk: Desk) -> None:
        page = f"/cases/{case.pk}/region-requests/new/"
        assert clerk.reads(f"/cases/{case.pk}/").link("跨省核对请求") == f"/cases/{case.pk}/region-requests/"
        assert clerk.reads(f"/cases/{case.pk}/region-requests/").link("提出跨省核对") == page

        done = clerk.follows(clerk.does(page, person=str(person_id(FATHER.id_number)), **NEW))
        assert "已提出，等县里发送：李建国。" in done.words
        assert "李建国 · 广东省 银行存款" in done.words
        request = RegionRequest.objects.get()

        county = county_desk()
        send = county.reads("/region-requests/send/")
        assert "2019 年起在东莞务工" in send.words
        made = county.follows(county.does("/region-requests/send/", which=str(request.pk), by="hand", on="2025-01-03"))
        assert "已生成 1 份报文，1 项请求，请交给对方。" in made.words
        message = RequestMessage.objects.get()
        assert county.reads("/region-requests/messages/").link(message.message_id[:12]) == (
            f"/region-requests/messages/{message.pk}/"
        )
        file = county.client.get(f"/region-requests/messages/{message.pk}/file/").content
        head, item = (json.loads(line) for line in file.decode().splitlines())
        assert (head["kind"], head["to"], item["name"], item["id_number"]) == (
            "request", "44", "李建国", FATHER.id_number,
        )  # fmt: skip

        back = {name: item[name] for name in ("key", "subject", "name")}
        answer = Message(
            "gd-answer-1", "answer", "44", "360429", date(2025, 1, 6),
            [
                {**back, "outcome": "hit", "complete": True, "as_of": "2024-12-31", "rows": passbook(800_000)},
                {**back, "key": "f" * 32, "outcome": "no_hit", "complete": True, "as_of": "2024-12-31"},
            ],
        )  # fmt: skip
        came = county.follows(uploads(county, "/region-requests/receive/", encode(answer)))
        assert "广东省的答复收了 1 项，没有收 1 行，原因列在下面，请告诉对方。" in came.words
        assert "没有这个请求标识" in came.words

        story = clerk.reads(f"/region-requests/{request.pk}/")
        assert "核到信息" in story.words
        assert "珠江某银行尾号9876定期8,000.00元" in story.words
        assert FATHER.id_number not in story.html
        assert "银行存款（广东省）" in clerk.reads(f"/cases/{case.pk}/").words

    def test_what_is_not_filled_in_right_stays_typed(self, case: Case, clerk: Desk) -> None:
        page = f"/cases/{case.pk}/region-requests/new/"

        again = clerk.does(page, person=str(person_id(FATHER.id_number)), **{**NEW, "on": "2025-01-07"})

        assert again.status == 422
        assert "2025-01-07 还没有到" in again.words
        assert "2019 年起在东莞务工" in again.html
        assert not RegionRequest.objects.exists()

    def test_the_same_question_twice_is_refused_in_words(self, case: Case, clerk: Desk) -> None:
        drafted(case, on=ACCEPTED)

        again = clerk.does(f"/cases/{case.pk}/region-requests/new/", person=str(person_id(FATHER.id_number)), **NEW)

        assert again.status == 422
        assert "李建国在广东省“银行存款”的请求已于2024-03-04提出（待发送），不要重复提出" in again.words

    def test_a_file_that_is_none_is_refused_and_nothing_is_filed(self, clerk: Desk) -> None:
        county = county_desk()

        again = uploads(county, "/region-requests/receive/", b"hello\n")

        assert again.status == 422
        assert "没有收，一行也没有记" in again.words
        assert "第1行不是一项 JSON" in again.words
        assert not RequestMessage.objects.exists()

    def test_the_same_file_again_says_so(self, case: Case) -> None:
        county, wire = county_desk(), Wire()
        request = drafted(case, on=date(2025, 1, 2))
        sent(request, wire, on=date(2025, 1, 2))
        data = encode(
            Message("gd-answer-1", "answer", "44", "360429", TODAY, [reply(wire, request, as_of="2024-12-31")])
        )
        uploads(county, "/region-requests/receive/", data)

        came = county.follows(uploads(county, "/region-requests/receive/", data))

        assert "这份答复报文以前收过，没有重复登记。" in came.words

    def test_by_the_folder_both_ways(
        self,
        case: Case,
        tmp_path: Path,
        settings: Any,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        settings.VAR = tmp_path
        request, county = drafted(case, on=date(2025, 1, 2)), county_desk()
        assert "交换目录里没有新的报文" in county.reads("/region-requests/collect/").words
        county.does("/region-requests/send/", which=str(request.pk), by="folder", on="2025-01-03")

        (file,) = (tmp_path / "exchange" / "outbox").iterdir()
        _head, item = (json.loads(line) for line in file.read_text("utf-8").splitlines())
        back = {name: item[name] for name in ("key", "subject", "name")}
        inbox = tmp_path / "exchange" / "inbox"
        inbox.mkdir()
        said = [{**back, "outcome": "no_hit", "complete": True, "as_of": "2024-12-31"}]
        (inbox / "good.jsonl").write_bytes(encode(Message("gd-answer-1", "answer", "44", "360429", TODAY, said)))
        (inbox / "worse.jsonl").write_bytes(b"hello\n")

        assert "2 份" in county.reads("/region-requests/collect/").words
        with django_capture_on_commit_callbacks(execute=True):
            sent_form = county.does("/region-requests/collect/")
        done = county.follows(sent_form)
        assert [file.name for file in sorted(inbox.glob("*.jsonl"))] == ["worse.jsonl"]
        assert [file.name for file in (inbox / "done").iterdir()] == ["good.jsonl"]
        assert "收了 1 份报文。" in done.words
        assert "worse.jsonl 没有收：第1行不是一项 JSON" in done.words
        request.refresh_from_db()
        assert request.state == "answered"

    def test_a_folder_of_nothing_but_bad_files_files_nothing(self, case: Case, tmp_path: Path, settings: Any) -> None:
        settings.VAR = tmp_path
        inbox = tmp_path / "exchange" / "inbox"
        inbox.mkdir(parents=True)
        (inbox / "bad.jsonl").write_bytes(b"")

        again = county_desk().does("/region-requests/collect/")

        assert again.status == 422
        assert "bad.jsonl 没有收：文件是空的" in again.words
        assert (inbox / "bad.jsonl").exists()

    def test_sending_nothing_asks_for_a_tick(self, case: Case) -> None:
        drafted(case, on=date(2025, 1, 2))

        again = county_desk().does("/region-requests/send/", by="hand", on="2025-01-03")

        assert again.status == 422
        assert "请勾选要发送的请求" in again.words


class TestLists:
    @pytest.fixture
    def some(self, clerk: Desk) -> asked.Asked:
        return asked.whole()

    def test_by_state_province_and_what_is_late(self, some: asked.Asked) -> None:
        county = county_desk()
        page = county.reads("/region-requests/")

        assert "3 项，对方逾期未答 1 项。" in page.words  # ten working days after the ninth of December are over
        assert page.link("四川省") == "?view=&province=51"
        assert "部分答复，已逾期" in page.words
        drafts = county.reads("/region-requests/?view=draft&province=51")
        assert "四川省：1 项" in drafts.words
        assert "等县里" not in drafts.words
        assert county.reads("/region-requests/?view=maybe").status == 400
        assert county.reads("/region-requests/?province=99").status == 400

    def test_the_workbook_holds_the_same_rows(self, some: asked.Asked) -> None:
        response = county_desk().client.get("/region-requests/list.xlsx?view=expired")

        rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert [row[0] for row in rows] == ["问谁", "龚在外"]
        assert rows[1][3:6] == ["广东省", "不动产", "到期未答复"]

    def test_the_case_says_what_is_not_checked(self, some: asked.Asked, clerk: Desk) -> None:
        page = clerk.reads(f"/cases/{some.region_case}/region-requests/")

        assert "未核到：广东省不动产（龚在外），2024-11-05发出，2024-12-05到期未答复" in page.words
        assert "未核到：四川省银行存款（龚在外），2024-12-09提出，还没有发出" in page.words

    def test_todays_work_names_each_kind_once(self, some: asked.Asked) -> None:
        page = county_desk().reads("/today/")

        assert page.link("发送") == "/region-requests/send/"
        assert "跨省核对：对方逾期未答" in page.words
        assert "跨省核对：等县里发送" in page.words
        assert "跨省核对：到期或者失效" not in page.words

    def test_what_is_over_is_ended_by_hand(self, some: asked.Asked) -> None:
        county = county_desk()

        done = county.follows(county.does("/region-requests/end/", on="2025-01-06"))

        assert "到期未答复 0 项，案件照办，案卷写明“未核到”；授权失效撤销 0 项。" in done.words

    def test_withdrawn_with_a_reason_and_rechecked(self, some: asked.Asked, clerk: Desk) -> None:
        done = clerk.follows(
            clerk.does(f"/region-requests/{some.region_draft}/cancel/", reason="写错了省", on="2025-01-06")
        )
        assert "已撤销：龚在外 · 四川省 银行存款。" in done.words
        closed = clerk.reads(f"/region-requests/{some.region_draft}/cancel/")
        assert "这项请求已经是“已撤销”，不能撤销。" in closed.words

        page = clerk.reads(f"/region-requests/{some.region_expired}/recheck/")
        assert "复查定在 2025-03-05，现在提前登记也可以。" in page.words  # ninety days after the fifth of December
        done = clerk.follows(
            clerk.does(f"/region-requests/{some.region_expired}/recheck/", said="电话问清，没有", on="2025-01-06")
        )
        assert "2025-01-06 王经办：电话问清，没有" in done.words

    def test_where_nothing_was_asked_it_says_what_will_come(self, clerk: Desk) -> None:
        assert "从案件页提出，县里发给那个省，会列在这里" in clerk.reads("/region-requests/").words
        assert "现在没有等发送的请求" in county_desk().reads("/region-requests/send/").words

    def test_a_clerk_of_another_township_finds_none_of_it(self, some: asked.Asked) -> None:
        stranger = Desk(hired("clerk43", "外经办", division="360429101000"))

        assert "龚在外" not in stranger.reads("/region-requests/").words
        assert stranger.reads(f"/region-requests/{some.region_partly}/").status == 404
        assert stranger.reads(f"/region-requests/messages/{some.region_message}/").status == 403

    def test_who_audits_reads_the_story_and_downloads_nothing(self, some: asked.Asked) -> None:
        auditor = Desk(hired("audit41", "审计员", division="360429000000", duties=(Duty.AUDIT,)))

        assert auditor.reads(f"/region-requests/messages/{some.region_message}/").status == 200
        assert auditor.reads(f"/region-requests/messages/{some.region_message}/file/").status == 403


def test_a_late_answer_that_bears_is_settled_by_a_person(case: Case) -> None:
    wire = Wire()
    request = drafted(case)
    sent(request, wire)
    visit(case, family(), VISITED)
    meet(case)
    from opendibao.decision.actions import post_notice

    post_notice(case.pk, on=POSTED, at=at(POSTED))
    confirm(case, DECIDED)
    end_requests(on=date(2024, 4, 5), at=at(date(2024, 4, 5)))
    replied(wire, request, on=date(2024, 4, 20), number="gd-answer-1", outcome="hit", rows=passbook(30_000_000))
    late = LateAnswer.objects.get()
    county = county_desk()

    assert "跨省迟到答复：重新核对" in county.reads("/today/").words
    story = county.reads(f"/region-requests/{request.pk}/")
    assert "迟到答复按规则重算：结果会变，重新核对：低保 每月 1,378.00 元 → " in story.words
    page = f"/region-requests/{request.pk}/late/{late.pk}/"
    assert story.link("办结重新核对") == page
    done = county.follows(county.does(page, said="已启动复核", on="2025-01-06"))
    assert "2025-01-06 李审核 办结：已启动复核" in done.words
    assert "已于 2025-01-06 由 李审核 办结：已启动复核" in county.reads(page).words
    assert "跨省迟到答复：重新核对" not in county.reads("/today/").words
    assert county.reads(f"/region-requests/{request.pk}/late/{late.pk + 1}/").status == 404


def test_words_are_the_sites() -> None:
    from opendibao.verification.models import Bearing
    from opendibao.verification.requests.states import RequestState
    from opendibao.web.verification.requests_words import BEARINGS, STATES

    with override("zh-hans"):
        assert {state.value: state.label for state in RequestState} == {code: STATES[code] for code in RequestState}
        assert {one.value: one.label for one in Bearing} == {code: BEARINGS[code] for code in Bearing}
