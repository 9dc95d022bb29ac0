"""批次进度: the eight steps of a run, whose turn it is, and the form of the next step where it is the viewer's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import township_of
from opendibao.kernel.month import month_text
from opendibao.payment.calendar import pay_calendar
from opendibao.payment.precheck_queries import Gates
from opendibao.payment.queries import MonthRow
from opendibao.web.access import FINANCE, PAYERS, may
from opendibao.web.payment.here import HereForm, here
from opendibao.web.payment.run_acts import NothingForm, TotalForm
from opendibao.web.payment.run_asked import Run, confirmations, officer, subject, undecided
from opendibao.web.payment.run_money import covered, funds_page, lacks_money, remedy, short_said
from opendibao.web.viewing import Viewer


@dataclass(frozen=True)
class Step:
    """A step of the run: its name, by whom or when; `state` is done, now or empty."""

    words: str
    said: str
    state: str


@dataclass(frozen=True)
class Turn:
    """What comes next in a run: its name, whose turn it is or what it waits for, and how the viewer does it.

    `form` stands on the page; `href` leads to a page where more than a press is needed, with the words of that link.
    """

    words: str
    said: str
    form: HereForm | None = None
    href: str = ""
    way: str = ""


def steps(run: Run, gates: Gates, row: MonthRow, *, is_whole: bool) -> list[Step]:
    """The eight steps; the first that is not done is the one that stands now.

    A township (`is_whole` false) sees its own part alone and no signature of the county.
    """
    is_past = run.state != "computed"
    said = [
        (_("编制"), f"{run.maker} {run.frozen_on:%m-%d}", True),
        (_("核对"), _checked(gates) if is_whole else _("县局办理"), is_past or not is_whole or gates.is_signed),
        (_("乡镇确认"), _confirmed(gates), is_past or gates.is_ready or gates.confirmed >= gates.towns),
        (pgettext("发放", "复核"), run.checker or _("等"), bool(run.checker)),
        (_("财政审核"), _finance(run), run.state in ("approved", "sent", "closed")),
        (_("出盘"), _sent_on(run), bool(run.sent_on)),
        (_("回盘"), _answered(row), row.is_answered),
        (_("关账"), _day(run.closed_on), bool(run.closed_on)),
    ]
    first = next((place for place, (_words, _said, is_done) in enumerate(said) if not is_done), len(said))
    return [
        Step(words, who, "done" if is_done else "now" if place == first else "")
        for place, (words, who, is_done) in enumerate(said)
    ]


def steps_ahead() -> list[Step]:
    """The steps of a month that nobody has computed yet."""
    words = (
        _("编制"),
        _("核对"),
        _("乡镇确认"),
        pgettext("发放", "复核"),
        _("财政审核"),
        _("出盘"),
        _("回盘"),
        _("关账"),
    )
    return [Step(each, _("等"), "" if place else "now") for place, each in enumerate(words)]


def _checked(gates: Gates) -> str:
    if gates.waiting:
        return _("%(n)s 项待处理") % {"n": f"{gates.waiting:,}"}
    return _("%(n)s 项已签认") % {"n": gates.signed} if gates.is_signed else _("待签认")


def _confirmed(gates: Gates) -> str:
    if not gates.towns:
        return _("不需要")
    return _("%(n)s/%(all)s 个乡镇") % {"n": gates.confirmed, "all": gates.towns}


def _finance(run: Run) -> str:
    if run.state == "reviewed":
        return _("%(who)s，等第二人") % {"who": run.finance}
    return (
        _("%(one)s、%(other)s") % {"one": run.finance, "other": run.second_finance}
        if run.second_finance
        else (run.finance or _("等"))
    )


def _sent_on(run: Run) -> str:
    """On which day the file went out, or that it waits for its money."""
    return _("等资金到位") if run.state == "approved" and lacks_money(run) else _day(run.sent_on)


def _day(day: date | None) -> str:
    return day.isoformat() if day else _("等")


def _answered(row: MonthRow) -> str:
    if row.is_answered or not row.last_booked_on:
        return _day(row.last_booked_on)
    return _("%(day)s，没有答全") % {"day": f"{row.last_booked_on:%m-%d}"}


def turn_ahead(request: HttpRequest, month: date, today: date) -> Turn:
    """The first step of a month: its form for who computes runs, from the day on which the list is frozen."""
    form, freeze_on = None, pay_calendar(month).freeze_on
    if today < freeze_on:
        return Turn(_("编制"), _("名册从 %(day)s 起冻结，到那天再编制。") % {"day": freeze_on})
    if may(request, PAYERS):
        said = month_text(month)
        form = here(
            reverse("compute-run", args=[said]), _("编制 %(month)s 发放") % {"month": said}, NothingForm,
            subject(said), sending=_("正在编制并核对，请不要关页面……"),
        )  # fmt: skip
    return Turn(_("编制"), _("由县局发放经办编制。"), form)


def turn(request: HttpRequest, month: str, run: Run, gates: Gates, row: MonthRow) -> Turn | None:
    """The next step of a run; None where it is closed."""
    steps_of: dict[str, Callable[[], Turn]] = {
        "computed": lambda: _computed(request, month, run, gates),
        "checked": lambda: _approval(request, month, run),
        "reviewed": lambda: _approval(request, month, run),
        "approved": lambda: _sending(request, month, run),
        "sent": lambda: _sent(request, month, run, row),
    }
    found = steps_of.get(run.state)
    return found() if found else None


def _sending(request: HttpRequest, month: str, run: Run) -> Turn:
    """The file, or what its money waits for."""
    if lacks_money(run):
        href = funds_page(request, run)
        return Turn(_("出盘"), remedy(run), None, href, _("登记到位资金") if href else "")
    return _one_press(request, month, "send-run", _("出盘"), _("由县局发放经办生成代发文件，交银行。"))


def _computed(request: HttpRequest, month: str, run: Run, gates: Gates) -> Turn:
    if gates.waiting:
        said = _("%(n)s 项要核实：写明理由，或先暂缓。") % {"n": f"{gates.waiting:,}"}
        href = reverse("run-checks", args=[month])
        return _mine_first(request, month, run, Turn(_("处理核对发现"), said, None, href, _("看核对发现")))
    if not gates.is_signed:
        said = _("核对发现都处理完，由县局发放经办签认。")
        asked = _one_press(request, month, "sign-checks", _("签认核对"), said, of_run=False)
        return _mine_first(request, month, run, asked)
    if not gates.is_ready:
        said = _("还有 %(n)s 个乡镇没有确认名册。") % {"n": gates.towns - gates.confirmed}
        href = reverse("run-towns", args=[month])
        return _mine_first(request, month, run, Turn(_("乡镇确认"), said, None, href, _("看各乡镇")))
    return _second(
        request, month, "check-run", pgettext("发放", "复核"), _("复核通过"), PAYERS, (run.maker,),
        _("由县局另一人复核，不能是编制人 %(who)s。") % {"who": run.maker},
    )  # fmt: skip


def _mine_first(request: HttpRequest, month: str, run: Run, otherwise: Turn) -> Turn:
    """A township's own confirmation comes before what the county waits for: it needs nobody else."""
    town = own_town(request)
    if not town or not may(request, frozenset({Duty.ACCEPT})) or may(request, PAYERS):
        return otherwise
    row = next((each for each in confirmations(run.pk) if each.division == town), None)
    if row is None or row.confirmed_on:
        return otherwise
    words = _("确认本乡镇名册")
    said = _("本乡镇 %(n)s 户，看过分村名册再确认。") % {"n": f"{row.households:,}"}
    form = here(reverse("confirm-township", args=[month]), words, NothingForm, "")
    return Turn(words, said, form, reverse("run-towns", args=[month]), _("看分村名册"))


