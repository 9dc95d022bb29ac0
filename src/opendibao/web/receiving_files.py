"""报送与整改的表格: finance's opinion and the rectification list as workbooks; no cell is ever a formula."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from urllib.parse import quote

import xlsxwriter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opendibao.evaluation.queries import indicators
from opendibao.evaluation.rectifications import rectifications, standing
from opendibao.evaluation.reviewed import Reviewed, Total, reviewed
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.downloads import KINDS as FILE_KINDS
from opendibao.web.labels import STANDINGS, SUBMISSION_STATES
from opendibao.web.receiving_words import (
    dashes,
    found_submission,
    origin_words,
    subject_options,
)

Row = Sequence[str | Decimal]
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def opinion_file(request: HttpRequest, submission_id: int) -> HttpResponse:
    """财政审核意见表 as a workbook: the scores on one page, questions and replies on another."""
    sent = found_submission(submission_id)
    seen = reviewed(sent)
    sheets = {
        _("评分对照"): (
            (_("序号"), _("指标"), _("指标值"), _("实际完成值"), _("分值"), _("自评得分"), _("财政评分"),
             pgettext("两数之差", "差"), _("计算"), _("自评理由"), _("财政理由"), _("财政评分人")),
            _score_rows(seen), (6, 32, 14, 14, 8, 10, 10, 8, 40, 30, 30, 12),
        ),
        _("审核意见"): (
            (_("审核事项"), _("审核意见"), _("审核人"), _("审核日期"), _("答复"), _("答复人"), _("答复日期")),
            _question_rows(seen), (32, 50, 10, 12, 50, 10, 12),
        ),
        _("审定"): ((_("项目"), _("内容")), _conclusion_rows(seen), (16, 80)),
    }  # fmt: skip
    name = _("%(year)s 年度绩效评价财政审核意见表（第 %(n)s 次报送）") % {"year": sent.year, "n": sent.number}
    return _attached(name, sheets)


def rectification_file(request: HttpRequest) -> HttpResponse:
    """The year's rectification list as a workbook."""
    year, today = asked_of(request).year, today_in_county()
    names = {code: one.name for code, one in indicators().items()}
    rows: list[Row] = [
        (str(one.number), one.problem, origin_words(one, names), one.measure, one.owner, str(one.due_on),
         STANDINGS[standing(one, today)], *dashes((str(one.closed_on or ""), one.closed_by, one.outcome)))
        for one in rectifications(year, settings.OPENDIBAO_COUNTY)
    ]  # fmt: skip
    columns = (_("序号"), _("问题"), _("来源"), _("整改措施"), _("责任单位"), _("整改期限"), _("状态"), _("销号日期"),
               _("销号人"), _("整改结果"))  # fmt: skip
    widths = (6, 50, 26, 50, 16, 12, 10, 12, 10, 40)
    name = _("%(year)s 年度绩效评价整改清单") % {"year": year}
    return _attached(name, {_("整改清单"): (columns, rows, widths)})


def _score_rows(seen: Reviewed) -> list[Row]:
    rows: list[Row] = [
        (str(one.row.position), one.row.name, one.row.target, one.row.actual, Decimal(one.row.weight), one.own,
         one.finance, one.difference, one.row.formula, one.row.reason, one.given.reason if one.given else "",
         one.given.officer if one.given else "")
        for one in seen.rows
    ]  # fmt: skip
    for words, own, finance in _totals(seen.own, seen.finance):
        rows.append(("", words, "", "", "", own, finance, finance - own, "", "", "", ""))
    grades = (_(seen.own.grade), _(seen.finance.grade))
    return [*rows, ("", _("等级"), "", "", "", *grades, "", _(seen.own.basis), "", "", "")]


def _totals(own: Total, finance: Total) -> list[tuple[str, Decimal, Decimal]]:
    found = [(_("各行合计"), own.rows, finance.rows)]
    if own.execution is not None and finance.execution is not None:
        found.append((_("预算执行率得分"), own.execution, finance.execution))
    return [*found, (_("总分（百分）"), own.score, finance.score)]


def _question_rows(seen: Reviewed) -> list[Row]:
    options = subject_options(seen.said)
    return [
        (options.get(one.subject, one.subject), one.question, one.asked_by, str(one.asked_on),
         *dashes((one.reply, one.replied_by, str(one.replied_on or ""))))
        for one in seen.questions
    ]  # fmt: skip


def _conclusion_rows(seen: Reviewed) -> list[Row]:
    sent = seen.submission
    return [
        (_("项目"), seen.said.project), (_("状态"), SUBMISSION_STATES[sent.state]),
        (_("报送"), f"{sent.submitted_by} {sent.submitted_on}"), (_("报送说明"), sent.statement or "—"),
        (_("审定"), f"{sent.concluded_by} {sent.concluded_on}" if sent.concluded_by else "—"),
        (_("审定意见"), sent.conclusion or "—"), (_("结果应用"), sent.budget_use or "—"),
        (_("快照"), f"{sent.snapshot.version} · {sent.snapshot.sha256}"),
    ]  # fmt: skip


def _attached(name: str, sheets: Mapping[str, tuple[Sequence[str], Sequence[Row], Sequence[int]]]) -> HttpResponse:
    made = BytesIO()
    with xlsxwriter.Workbook(made, SAFE) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        points = book.add_format({"num_format": "0.00", "valign": "top"})
        for title, (columns, rows, widths) in sheets.items():
            page = book.add_worksheet(title)
            for column, head in enumerate(columns):
                page.write_string(0, column, head, bold)
                page.set_column(column, column, widths[column])
            for number, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, Decimal):
                        page.write_number(number, column, cell, points)
                    else:
                        page.write_string(number, column, cell, wrap)
            page.freeze_panes(1, 0)
            page.set_landscape()
            page.set_paper(9)  # A4
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
    response = HttpResponse(made.getvalue(), content_type=FILE_KINDS[".xlsx"][1])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response
