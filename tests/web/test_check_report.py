"""报告体检页: a report sent or pasted is shown with its findings, each leading to its place; nothing of it is kept."""

import io
import json
import random
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings

from opendibao.evaluation.checkup import catalogue
from opendibao.evaluation.checkup.catalogue import Check, Hit
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.report import Report
from opendibao.web import check_report as page_module
from tests.evaluation.checkup.reading.word_files import p, tbl, tr, word
from tests.web.conftest import Page, Reader, page_of

ADDRESS = "/evaluation/check/"
WORD = word(p("示范县评价报告") + p("满意度抄了指标值。") + tbl(tr("指标", "分值"), tr("甲", "5")))
HIDDEN = re.compile(r'<input type="hidden" name="(name|carried)" value="([^"]*)">')


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rules of our own, so that the page is tested and not the rules."""

    def copied(report: Report) -> Iterator[Hit]:
        for number, paragraph in report.document.paragraphs():
            if "抄了" in paragraph.text:
                yield Hit("实际值抄了指标值，请填测得的数", Place(number))

    def weights(report: Report) -> Iterator[Hit]:
        for number, _ in report.document.tables():
            yield Hit("分值合计不是 <100>", Place(number, 1))

    def grade(report: Report) -> Iterator[Hit]:
        if "等级" not in report.text:
            yield Hit("没有写等级")

    found = (
        Check("Z01", Severity.WARNING, "抄指标值", copied), Check("Z02", Severity.ERROR, "分值", weights),
        Check("Z03", Severity.ERROR, "等级", grade),
    )  # fmt: skip
    monkeypatch.setattr(catalogue, "checks", lambda: found)


class Sender:
    """Sends reports to the page."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def file(self, content: bytes, name: str = "报告.docx", **more: str) -> Page:
        return page_of(self.client.post(ADDRESS, {"file": SimpleUploadedFile(name, content), **more}))  # type: ignore[arg-type]

    def text(self, text: str, **more: str) -> Page:
        return page_of(self.client.post(ADDRESS, {"text": text, **more}))  # type: ignore[arg-type]

    def raw(self, **sent: object) -> tuple[int, bytes, str]:
        answer = self.client.post(ADDRESS, sent)
        return answer.status_code, answer.content, answer.headers.get("Content-Disposition", "")


@pytest.fixture
def send(county: None, rules: None) -> Sender:
    return Sender()


def test_before_anything_is_sent_the_page_says_what_it_takes_and_that_nothing_is_kept(read: Reader) -> None:
    page = read(ADDRESS)
    assert "Word（.docx）、文字（.txt）、Markdown（.md），最大 20 MB" in page.words
    assert "系统里什么也不留下" in page.words
    assert "发现" not in page.words.split("再查一份")[0].split("直接下载")[0]


class TestFindings:
    def test_they_stand_by_severity_the_gravest_first(self, send: Sender) -> None:
        page = send.file(WORD)
        assert page.status == 200
        assert "发现 3 处" in page.words
        order = [
            page.html.index(word) for word in ('id="group-error"', "Z02</a>", "Z03</a>", 'id="group-warning"', "Z01")
        ]
        assert order == sorted(order)
        assert "错误 2 处" in page.words
        assert "提醒 1 处" in page.words

    def test_each_leads_to_its_place_and_back(self, send: Sender) -> None:
        page = send.file(WORD)
        links = {href for _, href in page.links if href.startswith("#")}
        places = {"#place-2", "#place-3-1", "#place-1"}
        assert places | {"#finding-1", "#finding-2", "#finding-3"} <= links
        ids = re.findall(r'\sid="([^"]+)"', page.html)
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in links} <= set(ids)
        assert '<tr id="place-3-1" tabindex="-1" class="marked">' in page.html
        assert 'class="piece level-0 marked" id="place-2"' in page.html

    def test_what_a_report_says_is_shown_as_text(self, send: Sender) -> None:
        page = send.text("<script>alert(1)</script>抄了")
        assert "&lt;script&gt;alert(1)&lt;/script&gt;抄了" in page.html
        assert "<script>alert" not in page.html
        assert "分值合计不是 &lt;100&gt;" in send.file(WORD).html

    def test_only_severities_that_were_found_can_be_sifted(self, send: Sender) -> None:
        page = send.file(WORD)
        assert re.findall(r'id="sift-(\w+)"', page.html) == ["all", "error", "warning"]

    def test_without_findings_the_page_says_so(self, send: Sender) -> None:
        page = send.text("等级为良。")
        assert "没有发现问题" in page.words
        assert "sift" not in page.html

    def test_a_pasted_table_is_a_table_and_pasted_markdown_is_read_as_such(self, send: Sender) -> None:
        assert "分值合计不是" in send.text("指标\t分值\n甲\t5\n").words
        page = send.text("# 报告\n\n**等级**为良\n")
        assert "粘贴的文字.md" in page.words
        assert "**" not in page.words

    def test_nothing_is_inline(self, send: Sender) -> None:
        page = send.file(WORD)
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", page.html)


