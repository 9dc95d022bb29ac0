"""档案办理: a file is opened, filled, counted, closed, lent and taken back."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake import archive as doing
from opendibao.intake.archive import FiledPaper
from opendibao.intake.archive_queries import Archive, archives_of, item_of, items_of, loans_of
from opendibao.registry.queries import household as household_of
from opendibao.reporting.archive_contents import papers_on_record
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.decision.fields import Count, Ticks
from opendibao.web.intake.archive import FORM_WORDS, found_archive, name_of, way_to_archive
from opendibao.web.tables import Crumb

LOAN_DAYS = 30
"""Offered as the day of return; the clerk may write another."""


class OnForm(ActForm):
    """Only the day."""

    on = Day(gettext_lazy("日期"))


class PaperForm(ActForm):
    """One paper by hand."""

    title = Words(gettext_lazy("题名"), doing.TITLE)
    dated_on = Day(gettext_lazy("材料日期"))
    pages = Count(gettext_lazy("页数"))
    form = Pick(gettext_lazy("形式"), FORM_WORDS)
    on = Day(gettext_lazy("入卷日期"))


class TakeOutForm(ActForm):
    """Why a paper leaves the file."""

    reason = Words(gettext_lazy("抽出理由"), doing.REASON, rows=2)
    on = Day(gettext_lazy("抽出日期"))


class CheckForm(ActForm):
    """What was counted by hand, and where the file stands."""

    pages = Count(gettext_lazy("数出的页数"), hint=gettext_lazy("从头到尾数一遍，不照抄目录"))
    location = Words(gettext_lazy("存放位置"), doing.PLACE, hint=gettext_lazy("库房、柜、盒，例如：一楼 3 柜 12 盒"))
    on = Day(gettext_lazy("核对日期"))


class LaterDay(Day):
    """A day that may still be to come."""

    def stand(self, today: date) -> None:
        """Any day of the next year."""
        super().stand(today + timedelta(days=365))

    def validate(self, value: Any) -> None:
        """Refuse what is further off than a year."""
        if value > self.today:
            raise ValidationError(_("“%(label)s”%(day)s 太远，最多借一年") % {"label": self.label, "day": value})


class LendForm(ActForm):
    """Who takes the file, what for, until when."""

    borrower = Words(gettext_lazy("借阅人"), doing.PERSON)
    unit = Words(gettext_lazy("借阅单位"), doing.PERSON)
    purpose = Words(gettext_lazy("借阅用途"), doing.REASON, rows=2)
    on = Day(gettext_lazy("借出日期"))
    due_on = LaterDay(gettext_lazy("应还日期"))


def _there(file: Archive) -> str:
    return reverse("archive", args=[file.id])


@takes_a_form
def opened_archive(request: HttpRequest, number: str) -> HttpResponse:
    """立档."""
    home = household_of(number)
    if home is None:
        raise Http404(f"没有家庭“{number}”")
    open_ = next((file for file in archives_of(home.id) if not file.closed_on), None)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = doing.open_archive(home.id, on=given["on"], at=at)
        return Done(reverse("archive", args=[made.pk]), _("已立档，请把材料放进去。"))

    return answer(
        request,
        Act(
            title=_("立档：%(number)s") % {"number": number}, button=_("立档"), form=OnForm, do=do,
            way=[Crumb(number, reverse("household", args=[number]))], subject=f"立档 {number}",
            initial={"on": today_in_county()},
            closed=_("这一户有一卷还没有归档：%(name)s。") % {"name": name_of(open_)} if open_ else "",
        ),
    )  # fmt: skip


@takes_a_form
def filled_archive(request: HttpRequest, archive_id: int) -> HttpResponse:
    """从案件放入材料."""
    file, today = found_archive(archive_id), today_in_county()
    offered = _offered(file, today)
    fields: dict[str, Any] = {
        "papers": Ticks(gettext_lazy("要放入的材料"), [(one.source, _title(one)) for one in offered]),
        "on": Day(gettext_lazy("入卷日期")),
    }
    for one in offered:
        fields[_pages_of(one)] = Count(_("页数：%(title)s") % {"title": _title(one)}, needed=False)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        chosen = [
            FiledPaper(one.title, one.dated_on, given[_pages_of(one)] or 0, one.form, one.case_id, one.source)
            for one in offered
            if one.source in given["papers"]
        ]
        made = doing.put_in(file.id, chosen, on=given["on"], at=at)
        said = _("已放入 %(n)d 份 %(pages)d 页。") % {"n": len(made), "pages": sum(item.pages for item in made)}
        return Done(_there(file), said)

    return answer(
        request,
        Act(
            title=_("从案件放入材料：%(name)s") % {"name": name_of(file)}, button=_("放入勾选的材料"),
            form=type("FillForm", (ActForm,), fields), do=do, way=way_to_archive(file), subject=file.subject,
            initial={"papers": [one.source for one in offered], "on": today,
                     **{_pages_of(one): one.pages for one in offered}},
            notes=[_("材料按登记在案的日期排列；手里没有的去掉勾，页数按实物改。")],
            closed="" if offered or request.method == "POST" else _("登记在案的材料都已放入。"),
        ),
    )  # fmt: skip


def _offered(file: Archive, today: date) -> Sequence[FiledPaper]:
    """What is on record and lies in none of the household's volumes."""
    there = {
        item.source
        for volume in archives_of(file.household_id)
        for item in items_of(volume.id)
        if not item.withdrawn_on
    }
    found = papers_on_record(file.household_id, today)
    return [paper for paper in found if paper.source not in there]


