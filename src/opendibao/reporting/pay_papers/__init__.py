"""发放文书: the papers of a month's run: roster, application for funds, reconciliation statement, note to a family."""

from opendibao.reporting.pay_papers.funds import funds_application_pdf
from opendibao.reporting.pay_papers.reconciled import reconciliation_pdf
from opendibao.reporting.pay_papers.refusal import NoSuchRun
from opendibao.reporting.pay_papers.return_slip import return_slip_pdf
from opendibao.reporting.pay_papers.roster_print import roster_pdf
from opendibao.reporting.pay_papers.roster_workbook import roster_xlsx

__all__ = [
    "NoSuchRun",
    "funds_application_pdf",
    "reconciliation_pdf",
    "return_slip_pdf",
    "roster_pdf",
    "roster_xlsx",
]
