"""下载: files of the report folder by name, nothing else; the pack runs shut off from the site."""

from pathlib import Path

import pytest
from django.conf import settings

from opendibao.web.downloads import report_files
from tests.web.conftest import Reader


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The report folder of 2024 with what a report leaves behind, and what it must not give away."""
    monkeypatch.setattr(settings, "VAR", tmp_path)
    made = tmp_path / "reports" / "2024"
    made.mkdir(parents=True)
    (made / "部门评价报告-2024.docx").write_bytes(b"d" * 2048)
    (made / "部门评价报告-2024.pdf").write_bytes(b"p" * 3 * 1024 * 1024)
    (made / "证据包-2024.html").write_text("<p>凭据</p>", "utf-8")
    (made / "figures.json").write_text("{}")
    (made / ".secret.json").write_text("{}")
    (made / "notes.txt").write_text("x")
    (made / "link.json").symlink_to("/etc/passwd")
    return made


def test_files_are_listed_in_the_order_people_need_them(folder: Path) -> None:
    assert [(file.name, file.size) for file in report_files(2024)] == [
        ("部门评价报告-2024.docx", "2 KB"),
        ("部门评价报告-2024.pdf", "3.0 MB"),
        ("证据包-2024.html", "1 KB"),
        ("figures.json", "1 KB"),
    ]
    assert report_files(2023) == []


def test_a_document_is_saved_as_a_file(read: Reader, folder: Path) -> None:
    response = read.client.get("/reports/2024/部门评价报告-2024.docx")
    assert response.content == b"d" * 2048
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_pack_opens_in_its_own_sandbox(read: Reader, folder: Path) -> None:
    response = read.client.get("/reports/2024/证据包-2024.html")
    assert response.headers["Content-Security-Policy"].startswith("sandbox allow-scripts; default-src 'none'")


@pytest.mark.parametrize("name", [".secret.json", "notes.txt", "link.json", "..", "figures.json/"])
def test_nothing_else_is_given_away(read: Reader, folder: Path, name: str) -> None:
    assert read(f"/reports/2024/{name}").status == 404


def test_the_county_page_offers_the_files(read: Reader, folder: Path) -> None:
    from tests.payment.builders import family

    family("A1")
    assert read(read("/?year=2024").link("凭据包（一个网页文件，断网可看）")).status == 200
