"""前后矛盾体检: a problem that the report admits against a full score or a hundred per cent elsewhere (W20 to W23)."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.admissions import admissions, late_payments, said_short
from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.counted import HUNDRED, has_counts
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.outline import Part
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import Sentence, blocks_of, clauses, quoted, sentences
from opendibao.evaluation.checkup.sheet_table import SheetLine
from opendibao.evaluation.checkup.vocabulary import any_of

_VISITS = any_of("visits")
_ALL_VISITED = re.compile(
    rf"(?:100(?:\.0+)?\s*[%％]|百分之(?:一)?百|百分百|全部|逐户|每一?户|全覆盖)[^，。；]{{0,8}}{_VISITS}"
    rf"|{_VISITS}[^，。；]{{0,12}}(?:100(?:\.0+)?\s*[%％]|百分之(?:一)?百|百分百|全覆盖|不漏一户)"
)
_PAID = re.compile(any_of("paid_in_full"))
_PAID_IN_FULL = re.compile(r"(?:全部|均已?)[^，。；]{0,6}足额(?:发放|到位|到账)")
_SAMPLE = re.compile(r"样本|抽[查样取]|复查|随机")


@check("W20", Severity.INFO, "写100%入户，又承认核查有困难，准确率没有样本")
def full_visits_but_weak_checks(report: Report) -> Iterator[Hit]:
    """Every household visited, says one chapter; checks are weak, says another; accuracy rests on no sample."""
    problem = next(admissions(report, "checking", "hard_to"), None)
    if problem is None:
        return
    sampled = _accuracy_is_sampled(report)
    for claim in _outside_problems(report):
        if _ALL_VISITED.search(claim.text) and not (sampled and has_counts(claim.paragraph)):
            zh = f"“{quoted(claim.text)}”写得很满，问题里又承认“{quoted(problem.text)}”；"
            yield Hit(f"{zh}准确率是怎么测的、抽了多少户，请写明方法和样本", Place(claim.block))
            return


@check("W21", Severity.CONTRADICTION, "承认资金不足影响发放，又写发放率100%或得满分")
def short_money_but_paid_in_full(report: Report) -> Iterator[Hit]:
    """Payment suffers, for want of money or else, says the chapter of problems; all is paid, says the rest."""
    problem = next(late_payments(report), None)
    if problem is None:
        problem = next(admissions(report, "matching_money", "money_missing"), None)
    if problem is None:
        return
    claims = [quoted(said) for one in _outside_problems(report) if (said := _says_paid(one.text))][:1]
    rows = [_row(line) for line in _full_rows(report, "paid_in_full")]
    if claims or rows:
        told = "、".join([*(f"“{claim}”" for claim in claims), *rows[:2]])
        yield Hit(
            f"这里承认“{quoted(problem.text)}”，别处却是{told}；两处必有一处不实，请按实际发放核对后改成一致",
            Place(problem.block),
        )


@check("W22", Severity.CONTRADICTION, "承认人手或能力不足，有关指标却得满分")
def weak_staff_but_full_score(report: Report) -> Iterator[Hit]:
    """Too few or unskilled staff among the problems, full scores for posts or training in the sheet."""
    for subject, rows, short in (
        ("people_short", ("staffing_rows", "training_rows"), "人手不足"),
        ("skill_short", ("training_rows",), "能力不足"),
    ):
        problem = next(_short_staff(report, subject), None)
        # posts tell of too few hands; a sheet without them leaves the trainings to tell of the staff
        full = next((found for words in rows if (found := _full_rows(report, words))), [])
        if problem is not None and full:
            said = "、".join(_row(line) for line in full[:2])
            zh = f"这里承认{short}（“{quoted(problem.text)}”），而{said}；请按实际情况改分，或者换成能测出来的指标"
            yield Hit(zh, Place(problem.block))


@check("W23", Severity.INFO, "承认宣传有欠缺，指标表没有宣传或知晓率指标")
def publicity_without_indicator(report: Report) -> Iterator[Hit]:
    """Publicity is among the problems, and no row of the sheet measures it."""
    problem = next(admissions(report, "publicity", "short_of"), None) or next(
        said_short(report, "publicity_short_said"), None
    )
    if problem is None or report.sheet is None:
        return
    if not any(re.search(any_of("publicity_rows"), line.name) for line in report.sheet.lines):
        zh = f"问题里写了“{quoted(problem.text)}”，指标表却没有一个指标测宣传或知晓率；建议增加“政策知晓率”一类的指标"
        yield Hit(zh, Place(problem.block))


def _short_staff(report: Report, subject: str) -> Iterator[Sentence]:
    """Sentences that admit too few hands or too little skill; one that tells of skill tells of nothing else."""
    skill = {one.text for one in admissions(report, "skill_short", "short_of")} if subject == "people_short" else set()
    yield from (one for one in admissions(report, subject, "short_of") if one.text not in skill)
    yield from said_short(report, f"{subject}_said")


def _outside_problems(report: Report) -> Iterator[Sentence]:
    aside = blocks_of(report, Part.PROBLEMS, Part.SUGGESTIONS, Part.GOALS)
    for one in sentences(report.document.paragraphs()):
        if one.block not in aside:
            yield one


def _says_paid(text: str) -> str:
    """The clause of a sentence that says all was paid; "" where none does."""
    for clause in clauses(text):
        if (HUNDRED.search(clause) and _PAID.search(clause)) or _PAID_IN_FULL.search(clause):
            return clause
    return ""


def _full_rows(report: Report, words: str) -> list[SheetLine]:
    """Rows of the sheet named so that have their whole weight as score."""
    lines = report.sheet.lines if report.sheet else ()
    return [
        line
        for line in lines
        if line.weight and line.score is not None and line.score >= line.weight and re.search(any_of(words), line.name)
    ]


def _row(line: SheetLine) -> str:
    return f"指标表第{line.number}行“{quoted(line.name, 16)}”得了满分"


def _accuracy_is_sampled(report: Report) -> bool:
    """Whether the accuracy of those supported rests on a sample, in its row or in a sentence."""
    rows = report.sheet.lines if report.sheet else ()
    lines = [line.actual_text + line.reason for line in rows if "准确" in line.name]
    told = [one.text for one in sentences(report.document.paragraphs()) if re.search(r"准确(?:率|性|的?\d)", one.text)]
    return any(has_counts(text) or _SAMPLE.search(text) for text in [*lines, *told])
