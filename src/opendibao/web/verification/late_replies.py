"""复函迟了没有: how long a letter for evidence has waited, by working days."""

from datetime import date

from django.utils.translation import gettext as _

from opendibao.kernel.workdays import workdays_between
from opendibao.verification.evidence import way_on
from opendibao.verification.survey_queries import EvidenceLetterRow
from opendibao.web.tables import Cell


def reply_cell(row: EvidenceLetterRow, today: date) -> Cell:
    """The day of the reply, or how many working days have gone by without one."""
    if row.answered_on:
        return Cell(row.answered_on.isoformat())
    waited, usual = workdays_between(row.sent_on, today), way_on("reply_workdays", row.sent_on).value
    named = {"n": waited, "most": usual}
    if waited > usual:
        return Cell(_("已等 %(n)s 个工作日，超过 %(most)s 个，请催") % named, tone="warn")
    return Cell(_("已等 %(n)s 个工作日") % named)
