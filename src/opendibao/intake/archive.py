"""一户一档: papers are put into a household's file and counted, the file is closed, numbered, lent and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Sum

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.intake.models import ArchiveFile, ArchiveItem, ArchiveLoan
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of, township_of
from opendibao.policy.reader import value
from opendibao.registry.models import Household

FORMS = dict(ArchiveItem._meta.get_field("form").flatchoices)
MOST_PAGES, TITLE, PLACE, PERSON, REASON = 2000, 120, 60, 60, 200


@dataclass(frozen=True)
class FiledPaper:
    """A paper for a file; `source` names what it was made from, so that it is put in once ("" by hand)."""

    title: str
    dated_on: date
    pages: int
    form: str = "original"
    case_id: int | None = None
    source: str = ""


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def open_archive(household_id: int, *, on: date, at: datetime) -> ArchiveFile:
    """立档: a volume for a household; the one that is open already, where there is one."""
    home = Household.objects.select_for_update(of=("self",)).get(pk=household_id)
    if there := ArchiveFile.objects.filter(household=home, closed_on=None).first():
        return there
    last = ArchiveFile.objects.filter(household=home).aggregate(last=Max("volume"), closed=Max("closed_on"))
    if last["closed"] and on < last["closed"]:
        raise IntakeRefused(f"立档日期{on}早于上一卷的归档日期{last['closed']}，请改正")
    made = ArchiveFile.objects.create(
        household=home, division=home.division, volume=(last["last"] or 0) + 1, opened_on=on, opened_by=officer_name()
    )
    _record("立档", made, at, {"on": str(on), "volume": made.volume})
    return made


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def put_in(archive_id: int, papers: Sequence[FiledPaper], *, on: date, at: datetime) -> list[ArchiveItem]:
    """放入材料: papers at the end of a file in their order, all or none; what lies there already stays.

    Raises IntakeRefused naming the paper and what is wrong with it.
    """
    file = _open(archive_id)
    if on < file.opened_on:
        raise IntakeRefused(f"入卷日期{on}早于立档日期{file.opened_on}，请改正")
    there = set(file.items.filter(withdrawn_on=None).exclude(source="").values_list("source", flat=True))
    last = file.items.aggregate(last=Max("sequence"))["last"] or 0
    wanted = [paper for paper in papers if paper.source not in there or not paper.source]
    for paper in wanted:
        _refuse_paper(paper, on)
    made = ArchiveItem.objects.bulk_create(
        ArchiveItem(
            file=file, division=file.division, sequence=last + n, title=paper.title.strip(), dated_on=paper.dated_on,
            pages=paper.pages, form=paper.form, case_id=paper.case_id, source=paper.source, entered_on=on,
            entered_by=officer_name(),
        )
        for n, paper in enumerate(wanted, 1)
    )  # fmt: skip
    if made:
        _record("放入档案材料", file, at, {"on": str(on), "papers": [item.title for item in made]})
    return made


def _refuse_paper(paper: FiledPaper, on: date) -> None:
    name = paper.title.strip()
    if not 0 < len(name) <= TITLE:
        raise IntakeRefused(f"题名“{name[:20]}”应为 1 到 {TITLE} 个字，请改正")
    if not 0 < paper.pages <= MOST_PAGES:
        raise IntakeRefused(f"“{name}”的页数{paper.pages}应在 1 到 {MOST_PAGES} 之间，请数清后重填")
    if paper.form not in FORMS:
        raise IntakeRefused(f"“{name}”的形式应为{'、'.join(FORMS.values())}，请重选")
    if paper.dated_on > on:
        raise IntakeRefused(f"“{name}”的材料日期{paper.dated_on}晚于入卷日期{on}，请改正")


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def take_out(item_id: int, *, reason: str, on: date, at: datetime) -> ArchiveItem:
    """抽出材料: a paper leaves the file; its line stays with the reason. Raises IntakeRefused."""
    item = ArchiveItem.objects.filter(pk=item_id).first()
    if item is None:
        raise IntakeRefused("没有这份卷内材料，或不在本人可见的区划内")
    file = _open(item.file_id)
    item.refresh_from_db()
    if item.withdrawn_on:
        raise IntakeRefused(f"“{item.title}”已在{item.withdrawn_on}抽出，不能再抽一次")
    if on < item.entered_on:
        raise IntakeRefused(f"抽出日期{on}早于入卷日期{item.entered_on}，请改正")
    item.withdrawn_on, item.withdrawn_reason = on, _words(reason, "抽出理由", REASON)
    item.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    _record("抽出档案材料", file, at, {"on": str(on), "paper": item.title, "reason": item.withdrawn_reason})
    return item


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def check_archive(archive_id: int, *, pages: int, location: str, on: date, at: datetime) -> ArchiveFile:
    """核对页数: what was counted by hand agrees with the contents, and the file stands in its place.

    Raises IntakeRefused where the counts differ.
    """
    file = _open(archive_id)
    listed = _pages(file)
    if pages != listed:
        raise IntakeRefused(
            f"数出{pages}页，目录合计{listed}页，差{abs(pages - listed)}页；请逐件核对，改正目录或补齐材料"
        )
    _refuse_before_last(file, on, "核对")
    file.pages, file.location = pages, _words(location, "存放位置", PLACE)
    file.checked_on, file.checked_by = on, officer_name()
    file.save(update_fields=["pages", "location", "checked_on", "checked_by"])
    _record("核对档案", file, at, {"on": str(on), "pages": pages, "location": file.location})
    return file


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def close_archive(archive_id: int, *, on: date, at: datetime) -> ArchiveFile:
    """归档: a checked file gets its number and the day until which it is kept; nothing goes in or out any more.

    It is kept so many whole years after the year of closing (`archive.keep_months`). Raises IntakeRefused, RuleGap.
    """
    file = _open(archive_id)
    if file.checked_on is None or file.pages == 0 or file.pages != _pages(file):
        raise IntakeRefused("目录改过或者还没有核对页数，请先核对页数再归档")
    if on < file.checked_on:
        raise IntakeRefused(f"归档日期{on}早于核对日期{file.checked_on}，请改正")
    if loan := file.loans.filter(returned_on=None).first():
        raise IntakeRefused(f"档案借给{loan.borrower}还没有归还，收回后再归档")
    years = value("archive.keep_months", on=on, division=file.division) // 12
    file.closed_on, file.keep_until = on, date(on.year + years, 12, 31)
    file.number = _number(file, on)
    file.save(update_fields=["closed_on", "keep_until", "number"])
    _record("归档", file, at, {"on": str(on), "number": file.number, "keep_until": str(file.keep_until)})
    return file


def _number(file: ArchiveFile, on: date) -> str:
    """The township's next number of the year, without a gap."""
    town = township_of(file.division)
    head = f"DB{on.year}-{reach_of(town)}-"
    hold(f"archive number {head}")
    last = ArchiveFile.objects.filter(number__startswith=head).aggregate(last=Max("number"))["last"]
    return f"{head}{int(last.removeprefix(head)) + 1 if last else 1:05d}"


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def lend_archive(
    archive_id: int, *, borrower: str, unit: str, purpose: str, due_on: date, on: date, at: datetime
) -> ArchiveLoan:
    """借出: to one person at a time, for a purpose, until a day. Raises IntakeRefused."""
    file = _locked(archive_id)
    if loan := file.loans.filter(returned_on=None).first():
        raise IntakeRefused(f"档案在{loan.lent_on}借给了{loan.unit}{loan.borrower}，还没有归还，不能再借")
    if due_on < on or on < file.opened_on:
        raise IntakeRefused(f"借出日期{on}、应还日期{due_on}先后不对，请改正")
    made = ArchiveLoan.objects.create(
        file=file, division=file.division, borrower=_words(borrower, "借阅人", PERSON),
        unit=_words(unit, "借阅单位", PERSON), purpose=_words(purpose, "借阅用途", REASON), lent_on=on,
        lent_by=officer_name(), due_on=due_on,
    )  # fmt: skip
    _record("借出档案", file, at, {"on": str(on), "borrower": made.borrower, "due": str(due_on)})
    return made


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def return_archive(archive_id: int, *, on: date, at: datetime) -> ArchiveLoan:
    """收回: the file is back. Raises IntakeRefused where it is not lent."""
    file = _locked(archive_id)
    loan = file.loans.filter(returned_on=None).first()
    if loan is None:
        raise IntakeRefused("档案没有借出，或者已经收回")
    if on < loan.lent_on:
        raise IntakeRefused(f"归还日期{on}早于借出日期{loan.lent_on}，请改正")
    loan.returned_on, loan.returned_to = on, officer_name()
    loan.save(update_fields=["returned_on", "returned_to"])
    _record("收回档案", file, at, {"on": str(on), "borrower": loan.borrower})
    return loan


