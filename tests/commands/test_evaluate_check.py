"""opendibao evaluate check: the contract's answer, exit status 0, 1 or 2, the copy with comments; no database."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from opendibao.commands.evaluate import command
from opendibao.evaluation.checkup.finding import SEVERITIES
from tests.evaluation.checkup.reading.word_files import p, tbl, tr, word

HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
# met and yet a point off: 达标却扣分 (W04) in the first row of the sheet
ROW = ("产出指标", "数量指标", "在保人数", "≤700人", "640人", "10", "9", "人口变动")
REPORT = word(p("示范县低保项目绩效自评报告") + p("一、绩效指标完成情况") + tbl(tr(*HEAD), tr(*ROW)))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, ["check", *map(str, arguments)])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "报告.docx"
    file.write_bytes(REPORT)
    return file


class TestAnswer:
    def test_it_has_the_keys_of_the_contract_and_counts(self, report: Path) -> None:
        result = run(report, "--json")
        told = json.loads(result.output)
        assert result.exit_code == 0
        deducted = [one for one in told["findings"] if one["id"] == "W04"]
        assert [(one["severity"], one["block"], one["row"]) for one in deducted] == [("error", 2, 1)]
        assert "在保人数" in deducted[0]["where"]
        assert all({"id", "severity", "zh", "where"} <= set(one) for one in told["findings"])
        assert told["counts"]["total"] == len(told["findings"])
        assert set(told["counts"]) == {"total", *(one.value for one in SEVERITIES)}
        assert sum(told["counts"][one.value] for one in SEVERITIES) == told["counts"]["total"]

    def test_the_same_is_told_in_words_the_gravest_first(self, report: Path) -> None:
        result = run(report)
        counts = json.loads(run(report, "--json").output)["counts"]
        assert result.exit_code == 0
        assert f"报告.docx（Word）：发现{counts['total']}处：错误{counts['error']}处" in result.output
        marks = [line for line in result.output.splitlines() if line.startswith("【")]
        assert marks == [f"【{zh}】{counts[one.value]}处" for one, zh in SEVERITIES.items() if counts[one.value]]
        assert "  W04  " in result.output

    def test_each_form_is_read_and_gives_the_same(self, report: Path, tmp_path: Path) -> None:
        rows = (HEAD, ROW)
        text, markdown = tmp_path / "报告.txt", tmp_path / "报告.md"
        before = "示范县低保项目绩效自评报告\n一、绩效指标完成情况\n"
        text.write_text(before + "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows), "gb18030")
        lines = [f"|{'|'.join(row)}|" for row in (HEAD, ("---",) * len(HEAD), ROW)]
        markdown.write_text(before.replace("\n", "\n\n") + "\n".join(lines), "utf-8")
        ids = [
            [one["id"] for one in json.loads(run(file, "--json").output)["findings"]]
            for file in (report, text, markdown)
        ]
        assert ids[0] == ids[1] == ids[2]


class TestCopy:
    def test_the_findings_are_comments_of_the_copy_and_the_report_stays(self, report: Path, tmp_path: Path) -> None:
        out = tmp_path / "批注.docx"
        result = run(report, "--json", "--docx", out)
        findings = json.loads(result.output)["findings"]
        comments = list(docx.Document(str(out)).comments)
        assert sorted(one.text.split()[0] for one in comments) == sorted(one["id"] for one in findings)
        assert report.read_bytes() == REPORT
        assert sorted(one.name for one in tmp_path.iterdir()) == ["批注.docx", "报告.docx"]

    def test_a_dry_run_writes_nothing(self, report: Path, tmp_path: Path) -> None:
        assert run(report, "--docx", tmp_path / "批注.docx", "--dry-run").exit_code == 0
        assert [one.name for one in tmp_path.iterdir()] == ["报告.docx"]

    def test_the_report_is_never_overwritten(self, report: Path, tmp_path: Path) -> None:
        (tmp_path / "别名.docx").symlink_to(report)
        for out in (report, tmp_path / "别名.docx", tmp_path / "." / "报告.docx"):
            result = run(report, "--docx", out)
            assert result.exit_code == 2
            assert "不能写在原文件上" in result.output
        assert report.read_bytes() == REPORT

    def test_a_copy_by_another_suffix_is_wrong_usage(self, report: Path, tmp_path: Path) -> None:
        result = run(report, "--docx", tmp_path / "批注.pdf")
        assert result.exit_code == 2
        assert ".docx" in result.output

    def test_a_folder_that_is_not_there_is_said(self, report: Path, tmp_path: Path) -> None:
        out = tmp_path / "没有" / "批注.docx"
        result = run(report, "--docx", out)
        assert result.exit_code == 1
        assert f"写不出 {out}（没有这个文件夹）：请换一个已有的、能写的文件夹" in result.output
        assert "被退回" not in result.output

    def test_a_file_in_place_of_the_folder_is_said(self, report: Path) -> None:
        out = report / "批注.docx"
        result = run(report, "--docx", out)
        assert result.exit_code == 1
        assert f"写不出 {out}（上一级不是文件夹）：请换一个已有的、能写的文件夹" in result.output

    def test_a_folder_that_cannot_be_written_into_is_said(
        self, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(path: Path, content: bytes) -> int:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "write_bytes", refuse)
        out = tmp_path / "批注.docx"
        result = run(report, "--docx", out)
        assert result.exit_code == 1
        assert f"写不出 {out}（没有写的权限）：请换一个已有的、能写的文件夹" in result.output
        assert "被退回" not in result.output


class TestRefusal:
    def test_what_is_no_report_ends_with_1_and_leaves_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "报告.pdf"
        file.write_bytes(b"%PDF-1.4")
        result = run(file, "--docx", tmp_path / "批注.docx")
        assert result.exit_code == 1
        assert "报告.pdf 被退回：这是扫描的 PDF" in result.output
        assert [one.name for one in tmp_path.iterdir()] == ["报告.pdf"]

    @pytest.mark.parametrize("arguments", [[], ["nowhere.docx"], ["--colour"]])
    def test_wrong_usage_ends_with_2(self, arguments: list[str]) -> None:
        assert run(*arguments).exit_code == 2

    def test_help_speaks_both_languages(self) -> None:
        text = run("--help").output
        assert "体检一份评价报告" in text
        assert "Check any evaluation report" in text
        assert "exit status" in text


def test_it_needs_no_county_no_database_and_no_settings(report: Path) -> None:
    """In a process of its own, where Django is not set up and a database would be refused."""
    code = (
        "import sys; from opendibao.commands.main import main;"
        "main(standalone_mode=False); from django.conf import settings;"
        "assert not settings.configured; assert 'psycopg' not in sys.modules"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, "-c", code, "evaluate", "check", str(report), "--json"],
        env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert json.load(io.BytesIO(done.stdout))["counts"]["total"] > 0
