"""结论体检: a conclusion without its total score and grade (W03), a department's title on a self-evaluation (W12)."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.document import Paragraph
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.outline import Part, Section
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import clauses, sentences
from opendibao.evaluation.checkup.vocabulary import any_of

_SCORE = re.compile(
    r"(?:综合|评价|自评|最终|总体|总评|总|合计|项目|绩效)[^，。；]{0,14}(?:得分|评分|得)(?:合计)?[为是：:\s“]{0,3}\d"
    r"|(?:得分|总分|评分结果|得分合计|综合评分)[^，。；\d（(]{0,8}\d{1,3}(?:\.\d+)?\s*分"
    r"|^(?:综合得分|总得分|总分|得分合计|评价得分|自评得分|合计得分)\D{0,6}\d"
)
_FULL_MARKS = re.compile(r"满分|总分值|设定|设置|权重|分值(?:合计|总)|共计?100分|总分(?:为)?100分")
_GRADE_WORDS = r"(?:优秀|良好|中等|较差|不合格|合格|优|良|中|差)"
_GRADE = re.compile(
    rf"(?:等级|等次|档次|级别|评级|评定|评价结果|结论|结果|评为|定为|属于|得分)[^，。；]{{0,14}}?[“\"'‘「『（(：:为是\s]?{_GRADE_WORDS}"
    rf"(?=[”\"'’」』）)。，；、\s]|$|等次|等级|级|档)"
    rf"|[“「『]{_GRADE_WORDS}[”」』](?:等次|等级|级|档|。|，|$)"
)
_SCHEME = re.compile(r"以上|以下|不低于|划分|分为|之间|区间|（含）|\(含\)|≥|以内|四[个档级]|[—–~～-]\s*\d+分?(?:为|的)")
_SUMMARY_ROW = re.compile(r"等级|等次|总分|总得分|综合得分|得分合计|合计|总计|评价结论")

_DEPARTMENT = re.compile(r"部门(?:绩效)?评价|财政(?:重点)?(?:绩效)?评价")
_SELF = r"(?:自我评价|自评|自查自评|自行(?:评价|评分|打分|对照[^，。；]{0,8}(?:打分|评分|评价)))"
# to evaluate oneself is the evaluation; to look at what others wrote of themselves is a step of it
_WRITTEN = r"(?:的?基础上|材料|报告|结果|情况|表|资料)"
_IS_SELF = re.compile(rf"{any_of('ourselves')}[^。；]{{0,40}}?{_SELF}(?!{_WRITTEN})")
_OF_OTHERS = re.compile(rf"{any_of('of_others')}[^，。；]{{0,12}}{_SELF}{_WRITTEN}")


@check("W03", Severity.ERROR, "应有评价结论，没有写出总分或等级")
def conclusion_without_total_or_grade(report: Report) -> Iterator[Hit]:
    """A chapter that promises a conclusion, in a report that prints no total score or no grade."""
    section = report.section(Part.CONCLUSION)
    if section is None:
        return
    missing = [name for name, printed in (("总分", _has_total(report)), ("等级", _has_grade(report))) if not printed]
    if missing:
        yield Hit(
            f"这一章应当写出评价结论，但是没有{'和'.join(missing)}；请写明总分是多少、怎样加出来、按哪一种等级划分评为哪一等",
            Place(section.heading.block),
        )


@check("W12", Severity.WARNING, "题为部门评价，过程是自评")
def self_evaluation_under_another_title(report: Report) -> Iterator[Hit]:
    """The title says 部门评价 or 财政评价 while the process tells of a self-evaluation and of nothing else."""
    title = next((text for _, text in _title(report) if _DEPARTMENT.search(text)), "")
    section = _process(report)
    if not title or section is None:
        return
    whole = "\n".join(
        one.heading.title for one in report.outline.every() if section.first <= one.heading.block < section.last
    )
    whole += "\n".join(text for _, one in report.paragraphs(section) if (text := one.text))
    independent = re.search(any_of("independent"), whole)
    for sentence in sentences(report.paragraphs(section)):
        text = _OF_OTHERS.sub("", re.sub(r"^[（(\d一二三四五六七八九十.、）)\s]+", "", sentence.text))
        if _IS_SELF.search(text) or (re.search(_SELF, text) and not independent):
            zh = "标题是部门评价（财政评价），评价过程写的却是自评；两种评价的组织者和要求不同，"
            yield Hit(f"{zh}请改标题，或者补上部门评价的过程", Place(sentence.block))
            return


def _process(report: Report) -> Section | None:
    """The section of the process, else the chapter that tells how the evaluation was done."""
    if section := report.section(Part.PROCESS):
        return section
    return next((one for one in report.outline.sections if re.search("评价工作|自评工作", one.heading.title)), None)


def _lines(report: Report) -> Iterator[str]:
    """Clauses of the text, and the rows of tables that sum up."""
    for block in report.document.blocks:
        if isinstance(block, Paragraph):
            for sentence in re.split(r"[。；\n]", block.text):
                if not _SCHEME.search(sentence) or "，" in sentence:
                    yield sentence
        else:
            for row in block.rows:
                said = " ".join(cell for cell in dict.fromkeys(row) if cell)
                if row and _SUMMARY_ROW.search(said[:20]):
                    yield said


def _has_total(report: Report) -> bool:
    if report.sheet is not None and report.sheet.total_score is not None:
        return True
    return any(
        _SCORE.search(part) and not _FULL_MARKS.search(part)
        for line in _lines(report)
        for part in [line, *clauses(line)]
    )


def _has_grade(report: Report) -> bool:
    return any(
        _GRADE.search(part) and not _SCHEME.search(part) for line in _lines(report) for part in [*clauses(line), line]
    )


def _title(report: Report) -> Iterator[tuple[int, str]]:
    """What stands before the first chapter, and headings without a number there."""
    first = report.outline.first_numbered(12)
    for block, paragraph in report.document.paragraphs(0, min(first, len(report.document.blocks))):
        yield block, paragraph.text.strip()