def _locked(archive_id: int) -> ArchiveFile:
    found = ArchiveFile.objects.select_for_update(of=("self",)).select_related("household").filter(pk=archive_id)
    file = found.first()
    if file is None:
        raise IntakeRefused("没有这一卷档案，或不在本人可见的区划内")
    return file


def _open(archive_id: int) -> ArchiveFile:
    file = _locked(archive_id)
    if file.closed_on:
        raise IntakeRefused(f"这一卷已在{file.closed_on}归档（{file.number}），新材料请放入下一卷")
    return file


def _pages(file: ArchiveFile) -> int:
    return int(file.items.filter(withdrawn_on=None).aggregate(n=Sum("pages"))["n"] or 0)


def _refuse_before_last(file: ArchiveFile, on: date, act: str) -> None:
    last = file.items.aggregate(last=Max("entered_on"))["last"]
    if last and on < last:
        raise IntakeRefused(f"{act}日期{on}早于最后一份材料的入卷日期{last}，请改正")


def _words(text: str, name: str, most: int) -> str:
    said = text.strip()
    if not 0 < len(said) <= most:
        raise IntakeRefused(f"“{name}”应为 1 到 {most} 个字，请改正")
    return said


def _record(action: str, file: ArchiveFile, at: datetime, payload: dict[str, object]) -> None:
    subject = f"档案 {file.household.number}-{file.volume}"
    record(action, subject, division=file.division, at=at, payload=payload)
