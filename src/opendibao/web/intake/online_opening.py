"""接办网上申请: what a family wrote goes into the application page, so that nobody types it again."""

from opendibao.intake.online_queries import OnlineRow, online_application
from opendibao.kernel.ids import BadIdNumber, parse_id_number
from opendibao.web.context import today_in_county
from opendibao.web.intake.new_application_sheet import MEMBER, Sheet, row_number


def with_online(sheet: Sheet, number: str) -> Sheet:
    """The application page with what a family sent: all it wrote where the family is not known yet, else only whence.

    The sheet as it is where there is no such application, or it was taken over or answered.
    """
    online_id = row_number(number)
    found = online_application(online_id) if online_id else None
    if found is None or found.answered_on:
        return sheet
    if not sheet["household"]:
        sheet = _written(found)
    sheet.form |= {"channel": "online", "online": number}
    return sheet


def _written(found: OnlineRow) -> Sheet:
    """What the family wrote, field by field."""
    said, sheet = found.said, Sheet()
    sheet.form |= {"division": found.division, "address": said.address, "phone": found.phone, "reason": said.reason}
    head = sheet.add(MEMBER, relation="head", lives="together", name=found.applicant, **_number(found.id_number))
    sheet.form["applicant"] = head
    for one in said.members:
        sheet.add(MEMBER, relation=one.relation, lives="together", name=one.name, **_number(one.id_number))
    sheet.form = {name: value for name, value in sheet.form.items() if value}
    return sheet


def _number(text: str) -> dict[str, str]:
    """An id number that can be; one that cannot is asked for again."""
    try:
        return {"id": parse_id_number(text, on=today_in_county()).text}
    except BadIdNumber:
        return {}
