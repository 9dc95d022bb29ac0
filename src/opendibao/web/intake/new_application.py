"""新申请: one page on which a family applies; every change is kept at once and answered with what the rules say."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, replace_url, reswap, retarget

from opendibao.audit.actions import record_view
from opendibao.intake.draft_queries import draft, drafts_of_household, typed_in
from opendibao.intake.drafts import DraftChanged, save_draft
from opendibao.intake.refusal import IntakeRefused
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import Villages
from opendibao.web.acts import REFUSALS, SeeOther
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.intake.new_application_answer import computed
from opendibao.web.intake.new_application_conflict import Conflict, Saving, conflict_of
from opendibao.web.intake.new_application_doing import FILE, MATCH, OVERWRITE, UNDO, done_on_page
from opendibao.web.intake.new_application_filing import file_page
from opendibao.web.intake.new_application_known import Known, before_of, cautions, known_of
from opendibao.web.intake.new_application_opening import opened
from opendibao.web.intake.new_application_page import page_of
from opendibao.web.intake.new_application_people import Said
from opendibao.web.intake.new_application_reading import read_sheet
from opendibao.web.intake.new_application_ready import papers_looked_at, ready
from opendibao.web.intake.new_application_sheet import PAPER, Sheet, sheet_of, typed_form
from opendibao.web.kept import typed
from opendibao.web.parts import wants_part
from opendibao.web.places import own_villages
from opendibao.web.tables import Crumb

KEY = re.compile(r"[0-9a-f]{32}")
WRONG, TAKEN = 422, 409
HIDDEN = ("household", "lead", "online")


@dataclass
class Desk:
    """One open page: the draft's key, which saving it was opened with, which window it is, what is typed."""

    key: str
    revision: int
    window: str
    sheet: Sheet
    today: date
    known: Known = field(default_factory=Known)
    told: list[Said] = field(default_factory=list)
    conflict: Saving | None = None
    is_found: bool = False
    said: str = ""
    focus: str = ""


def new_application(request: HttpRequest) -> HttpResponse:
    """The page for a family of the registry, a lead, an online application, or a family that is not known yet."""
    today = today_in_county()
    if found := typed(request):
        return _found_again(request, {name: values[-1] for name, values in found.items() if values}, today)
    if mine := _my_draft(request):
        return redirect("application", mine)
    known = known_of(request.GET.get("household", ""), today)
    if request.GET.get("household") and known.household is None:
        raise Http404("没有这个家庭")
    desk = Desk(secrets.token_hex(16), 0, secrets.token_hex(8), opened(request.GET, known), today, known)
    return _whole(request, desk)


def _my_draft(request: HttpRequest) -> str:
    """The key of what this officer has begun for the family already; "" where there is none."""
    mine = request.viewer.name  # type: ignore[attr-defined]
    return next((row.key for row in drafts_of_household(request.GET.get("household", "")) if row.officer == mine), "")


def _found_again(request: HttpRequest, given: dict[str, str], today: date) -> HttpResponse:
    """What was typed while the session ran out, which goes on as the draft it was."""
    key = given.get("key", "")
    if not KEY.fullmatch(key):
        return redirect("new-application")
    row, content = draft(key), typed_in(key)
    sheet = sheet_of(content)
    sent = QueryDict(mutable=True)
    sent.update(given)
    sheet.form = typed_form(sent)
    known = known_of(sheet["household"], today)
    desk = Desk(key, row.revision if row else 0, secrets.token_hex(8), sheet, today, known, is_found=True)
    return _whole(request, desk)


@takes_a_form
def application(request: HttpRequest, key: str) -> HttpResponse:
    """A draft as it was left, or what is done with it."""
    if not KEY.fullmatch(key):
        raise Http404("没有这份草稿")
    row, today = draft(key), today_in_county()
    if row and row.case_id:
        return redirect("case", row.case_id)
    if request.method == "POST":
        return _sent(request, key, row.revision if row else 0, today)
    if row is None:
        raise Http404("没有这份草稿")
    if found := typed(request):
        return _found_again(
            request, {"key": key} | {name: values[-1] for name, values in found.items() if values}, today
        )
    sheet = sheet_of(typed_in(key))
    desk = Desk(key, row.revision, secrets.token_hex(8), sheet, today, known_of(sheet["household"], today))
    if row.dropped_at:
        desk.said = _("这份草稿丢弃过；一改动就自动找回。")
    return _whole(request, desk)


def _sent(request: HttpRequest, key: str, stands: int, today: date) -> HttpResponse:
    """Take over what is typed, do what the button says, keep it, answer."""
    desk = _desk(request, key, today)
    act = request.POST.get("act", "")
    name, _colon, rest = act.partition(":")
    at = now_in_county()
    if name == OVERWRITE:
        desk.revision = stands
    if name != UNDO:
        desk.sheet.change(typed_form(request.POST), at)
    changes_page = done_on_page(desk.sheet, name, rest, at)
    desk.focus, desk.known = changes_page or "", known_of(desk.sheet["household"], today)
    if not _keep(request, desk):
        return _answered(request, desk, whole=False)
    if name in (FILE, MATCH):
        return _filed(request, desk, sends=name == MATCH)
    return _answered(request, desk, whole=changes_page is not None)


