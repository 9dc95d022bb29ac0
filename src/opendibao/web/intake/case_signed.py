"""案件的授权和备案: which adults have signed, until when, and whose relatives officials are."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.relatives_register import relatives_of
from opendibao.intake.consent_queries import (
    MEMBER,
    ConsentRow,
    adults_of,
    consents_of,
    supporters_sign_apart,
)
from opendibao.intake.queries import CaseFile
from opendibao.intake.states import ENDED
from opendibao.web.access import may
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_parts import Part
from opendibao.web.intake.relatives import NOTERS
from opendibao.web.intake.signatures import SIGNERS
from opendibao.web.tables import Cell, Crumb, Table, day, heads


def consents_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """Who has authorised the match; reviews of who is covered need no new signature."""
    today, rows = today_in_county(), consents_of(file.id)
    is_open = file.state not in ENDED
    if file.kind != "application" and not rows:
        return None
    may_sign = is_open and may(request, SIGNERS)
    cells = list(_lines(file, rows, today, may_sign=may_sign, is_open=is_open))
    named = heads(_("签字人"), "!" + _("签字"), "!" + _("有效期至"), "!" + _("状态"), "!" + _("办理"))
    table = Table(named, cells, caption=_("核对授权书"))
    acts = [Crumb(_("登记签字"), reverse("sign-consent", args=[file.id]))] if may_sign else []
    if may_sign and supporters_sign_apart(file.division, today):
        acts.append(Crumb(_("义务人同意核对"), reverse("sign-supporter", args=[file.id])))
    shown: dict[str, object] = {"table": table} if cells else {"nothing": _("还没有人签字。")}
    return Part("consents", _("核对授权书"), shown, acts=acts)


def unsigned_count(file: CaseFile, today: date) -> int:
    """How many adults of an open application have no authorisation in force."""
    if file.kind != "application" or file.state in ENDED:
        return 0
    have = {row.person_id for row in consents_of(file.id) if row.is_in_force(today)}
    return sum(one.person_id not in have for one in adults_of(file.household_id, file.division, today))


def _lines(
    file: CaseFile, rows: Sequence[ConsentRow], today: date, *, may_sign: bool, is_open: bool
) -> Iterator[list[Cell]]:
    """One line for every paper, and for every adult who has none yet."""
    for row in rows:
        name = row.signer if row.role == MEMBER else _("%(name)s（家庭以外的义务人）") % {"name": row.signer}
        back = reverse("revoke-consent", args=[file.id, row.id])
        way = Cell(_("撤回"), back) if may_sign and row.is_in_force(today) else Cell("")
        yield [Cell(name), day(row.signed_on), day(row.valid_until), _standing(row, today, is_open=is_open), way]
    if is_open:
        have = {row.person_id for row in rows}
        for one in adults_of(file.household_id, file.division, today):
            if one.person_id not in have:
                yield [Cell(one.name), Cell("—"), Cell("—"), Cell(_("还没有签"), tone="warn"), Cell("")]


def _standing(row: ConsentRow, today: date, *, is_open: bool) -> Cell:
    if row.revoked_on:
        return Cell(_("%(day)s 撤回") % {"day": row.revoked_on}, tone="warn")
    if not is_open:
        return Cell(_("已签"))
    return Cell(_("有效"), tone="ok") if row.is_in_force(today) else Cell(_("过期，要重签"), tone="bad")


def relatives_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """Members who are near relatives of officials; the county visits such a family itself."""
    rows = relatives_of(file.id)
    may_note = file.kind == "application" and file.state not in ENDED and may(request, NOTERS)
    if not rows and not may_note:
        return None
    said = _("%(official)s（%(post)s），%(relation)s")
    facts = [
        (row.member, said % {"official": row.official, "post": row.post, "relation": row.relation}) for row in rows
    ]
    acts = [Crumb(_("单独备案"), reverse("register-relative", args=[file.id]))] if may_note else []
    shown: dict[str, object] = {"facts": facts, "nothing": _("成员里没有经办人员和村干部的近亲属。")}
    if rows:
        visited = max((row.visited_on for row in rows if row.visited_on), default=None)
        waits = _("县民政局要入户核查后才能确认（57号第二十条）。")
        shown["notes"] = [_("县里 %(day)s 入户核查过。") % {"day": visited} if visited else waits]
    return Part("relatives", _("近亲属备案"), shown, acts=acts)
