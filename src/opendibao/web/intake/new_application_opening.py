"""申请从哪里来: what the page opens with: a family of the registry, a lead, an online application, or nothing."""

from django.http import QueryDict

from opendibao.intake.queries import lead
from opendibao.web.intake.new_application_known import Known, before_of, prefilled
from opendibao.web.intake.new_application_sheet import Sheet, row_number
from opendibao.web.intake.online_opening import with_online


def opened(asked: QueryDict, known: Known) -> Sheet:
    """The page as it opens, with all that is known filled in."""
    sheet = prefilled(known, before_of(known))
    number = row_number(asked.get("lead", ""))
    if number and (found := lead(number)):
        sheet.form |= {"lead": str(number), "channel": "lead"}
        sheet.form.setdefault("division", found.division)
    return with_online(sheet, asked.get("online", ""))
