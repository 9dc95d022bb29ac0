"""封面: what the first page of a report prints, and the mark that synthetic data carry on every page."""

from collections.abc import Iterator

from opendibao.reporting.content import ReportContent
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, words_of

SYNTHETIC_MARK, DRAFT_MARK = "合成数据　非真实人员和资金", "草稿"
COVER_LINES = (
    ("项目名称", "project"), ("主管部门", "department"), ("评价年度", "year"), ("数据截至", "as_of"),
    ("综合得分", "score"), ("得分构成", "made_of"), ("评价等级", "grade"),
)  # fmt: skip


def cover(content: ReportContent, report: str = DEPARTMENT_EVALUATION) -> dict[str, str]:
    """The words of the cover by name; `mark` is empty for the final report of a real county."""
    return {
        "title": words_of(report)["zh"],
        "county": content.county,
        "year": f"{content.year}年度",
        "project": content.project,
        "department": f"{content.county}{content.department}",
        "as_of": content.as_of,
        "known_on": content.known_on,
        "score": f"{content.score}分",
        "made_of": _made_of(content),
        "grade": content.grade,
        "mark": "　".join(_marks(content)),
    }


def _marks(content: ReportContent) -> Iterator[str]:
    if content.is_draft:
        yield DRAFT_MARK
    if content.is_synthetic:
        yield SYNTHETIC_MARK


def _made_of(content: ReportContent) -> str:
    """The sheet's own points, and the execution block beside it where there is a budget: never one number alone."""
    sheet = f"指标 {content.total}/{content.weights}"
    block = content.execution
    return f"{sheet}，预算执行率 {block.score}/{block.weight}" if block else sheet