def _pages_of(paper: FiledPaper) -> str:
    """The field of a paper's pages: the same one when meanwhile another paper came on record."""
    return f"pages_{hashlib.sha256(paper.source.encode()).hexdigest()[:12]}"


def _title(paper: FiledPaper) -> str:
    return _("%(day)s %(title)s（%(form)s）") % {
        "day": paper.dated_on, "title": paper.title, "form": FORM_WORDS[paper.form],
    }  # fmt: skip


@takes_a_form
def added_paper(request: HttpRequest, archive_id: int) -> HttpResponse:
    """手工放入一份."""
    file, today = found_archive(archive_id), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        paper = FiledPaper(given["title"], given["dated_on"], given["pages"], given["form"])
        doing.put_in(file.id, [paper], on=given["on"], at=at)
        return Done(_there(file), _("已放入“%(title)s”。") % {"title": given["title"]})

    return answer(request, _act(file, _("手工放入一份"), _("放入"), PaperForm, do, {"on": today, "form": "original"}))


@takes_a_form
def taken_out_paper(request: HttpRequest, item_id: int) -> HttpResponse:
    """抽出材料."""
    found = item_of(item_id)
    if found is None:
        raise Http404(f"没有卷内材料 {item_id}")
    file_id, item = found
    file = found_archive(file_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        doing.take_out(item_id, reason=given["reason"], on=given["on"], at=at)
        return Done(_there(file), _("已登记抽出“%(title)s”，要重新核对页数。") % {"title": item.title})

    facts = [(_("题名"), item.title), (_("页数"), str(item.pages))]
    closed = _("已在 %(day)s 抽出。") % {"day": item.withdrawn_on} if item.withdrawn_on else ""
    said = _("抽出材料"), _("登记抽出")
    return answer(request, _act(file, *said, TakeOutForm, do, {"on": today_in_county()}, facts=facts, closed=closed))


@takes_a_form
def checked_archive(request: HttpRequest, archive_id: int) -> HttpResponse:
    """核对页数."""
    file = found_archive(archive_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        doing.check_archive(file.id, pages=given["pages"], location=given["location"], on=given["on"], at=at)
        return Done(_there(file), _("页数相符，已登记核对和存放位置。"))

    initial = {"on": today_in_county(), "location": file.location}
    return answer(request, _act(file, _("核对页数"), _("登记核对"), CheckForm, do, initial))


@takes_a_form
def closed_archive(request: HttpRequest, archive_id: int) -> HttpResponse:
    """归档编号."""
    file = found_archive(archive_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = doing.close_archive(file.id, on=given["on"], at=at)
        said = _("已归档，档号 %(number)s，保管到 %(day)s。") % {"number": made.number, "day": made.keep_until}
        return Done(_there(file), said)

    notes = [_("归档以后这一卷不能再放入、抽出材料，以后的材料放进下一卷。")]
    return answer(request, _act(file, _("归档编号"), _("归档"), OnForm, do, {"on": today_in_county()}, notes=notes))


@takes_a_form
def lent_archive(request: HttpRequest, archive_id: int) -> HttpResponse:
    """借出."""
    file, today = found_archive(archive_id), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        said = {name: given[name] for name in ("borrower", "unit", "purpose", "due_on", "on")}
        doing.lend_archive(file.id, **said, at=at)
        return Done(_there(file), _("已登记借出，应于 %(day)s 归还。") % {"day": given["due_on"]})

    initial = {"on": today, "due_on": today + timedelta(days=LOAN_DAYS)}
    out = next((loan for loan in loans_of(archive_id) if loan.returned_on is None), None)
    closed = _("档案在 %(who)s 手里，还没有归还。") % {"who": out.borrower} if out else ""
    said = _("借出档案"), _("登记借出")
    return answer(request, _act(file, *said, LendForm, do, initial, closed=closed, is_of_volume=False))


@takes_a_form
def returned_archive(request: HttpRequest, archive_id: int) -> HttpResponse:
    """登记归还."""
    file = found_archive(archive_id)
    out = next((loan for loan in loans_of(archive_id) if loan.returned_on is None), None)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        doing.return_archive(file.id, on=given["on"], at=at)
        return Done(_there(file), _("已登记归还。"))

    facts = [(_("借阅人"), f"{out.unit} {out.borrower}"), (_("应还日期"), str(out.due_on))] if out else []
    closed = "" if out else _("档案没有借出，或者已经归还。")
    said = _("登记归还"), _("登记归还")
    initial = {"on": today_in_county()}
    return answer(request, _act(file, *said, OnForm, do, initial, facts=facts, closed=closed, is_of_volume=False))


def _act(
    file: Archive, title: str, button: str, form: type[ActForm], do: Any, initial: Mapping[str, object], *,
    facts: Sequence[tuple[str, str]] = (), notes: Sequence[str] = (), closed: str = "", is_of_volume: bool = True,
) -> Act:  # fmt: skip
    """An act on a file; what changes its contents is not offered once it is closed."""
    if file.closed_on and is_of_volume:
        closed = _("这一卷已于 %(day)s 归档，新材料请放入下一卷。") % {"day": file.closed_on}
    return Act(
        title=f"{title} · {name_of(file)}", button=button, form=form, do=do, way=way_to_archive(file),
        subject=file.subject, initial=initial, facts=facts, notes=notes, closed=closed,
    )  # fmt: skip