class TestDownloads:
    def test_the_page_carries_the_report_along_for_them(self, send: Sender) -> None:
        carried = dict(HIDDEN.findall(send.file(WORD).html))
        status, content, called = send.raw(**carried, want="json")
        told = json.loads(content)
        assert status == 200
        assert told["counts"]["total"] == 3
        assert [one["id"] for one in told["findings"]] == ["Z01", "Z02", "Z03"]
        assert "filename*=UTF-8''%E6%8A%A5%E5%91%8A-" in called

    def test_the_word_file_has_the_findings_as_comments(self, send: Sender) -> None:
        import docx

        for sent in (dict(HIDDEN.findall(send.file(WORD).html)), {"file": SimpleUploadedFile("报告.docx", WORD)}):
            status, content, _ = send.raw(**sent, want="docx")
            assert status == 200
            comments = list(docx.Document(io.BytesIO(content)).comments)
            assert sorted(one.text.split()[0] for one in comments) == ["Z01", "Z02", "Z03"]

    def test_a_large_report_is_to_be_chosen_again(self, send: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(page_module, "MOST_CARRIED", 10)
        page = send.file(WORD)
        assert "请在下面再选一次这个文件" in page.words
        assert HIDDEN.findall(page.html) == []

    def test_what_the_page_carried_and_somebody_changed_is_refused(self, send: Sender) -> None:
        status, content, _ = send.raw(name="报告.docx", carried="不是", want="json")
        assert status == 400
        assert "表单不完整" in content.decode()


class TestRefusals:
    def test_a_file_that_is_no_report_is_said_in_words(self, send: Sender) -> None:
        page = send.file(b"%PDF-1.4", "报告.pdf")
        assert page.status == 422
        assert "没有体检： 这是扫描的 PDF" in page.words
        assert 'role="alert"' in page.html

    def test_nothing_sent_is_said_in_words(self, send: Sender) -> None:
        page = send.text(" ")
        assert page.status == 422
        assert "请选一个文件，或者粘贴报告的文字" in page.words

    def test_a_file_larger_than_taken_is_not_read(self, send: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(page_module, "MOST_SENT", 2 * page_module.MEGABYTE)
        page = send.file(b"x" * (2 * page_module.MEGABYTE + 1))
        assert page.status == 422
        assert "文件超过 2 MB" in page.words

    def test_a_text_too_long_to_paste_is_said_in_words(self, send: Sender) -> None:
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
            page = send.text("长" * 1000)
        assert page.status == 422
        assert "请存成 .txt 文件再选" in page.words

    def test_a_form_from_another_site_is_refused(self, county: None) -> None:
        answer = Client(enforce_csrf_checks=True).post(ADDRESS, {"text": "等级"})
        assert answer.status_code == 403


class TestNothingIsKept:
    def test_no_file_is_written_and_no_row_changed(self, send: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
        written: list[str] = []

        def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
            if re.match(r"\s*(INSERT|UPDATE|DELETE)", sql):
                written.append(sql)
            return execute(sql, params, many, context)

        monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *a, **k: written.append("a file"))
        # pictures do not pack: beyond what Django keeps in memory by itself
        large = word(p("等级"), {"word/media/a.png": random.Random(1).randbytes(3 * 1024 * 1024)})
        assert len(large) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        with connection.execute_wrapper(note):
            assert send.file(large).status == 200
        assert written == []

    def test_who_only_reads_may_check_too(self, read: Reader, rules: None) -> None:
        """The demonstration's viewer writes nothing."""
        assert page_of(read.client.post(ADDRESS, {"text": "等级为良。"})).status == 200  # type: ignore[arg-type]
