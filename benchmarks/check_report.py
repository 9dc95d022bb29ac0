"""The check-up of a foreign report of thirty pages as Word file, from its bytes to the findings and the comments.

floor: python-docx opens the same file; peer: python-docx gives the same text and cells, without numbers, merges or
traces. The report is made here, of our own sentences; a page counts seven hundred signs.
"""

import argparse
import io
import json
import pathlib
import resource
import time
from collections.abc import Callable

import docx
from docx.document import Document as WordDocument

from opendibao.evaluation.checkup.catalogue import check_document, checks
from opendibao.evaluation.checkup.comments import commented
from opendibao.evaluation.checkup.reading import read_with_marks

PAGES, SMALL = 30, 3
SIGNS_A_PAGE = 700
LIMIT_S = 2.0
HEADS = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
CHAPTERS = (
    ("一、基本情况", "（一）项目概况", "（二）项目绩效目标"),
    ("二、绩效评价工作开展情况", "（一）绩效评价目的、对象和范围", "（二）绩效评价原则、指标体系、方法和标准"),
    ("三、综合评价情况及评价结论",),
    ("四、绩效评价指标分析", "（一）项目决策情况", "（二）项目过程情况", "（三）项目产出情况", "（四）项目效益情况"),
    ("五、主要经验及做法、存在的问题及原因分析", "（一）主要经验及做法", "（二）存在的问题及原因分析"),
    ("六、有关建议",),
    ("七、其他需要说明的问题",),
)
SENTENCES = (
    "示范县第{n}期走访了{a}户困难家庭，登记收入、财产和支出，其中农村{b}户，城镇{c}户，走访记录由两名工作人员签字。",
    "全年按月发放低保金{a}.{c}万元，每月10日前到账，银行回盘与名册逐笔核对，退回的{n}笔都已更正后重发。",
    "问卷共发出{a}份，收回有效答卷{b}份，表示满意的{c}份，调查由乡镇以外的人员用电话完成，没有代答。",
    "第{n}项工作由乡镇经办人员在十个工作日内完成，超过期限的{c}件写明了原因，并已列入下一年度的培训内容。",
)


def sentence(number: int) -> str:
    a = 400 + number
    return SENTENCES[number % len(SENTENCES)].format(n=number, a=a, b=a - 120, c=120)


def report(pages: int) -> bytes:
    """A report of so many pages with an indicator table and a table of figures in every chapter."""
    word = docx.Document()
    word.add_paragraph("示范县2023年度城乡最低生活保障项目绩效评价报告")
    parts = sum(map(len, CHAPTERS))
    each = pages * SIGNS_A_PAGE // parts
    number = 0
    for chapter in CHAPTERS:
        for level, heading in enumerate(chapter):
            word.add_heading(heading, 1 if level == 0 else 2)
            written = 0
            while written < each:
                text = "".join(sentence(number + one) for one in range(4))
                number, written = number + 4, written + len(text)
                word.add_paragraph(text)
        if chapter[0].startswith("三"):
            table(word, [HEADS, *(indicator(one) for one in range(1, 21))])
        else:
            table(word, [("乡镇", "户数", "人数"), *((f"第{one}镇", "120", "210") for one in range(1, 13))])
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def indicator(number: int) -> tuple[str, ...]:
    return (
        "产出指标", "数量指标", f"第{number}项走访户数", f"≥{400 + number}户", f"{410 + number}户", "5", "5", "",
    )  # fmt: skip


def table(word: WordDocument, rows: list[tuple[str, ...]]) -> None:
    made = word.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text


def bare(content: bytes) -> None:
    """What python-docx alone gives: the text of each paragraph and each cell."""
    word = docx.Document(io.BytesIO(content))
    for paragraph in word.paragraphs:
        assert paragraph.text is not None
    for one in word.tables:
        for row in one.rows:
            for cell in row.cells:
                assert cell.text is not None


def measured(what: str, n: int, work: Callable[[], object], *, peer: bool = False) -> dict[str, object]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"what": what, "n": n, "cpu_s": round(cpu, 3), "wall_s": round(wall, 3), "rss_mb": rss, "peer": peer}


def figures(pages: int) -> list[dict[str, object]]:
    content = report(pages)
    checks()  # the rules are loaded once in the life of a process
    document, marks = read_with_marks("报告.docx", content)
    findings = check_document(document)

    def whole() -> None:
        check_document(read_with_marks("报告.docx", content)[0])

    return [
        measured("floor: python-docx opens the file", pages, lambda: docx.Document(io.BytesIO(content)), peer=True),
        measured("peer: python-docx, its text and cells", pages, lambda: bare(content), peer=True),
        measured("read", pages, lambda: read_with_marks("报告.docx", content)),
        measured("check what was read", len(findings), lambda: check_document(document)),
        measured("read and check", pages, whole),
        measured("comments into the file", len(findings), lambda: commented(content, document, marks, findings)),
    ]


def show(rows: list[dict[str, object]]) -> None:
    base = float(str(rows[0]["wall_s"])) or 0.001
    print(f"{'what':44}{'n':>7}{'cpu s':>9}{'wall s':>9}{'× floor':>9}")
    for one in rows:
        wall = float(str(one["wall_s"]))
        print(f"{one['what']!s:44}{one['n']!s:>7}{one['cpu_s']!s:>9}{wall:>9.3f}{wall / base:>9.1f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--small", action="store_true", help=f"{SMALL} pages instead of {PAGES}")
    options.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = options.parse_args()
    rows = figures(SMALL if asked.small else PAGES)
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1))
    whole = next(float(str(one["wall_s"])) for one in rows if one["what"] == "read and check")
    if whole > LIMIT_S:
        raise SystemExit(f"体检用了 {whole:.2f} 秒，超过 {LIMIT_S:.0f} 秒")


if __name__ == "__main__":
    main()