def own_town(request: HttpRequest) -> str:
    """The township of who looks; "" for the county's officers."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return "" if viewer.sees_county else township_of(viewer.division)


def _approval(request: HttpRequest, month: str, run: Run) -> Turn:
    others = (run.maker, run.checker, run.finance)
    said = _("财政审核，不能是编制人或复核人。")
    if run.state == "reviewed":
        said = _("金额较大，要财政另一人复审，不能是 %(who)s。") % {"who": run.finance}
    if lacks_money(run):
        said += _("%(money)s可以先审核，出盘要等钱到位。") % {"money": _money_short(run)}
    return _second(request, month, "approve-run", _("财政审核"), _("审核通过"), FINANCE, others, said)


def _money_short(run: Run) -> str:
    return _("到位资金不够：%(short)s。") % {"short": short_said(covered(run))}


def _second(
    request: HttpRequest, month: str, route: str, words: str, button: str, duties: frozenset[Duty],
    others: tuple[str, ...], said: str,
) -> Turn:  # fmt: skip
    """A step by one who did none of the former ones; he types the total that he has counted."""
    if not may(request, duties) or officer(request) in others:
        return Turn(words, said)
    return Turn(words, said, here(reverse(route, args=[month]), button, TotalForm, subject(month)))


def _one_press(
    request: HttpRequest, month: str, route: str, words: str, said: str, *, of_run: bool = True
) -> Turn:  # fmt: skip
    """A step that one presses; `of_run` false where what others do to the run meanwhile does not matter."""
    if not may(request, PAYERS):
        return Turn(words, said)
    about = subject(month) if of_run else ""
    return Turn(words, said, here(reverse(route, args=[month]), words, NothingForm, about))


def _sent(request: HttpRequest, month: str, run: Run, row: MonthRow) -> Turn:
    href, way = reverse("reconciliation", args=[month]), _("看对账")
    is_begun = bool(row.last_booked_on or row.returned)
    if own_town(request):
        return Turn(_("回盘"), _("等银行结果。")) if not is_begun else Turn(_("关账"), _("等县局关账。"))
    if not is_begun:
        if may(request, PAYERS):  # the form that takes the file stands right below
            return Turn(_("回盘"), _("等银行结果：收到回盘文件后在下面交来。"))
        return Turn(_("回盘"), _("等银行结果，由县局发放经办收。"), None, href, way)
    if waiting := undecided(run.pk):
        said = _("%(n)s 项差异要有责任人和处理决定，定了才能关账。") % {"n": f"{waiting:,}"}
        if may(request, PAYERS):
            href, way = reverse("decide-exceptions", args=[month]), _("定责任人和办法")
        return Turn(_("定对账差异"), said, None, href, way)
    said = _("银行都有结果了，差异都有处理决定。")
    if not row.is_answered:
        said = _("没有到账的都列为差异，有人负责；银行以后答复了再收。")
    found = _one_press(request, month, "close-run", _("关账"), said)
    return Turn(found.words, found.said, found.form, href, way)


def officers(run: Run) -> Iterator[tuple[str, str]]:
    """Who signed what in a run."""
    yield _("编制"), run.maker
    yield pgettext("发放", "复核"), run.checker
    yield _("财政审核"), run.finance
    if run.second_finance or run.state == "reviewed":
        yield _("财政复审"), run.second_finance
