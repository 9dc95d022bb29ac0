"""提交申请: what is on the page becomes the family's file, a case, and what was signed with it, in one stroke."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.submissions import hold, keep_submission
from opendibao.intake.applying import Family, Filing, Relative, file_application
from opendibao.intake.attachments import keep_attachment
from opendibao.intake.completeness import take_case
from opendibao.intake.consents import sign_consent
from opendibao.intake.mandates import give_mandate
from opendibao.intake.refusal import IntakeRefused
from opendibao.registry.entries import AccountEntry, HouseholdEntry, MemberEntry
from opendibao.registry.queries import person_ids
from opendibao.verification.actions import request_match
from opendibao.web.intake.new_application_answer import computed
from opendibao.web.intake.new_application_known import Known, cautions
from opendibao.web.intake.new_application_page import Page, Person, page_of
from opendibao.web.intake.new_application_people import Said
from opendibao.web.intake.new_application_reading import read_sheet
from opendibao.web.intake.new_application_ready import SIGNED_HERE, ready
from opendibao.web.intake.new_application_sheet import PAPER, RELATIVE, Sheet, plain, row_number
from opendibao.web.places import own_villages
from opendibao.web.uploads import Paper, Sent

PAPERS = "papers"
MOST_PAPERS = 10


def file_page(
    request: HttpRequest, key: str, sheet: Sheet, known: Known, *, sends: bool, on: date, at: datetime
) -> str | list[Said]:
    """Hand the application in; returns where it leads, or what is still missing, and then nothing is written.

    `sends`: take it in and ask for the match at once, which needs every signature. Raises REFUSALS.
    """
    reading = read_sheet(sheet, known.members, on)
    answer = computed(reading, on)
    page = page_of(sheet, known, reading, answer, own_villages(request), on)
    found = ready(sheet, reading, page)
    if lacking := [*found.to_file, *(found.to_match if sends else ()), *_against(page, known, key, on)]:
        return lacking
    papers = _papers(request)
    if papers and isinstance(papers[0], Said):
        return [one for one in papers if isinstance(one, Said)]
    with transaction.atomic():
        hold(f"draft {key}")
        case = file_application(_filing(sheet, known, page, on), draft_key=key, on=on, at=at)
        _signed(case.pk, page, [one for one in papers if isinstance(one, Sent)], on, at)
        if sheet["channel"] == "helper":
            _mandate(case.pk, sheet, on, at)
        if sends:
            take_case(case.pk, seen=_seen(sheet), on=on, at=at)
            request_match(case.pk, on=on, at=at)
        there = reverse("case", args=[case.pk])
        said = _("已受理并送比对，案号 %(number)s。等各部门答复。") if sends else _("已提交申请，案号 %(number)s。")
        keep_submission(
            key, division=case.division, subject=f"案件 {case.number}", content=key, at=at, led_to=there,
            said=said % {"number": case.number},
        )  # fmt: skip
    return f"{there}?done={key}"


def _against(page: Page, known: Known, key: str, on: date) -> list[Said]:
    """What blocks the application, said again beside what is missing."""
    people = [person.one for person in page.people if person.counts]
    return [Said(one.words) for one in cautions(known, people, key, on) if one.blocks]


def _papers(request: HttpRequest) -> list[Said | Sent]:
    """The photographs of signed papers; a fault alone where one cannot be taken."""
    field, found = Paper(_("签过字的授权书照片"), needed=False), list[Said | Sent]()
    sent = request.FILES.getlist(PAPERS)
    if len(sent) > MOST_PAPERS:
        return [Said(_("一次最多传 %(most)s 张，请分几次") % {"most": MOST_PAPERS}, PAPERS)]
    for one in sent:
        try:
            kept = field.clean(one)
        except ValidationError as fault:
            return [Said(_("%(name)s：%(fault)s") % {"name": one.name, "fault": fault.messages[0]}, PAPERS)]
        found += [kept] if kept else []
    return found


def _signed(case_id: int, page: Page, papers: list[Sent], on: date, at: datetime) -> None:
    """Every authorisation that is ticked, with its paper: one paper for all, or one for each in their order."""
    kept = [
        keep_attachment(case_id, kind="consent", name=one.name, content=one.content, on=on, at=at).pk for one in papers
    ]
    signers = [person for person in page.signers if person.has_signed]
    ids = person_ids([person.one.id_number for person in signers])
    for place, person in enumerate(signers):
        paper = kept[min(place, len(kept) - 1)] if kept else None
        sign_consent(case_id, person_id=ids[person.one.id_number], on=on, at=at, paper_id=paper)


def _mandate(case_id: int, sheet: Sheet, on: date, at: datetime) -> None:
    """The helper's mandate. Raises IntakeRefused, also for a day that cannot be."""
    try:
        signed = date.fromisoformat(sheet["helper_signed"])
    except ValueError:
        raise IntakeRefused(_("“委托书签字日期”不是日期，应写成 2025-01-06 这样")) from None
    if signed > on:
        raise IntakeRefused(_("“委托书签字日期”%(day)s 还没有到，请改正") % {"day": signed})
    give_mandate(
        case_id, helper=sheet["helper"], relation=sheet["helper_relation"], phone=plain(sheet["helper_phone"]),
        reason=sheet["helper_reason"], on=signed, at=at,
    )  # fmt: skip


def _seen(sheet: Sheet) -> set[str]:
    """The papers the officer had before him: what was printed from this page and signed, and those he ticked."""
    ticked = {name.removeprefix(PAPER) for name in sheet.form if name.startswith(PAPER)}
    return ticked | (set(SIGNED_HERE) if sheet["promise"] else set())


def _filing(sheet: Sheet, known: Known, page: Page, on: date) -> Filing:
    names = {person.one.row.id: person.one.name for person in page.people}
    declared = read_sheet(sheet, known.members, on).facts
    return Filing(
        family=_family(sheet, known, page), channel=sheet["channel"], applicant=names[sheet["applicant"]],
        declared=declared, lead_id=row_number(sheet["lead"]), online_id=row_number(sheet["online"]),
        relatives=[
            Relative(names.get(row["member"], ""), row["official"], row["post"], row["relation"])
            for row in sheet.rows(RELATIVE)
        ],
    )  # fmt: skip


def _family(sheet: Sheet, known: Known, page: Page) -> Family:
    counted = [person for person in page.people if person.counts or person.one.relation == "head"]
    account = _account(sheet)
    if known.household is None:
        entry = HouseholdEntry(
            "", sheet["division"], sheet["area"], sheet["address"], plain(sheet["phone"]),
            tuple(_entry(person) for person in counted), account,
        )  # fmt: skip
        return Family(None, entry)
    return Family(
        known.household.id,
        joins=[_entry(person) for person in counted if not person.one.registered],
        leaves=[
            person.one.registered.person_id
            for person in page.people
            if person.one.registered and person not in counted
        ],
        moves=_moves(sheet, known), account=account,
    )  # fmt: skip


def _entry(person: Person) -> MemberEntry:
    return MemberEntry(person.one.id_number, person.one.name, person.one.relation)


def _moves(sheet: Sheet, known: Known) -> dict[str, str] | None:
    now = {name: sheet[name] for name in ("division", "area", "address")} | {"phone": plain(sheet["phone"])}
    return None if known.place and now == vars(known.place) else now


def _account(sheet: Sheet) -> AccountEntry | None:
    number = plain(sheet["number"]).replace("-", "")
    return AccountEntry(sheet["holder"], sheet["bank"], number) if number else None
