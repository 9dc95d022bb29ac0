"""Small documents for tests of the check-up: paragraphs as lines, a sheet as rows; a county that does not exist."""

from collections.abc import Sequence

from opendibao.evaluation.checkup.catalogue import checks
from opendibao.evaluation.checkup.document import Document, Paragraph, Table
from opendibao.evaluation.checkup.finding import Finding
from opendibao.evaluation.checkup.report import Report

HEADS = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
SOUND = (
    ("成本指标", "经济成本指标", "农村低保金", "≤340万元", "336.15万元", "10", "10", ""),
    ("", "", "城镇低保金", "≤80万元", "76.15万元", "10", "10", ""),
    ("产出指标", "数量指标", "低保经办人员培训次数", "≥2次", "3次", "10", "10", ""),
    ("", "质量指标", "保障对象准确率", "≥95%", "96.5%（193/200）", "20", "20", ""),
    ("", "时效指标", "低保金按时发放率", "＝100%", "100%（12/12）", "10", "10", ""),
    ("效益指标", "社会效益指标", "困难群众生活改善", "有所改善", "有所改善，回访200户，182户有改善", "20", "20", ""),
    ("满意度指标", "服务对象满意度指标", "困难群众满意度", "≥90%", "94%（188/200）", "10", "10", ""),
    ("", "", "预算执行率", "＝100%", "98.17%", "10", "9.82", "年底停发家庭较多；今后按月测算"),
    ("合计", "", "", "", "", "100", "99.82", ""),
)  # fmt: skip

Row = Sequence[str]


def paper(*lines: str, sheet: Sequence[Row] | None = None, heads: Row = HEADS, before: int | None = None) -> Document:
    """A document of the lines; the sheet stands at the end or before line number `before`."""
    blocks: list[Paragraph | Table] = [Paragraph(line) for line in lines]
    if sheet is not None:
        blocks.insert(len(blocks) if before is None else before, Table((tuple(heads), *(tuple(row) for row in sheet))))
    return Document("报告.docx", "docx", tuple(blocks))


def with_row(number: int, **cells: str) -> tuple[Row, ...]:
    """The sound sheet with some cells of one row (1 = the first) written otherwise."""
    names = ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
    rows = [list(row) for row in SOUND]
    for name, text in cells.items():
        rows[number - 1][names.index(name)] = text
    return tuple(tuple(row) for row in rows)


def found(document: Document, *ids: str) -> list[Finding]:
    """What the rules of some ids find, by id, each in the order of the text."""
    report = Report(document)
    hits = [(one, hit) for one in checks() if one.id in ids for hit in one.find(report)]
    made = [Finding(one.id, one.severity, hit.zh, report.where(hit.place), hit.place) for one, hit in hits]
    return sorted(made, key=lambda one: (one.id, one.place.block, one.place.row))
