"""申请从哪里来: what the page opens with: a family of the registry, a lead, an online application, or nothing."""

from django.http import QueryDict

from opendibao.intake.queries import lead
from opendibao.web.intake.new_application_known import Known, before_of, prefilled
from opendibao.web.intake.new_application_sheet import Sheet
from opendibao.web.intake.online_opening import with_online


def opened(asked: QueryDict, known: Known) -> Sheet:
    """The page as it opens, with all that is known filled in."""
    sheet = prefilled(known, before_of(known))
    number = asked.get("lead", "")
    if number.isascii() and number.isdigit() and (found := lead(int(number))):
        sheet.form |= {"lead": number, "channel": "lead"}
        sheet.form.setdefault("division", found.division)
    return with_online(sheet, asked.get("online", ""))
