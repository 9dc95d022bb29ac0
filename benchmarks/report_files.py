"""A year's report as Word, PDF and evidence pack, from its content to bytes, against bare libraries.

floor: typst compiles an empty page with the same font; peer: python-docx saves the same text as plain paragraphs and
tables without template, styles or margin notes. Measuring the year in the database is not part of this.
"""

import argparse
import io
import json
import pathlib
import resource
import time
from collections.abc import Callable

from opendibao.reporting import glyphs
from opendibao.reporting.blocks import Block
from opendibao.reporting.content import (
    FigureContent,
    FindingContent,
    GoalContent,
    GoalItem,
    LevelContent,
    ReadingContent,
    ReportContent,
    RowContent,
    cleaned,
)
from opendibao.reporting.pack import pack_bytes
from opendibao.reporting.pdf_file import pdf_bytes
from opendibao.reporting.sentences import words_of, write_body
from opendibao.reporting.word_file import word_bytes

SAMPLE_ROWS, SMALL = 20, 2
NAMED = [
    "households",
    "persons",
    "rural.households",
    "rural.persons",
    "urban.households",
    "urban.persons",
    "entered.households",
    "entered.persons",
    "left.households",
    "left.persons",
    "opening.households",
    "opening.persons",
    "paid",
    "paid.rural",
    "paid.urban",
    "budget.approved",
    "budget.proposed",
    "leads",
    "leads.applied",
    "surveys",
    "matches",
    "matches.hit",
    "review.votes",
    "refused",
    "reverified",
    "months.closed",
    "returned",
    "reissued",
    "publicity",
    "publicity.reached",
    "hotline",
    "hotline.on_time",
]


def figure(name: str, rows: int) -> FigureContent:
    return FigureContent(
        name,
        f"数字{name}",
        "97.00%",
        "%",
        "2024-12-31",
        9600,
        "0" * 64,
        "194",
        "200",
        "定义" * 20,
        "分子",
        "分母",
        "无",
        "SELECT household.number, village.name FROM registry_household household JOIN …\n" * 12,
        (("first", "2024-01-01"), ("last", "2024-12-31")),
        ("户编号", "户主", "乡镇", "村社区", "发放月", "账号"),
        (("H000001", "王**", "双钟镇", "桂花社区", "2024-01", "**** 1234"),) * rows,
    )


def row(position: int, indicator: str) -> RowContent:
    met = position % 2 == 0
    return RowContent(
        position,
        indicator,
        ("成本指标", "产出指标", "效益指标")[position // 5 % 3],
        "数量指标",
        f"第{position}项指标的名称",
        "≥95%",
        "97.00%" if met else "91.50%",
        "5",
        "5.00" if met else "4.82",
        "5.00" if met else "4.82",
        "194",
        "200",
        200,
        (f"indicator.{position:02d}",),
        is_scored=True,
        is_measured=True,
        is_met=met,
        formula="97达到≥95：1×5",
    )


def year(sample_rows: int) -> ReportContent:
    """As many rows, figures and sample rows as the demonstration county has."""
    codes = [code for code in words_of()["indicators"] if code != "other"]
    rows = tuple(row(number, code) for number, code in enumerate(codes, 1))
    names = NAMED + [name for one in rows for name in one.figures]
    goal = GoalContent("短期（1—2年）", tuple(GoalItem("目标" * 10, "标志" * 5, ("指标",)) for _ in range(6)))
    return cleaned(
        ReportContent(
            2024,
            "湖口县",
            "民政局",
            "城乡最低生活保障金",
            "2024年12月31日",
            "2025年1月6日",
            True,
            "jx-demo-2024",
            "总体目标",
            (goal,),
            tuple(figure(name, sample_rows) for name in names),
            rows,
            (LevelContent("成本指标", "20", "19.58"),),
            "90",
            "83.83",
            "84.32",
            "93.83",
            "优",
            "指标得分加预算执行率得分",
            (ReadingContent("指标得分", "83.83/90"),),
            tuple(FindingContent(f"W0{n}", "error", "发现" * 15, "指标表") for n in range(1, 5)),
        )
    )


def measured(what: str, n: int, work: Callable[[], object], *, peer: bool = False) -> dict[str, object]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"what": what, "n": n, "cpu_s": round(cpu, 3), "wall_s": round(wall, 3), "rss_mb": rss, "peer": peer}


def floor() -> None:
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.font_file().parent]
    )
    typst.compile(b'#set text(font: "Noto Sans SC")\n#"\xe7\xa9\xba"', font_paths=fonts)


def bare_docx(blocks: tuple[Block, ...]) -> None:
    from docx import Document

    document = Document()
    for block in blocks:
        if block.table is None:
            document.add_paragraph(block.text)
            continue
        table = document.add_table(rows=0, cols=len(block.table.heads))
        for line in (block.table.heads, *block.table.rows):
            for cell, text in zip(table.add_row().cells, line, strict=True):
                cell.text = text
    document.save(io.BytesIO())


def figures(sample_rows: int) -> list[dict[str, object]]:
    content = year(sample_rows)
    blocks: tuple[Block, ...] = ()

    def body() -> None:
        nonlocal blocks
        blocks = write_body(content)

    found = [measured("floor: typst, an empty page", 1, floor, peer=True)]
    found.append(measured("sentences and tables", len(content.figures), body))
    found.append(measured("report as docx", len(blocks), lambda: word_bytes(content, blocks)))
    found.append(measured("report as PDF, font checked", len(blocks), lambda: pdf_bytes(content, blocks)))
    found.append(measured("report as PDF, again", len(blocks), lambda: pdf_bytes(content, blocks)))
    found.append(measured("evidence pack", len(content.figures) * sample_rows, lambda: pack_bytes(content, blocks)))
    found.append(measured("peer: python-docx, plain", len(blocks), lambda: bare_docx(blocks), peer=True))
    return found


def show(rows: list[dict[str, object]]) -> None:
    base = float(str(rows[0]["wall_s"])) or 0.001
    print(f"{'what':44}{'n':>7}{'cpu s':>9}{'wall s':>9}{'× floor':>9}")
    for one in rows:
        wall = float(str(one["wall_s"]))
        print(f"{one['what']!s:44}{one['n']!s:>7}{one['cpu_s']!s:>9}{wall:>9.3f}{wall / base:>9.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help=f"{SMALL} sample rows a figure instead of {SAMPLE_ROWS}")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    rows = figures(SMALL if asked.small else SAMPLE_ROWS)
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