def _desk(request: HttpRequest, key: str, today: date) -> Desk:
    given = request.POST
    window, revision = given.get("window", ""), given.get("revision", "")
    if not window.isalnum() or len(window) > 32 or not (revision.isascii() and revision.isdigit()):
        raise BadQuestion(_("表单不完整，请从原来的页面重新打开这张表"))
    content = typed_in(key)
    # before the first saving the page stood as it opened, and that is what undoing leads back to
    sheet = sheet_of(content) if content else opened(given, known_of(given.get("household", ""), today))
    return Desk(key, int(revision), window, sheet, today)


def _keep(request: HttpRequest, desk: Desk) -> bool:
    """Save the draft; where another page saved it meanwhile nothing is written and the page says who."""
    sheet, viewer = desk.sheet, request.viewer  # type: ignore[attr-defined]
    reading = read_sheet(sheet, desk.known.members, desk.today)
    head = next((one.name for one in reading.people if one.relation == "head" and one.name), "")
    try:
        kept = save_draft(
            desk.key, division=_division(sheet, viewer.reach), title=head, content=sheet.content(desk.window),
            revision=desk.revision, at=now_in_county(),
        )  # fmt: skip
    except DraftChanged as changed:
        theirs = changed.draft
        desk.conflict = Saving(theirs.officer, theirs.saved_at, sheet_of(theirs.content))
        return False
    except IntakeRefused as refusal:
        desk.told = [Said(str(refusal))]
        return False
    desk.revision = kept.revision
    return True


def _division(sheet: Sheet, reach: str) -> str:
    """Where a draft is seen: in its village, before one is chosen in the officer's own place."""
    chosen = sheet["division"]
    return chosen if chosen.startswith(reach) and len(chosen) == 12 and chosen.isdigit() else reach.ljust(12, "0")


def _filed(request: HttpRequest, desk: Desk, *, sends: bool) -> HttpResponse:
    """Hand the application in; where it cannot be, everything stays and is told."""
    try:
        outcome = file_page(request, desk.key, desk.sheet, desk.known, sends=sends, on=desk.today, at=now_in_county())
    except REFUSALS as refusal:
        outcome = [Said(str(refusal))]
    if isinstance(outcome, str):
        return HttpResponseClientRedirect(outcome) if wants_part(request) else SeeOther(outcome)
    desk.told = outcome
    return _answered(request, desk, whole=True, status=WRONG)


def _answered(request: HttpRequest, desk: Desk, *, whole: bool, status: int = 200) -> HttpResponse:
    """The side of the page with what changed; the whole where rows came or went; by GET where no script runs."""
    if not wants_part(request):
        if status == 200 and not desk.told and not desk.conflict:
            there = reverse("application", args=[desk.key])
            return SeeOther(f"{there}#{desk.focus}" if desk.focus else there)
        return _whole(request, desk, status=TAKEN if desk.conflict else status)
    if whole:
        shown = {**_shown(request, desk, own_villages(request)), "before": before_of(desk.known)}
        drawn = render(request, "web/_application.html", shown)
        response = retarget(reswap(drawn, "outerHTML"), "global #application-page")
    else:
        response = render(request, "web/_application_live.html", _shown(request, desk, ()))
    return replace_url(response, reverse("application", args=[desk.key])) if desk.revision else response


def _whole(request: HttpRequest, desk: Desk, *, status: int = 200) -> HttpResponse:
    if home := desk.known.household:
        record_view(home.number, home.division, "新申请", at=now_in_county())
    shown = {**_shown(request, desk, own_villages(request)), "before": before_of(desk.known), "household": home}
    return render(request, "web/application.html", shown, status=status)


def _shown(request: HttpRequest, desk: Desk, villages: Villages) -> dict[str, object]:
    """What every answer shows; the fields themselves, with the villages to choose from, only where all is drawn."""
    reading = read_sheet(desk.sheet, desk.known.members, desk.today)
    answer = computed(reading, desk.today)
    page = page_of(desk.sheet, desk.known, reading, answer, villages, desk.today)
    theirs = desk.conflict
    papers = [(one.key, one.zh, desk.sheet[PAPER + one.key]) for one in papers_looked_at(desk.sheet, reading)]
    mark = "|".join([page.signers_mark, *(key for key, _zh, _ticked in papers)])
    return {
        "conflict": _conflict(request, desk, theirs) if theirs else None,
        "desk": desk, "page": page, "sheet": desk.sheet, "answer": answer, "reading": reading,
        "cautions": cautions(desk.known, [p.one for p in page.people if p.counts], desk.key, desk.today),
        "ready": ready(desk.sheet, reading, page),
        "papers": papers, "signers_mark": mark, "signers_changed": request.POST.get("signers", "") != mark,
        "hidden": [(name, desk.sheet[name]) for name in HIDDEN if desk.sheet[name]],
        "crumbs": [Crumb(_("新申请"), reverse("drafts")), Crumb(page.title)],
        "is_computed": not isinstance(answer, str),
    }  # fmt: skip


def _conflict(request: HttpRequest, desk: Desk, saving: Saving) -> Conflict:
    """Both savings beside each other, in the words of the page."""
    villages = own_villages(request)
    theirs, mine = (
        page_of(sheet, desk.known, read_sheet(sheet, desk.known.members, desk.today), "", villages, desk.today)
        for sheet in (saving.sheet, desk.sheet)
    )
    return conflict_of(saving, theirs, mine, desk.sheet, request.viewer.name)  # type: ignore[attr-defined]
