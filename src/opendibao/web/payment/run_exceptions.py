"""对账差异: what does not agree in a month, and the form that gives many of them an owner and a decision."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.accounts.queries import holders
from opendibao.kernel.duties import Duty
from opendibao.payment.exceptions import decide_exceptions, ways
from opendibao.payment.reconciliation import ExceptionRow, exceptions
from opendibao.web.access import PAYERS, may, takes_a_form
from opendibao.web.act_fields import ActForm, Label, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.labels import EXCEPTIONS, RESOLUTIONS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.payment.bucket_words import NONE_YET
from opendibao.web.payment.difference_owners import clerks_of_returns, owner_of
from opendibao.web.payment.run_asked import Run, run_asked, subject, way
from opendibao.web.places import Places, places
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, day, heads, money, text

USUAL = "usual"
OWNER_LENGTH, NOTE_LENGTH = 60, 200
OWNERS = frozenset({Duty.ACCEPT, Duty.PAY, Duty.FINANCE})
DECISIONS: dict[str, Label] = {
    USUAL: gettext_lazy("按每项通常的办法（见表中“通常的办法”）"),
    "reissue": gettext_lazy("更正账户，下批补发"), "bank": gettext_lazy("请银行查明更正"),
    "finance": gettext_lazy("请财政查明更正"), "stop": gettext_lazy("不再发放，交县民政局处理"),
    "explained": gettext_lazy("已查明，不影响"),
}  # fmt: skip


class DecideForm(ActForm):
    """Which exceptions, who answers for them, and what is done; `clerks` are those of the townships, by place."""

    shown: Sequence[ExceptionRow] = ()
    clerks: Mapping[str, str] = {}
    which = forms.MultipleChoiceField(label=gettext_lazy("差异"), widget=forms.CheckboxSelectMultiple, required=False)
    by_town = forms.BooleanField(label=gettext_lazy("退回的，各由所在乡镇的经办人负责"), required=False)
    owner = Words(
        gettext_lazy("责任人"), OWNER_LENGTH, needed=False,
        hint=gettext_lazy("写姓名；交给乡镇经办人的那几项不用写"),
    )  # fmt: skip
    resolution = Pick(gettext_lazy("处理决定"), DECISIONS)
    note = Words(
        gettext_lazy("说明"), NOTE_LENGTH, rows=2, needed=False,
        hint=gettext_lazy("“不再发放”和“已查明”要写明依据，其余选填"),
    )  # fmt: skip

    def clean_which(self) -> list[str]:
        """At least one."""
        chosen: list[str] = self.cleaned_data["which"]
        if not chosen:
            raise ValidationError(_("请在表中勾选要定的差异"))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Somebody answers for each one: who is written, or the clerk of the township."""
        given: dict[str, Any] = super().clean() or {}
        chosen = [row for row in self.shown if str(row.id) in given.get("which", ())]
        clerks = self.clerks if given.get("by_town") else {}
        if "owner" in given and not given["owner"]:
            left = [row for row in chosen if not owner_of(row, clerks, "")]
            if left or not chosen:
                named = _("，").join(sorted({str(EXCEPTIONS[row.kind]) for row in left})) if clerks else ""
                said = _("请填写“责任人”：%(kinds)s") % {"kinds": named} if named else _("请填写“责任人”")
                self.add_error("owner", ValidationError(said))
        return given


@dataclass(frozen=True)
class Line:
    """An exception as a row of the form; `usual` is what is commonly done about its kind."""

    row: ExceptionRow
    kind: str
    place: str
    usual: str
    decided: str
    is_ticked: bool


@dataclass(frozen=True)
class DecideAct(Act):
    """The act with the rows to choose from, the views of them, and whom one may name."""

    lines: Sequence[Line] = ()
    views: Choices | None = None
    people: Sequence[tuple[str, str]] = ()


def run_exceptions(request: HttpRequest, month: str) -> HttpResponse:
    """The list: open ones first, then what is settled."""
    run, kind = run_asked(month), _kind(request)
    every = exceptions(run_id=run.pk)
    chosen = sorted((row for row in every if kind in ("", row.kind)), key=lambda row: row.settled_on is not None)
    found, names = pager(request, len(chosen)), places()
    rows = [_cells(row, names) for row in chosen[found.offset : found.offset + ROWS_A_PAGE]]
    waiting = sum(not row.resolution for row in every)
    table = Table(
        heads(_("差异"), _("家庭"), _("村社区"), "#" + _("金额（元）"), _("说明"), _("责任人"), _("处理决定"),
              "!" + _("了结")), rows,
        caption=_("对账差异"), nothing=_("没有对账差异"),
        empty=str(NONE_YET),
    )  # fmt: skip
    lead = _("共 %(n)s 项，%(waiting)s 项待定。") % {"n": len(every), "waiting": waiting}
    acts = []
    if may(request, PAYERS) and any(row.settled_on is None for row in every):
        asked = f"?kind={kind}" if kind else ""
        acts = [Crumb(_("定责任人和办法"), reverse("decide-exceptions", args=[month]) + asked)]
    page = ListPage(
        _("%(month)s 对账差异") % {"month": month}, lead, table,
        [*way(month), Crumb(_("对账"), reverse("reconciliation", args=[month])), Crumb(_("对账差异"))],
        [_views(every, kind)], acts=acts,
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _cells(row: ExceptionRow, names: Places) -> list[Cell]:
    decided = Cell(RESOLUTIONS[row.resolution], tone="" if row.resolution else "warn")
    family = Cell(row.head or row.household, reverse("household", args=[row.household])) if row.household else text("")
    return [
        Cell(EXCEPTIONS[row.kind]), family, text(names.full(row.division)), money(row.fen), text(row.detail),
        text(row.owner), decided, day(row.settled_on),
    ]  # fmt: skip


@takes_a_form
def decided_exceptions(request: HttpRequest, month: str) -> HttpResponse:
    """定责任人和办法."""
    run, kind = run_asked(month), _kind(request)
    open_now = exceptions(run_id=run.pk, is_open=True)
    return answer(request, _act(month, run, open_now, kind))


def _act(month: str, run: Run, open_now: Sequence[ExceptionRow], kind: str) -> Act:
    shown = [row for row in open_now if kind in ("", row.kind)]
    back = reverse("reconciliation", args=[month])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        chosen = [row for row in shown if str(row.id) in given["which"]]
        asked = clerks if given["by_town"] else {}
        owned = Counter(owner_of(row, asked, given["owner"]) for row in chosen)
        for (owner, resolution), ids in _grouped(chosen, given, asked).items():
            decide_exceptions(ids, owner=owner, resolution=resolution, note=given["note"], on=today_in_county(), at=at)
        return Done(back, _said(owned))

    waiting = [row for row in shown if not row.resolution]
    names, clerks = places(), clerks_of_returns(shown)
    return DecideAct(
        title=_("%(month)s 对账差异：定责任人和办法") % {"month": month}, button=_("保存决定"),
        form=_among(shown, clerks), do=do, subject=subject(month),
        way=[*way(month), Crumb(_("对账"), back)], template="web/decide_exceptions.html",
        closed="" if shown else _("没有要定的差异。"),
        initial={"which": [str(row.id) for row in waiting], "resolution": USUAL, "by_town": bool(clerks)},
        lines=[_line(row, names, is_ticked=not row.resolution) for row in shown], views=_views(open_now, kind),
        people=[(one.name, names.names.get(one.division, "")) for one in holders(OWNERS, settings.OPENDIBAO_COUNTY)],
        notes=[_("决定在了结以前可以改；银行或财政后来说清的，自动了结。")],
    )  # fmt: skip


def _grouped(
    chosen: Sequence[ExceptionRow], given: Mapping[str, Any], clerks: Mapping[str, str]
) -> dict[tuple[str, str], list[int]]:
    """The exceptions by who answers for them and what is decided; the usual way is that of each one's kind."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in chosen:
        way_of = usual(row.kind)[0] if given["resolution"] == USUAL else given["resolution"]
        found.setdefault((owner_of(row, clerks, given["owner"]), way_of), []).append(row.id)
    return found


def _said(owned: Counter[str]) -> str:
    """How many were decided, and whose they are."""
    if len(owned) == 1:
        return _("已定 %(n)s 项，由 %(who)s 负责。") % {"n": owned.total(), "who": next(iter(owned))}
    each = [_("%(who)s %(n)s 项") % {"who": who, "n": n} for who, n in owned.items()]
    return _("已定 %(n)s 项：%(each)s。") % {"n": owned.total(), "each": _("，").join(each)}


def usual(kind: str) -> tuple[str, str]:
    """What is commonly done about a kind of exception: code and words."""
    return ways([kind])[0]


def _line(row: ExceptionRow, names: Places, *, is_ticked: bool) -> Line:
    code = usual(row.kind)[0]
    return Line(
        row, EXCEPTIONS[row.kind], names.full(row.division), RESOLUTIONS[code],
        RESOLUTIONS[row.resolution] if row.resolution else "", is_ticked,
    )  # fmt: skip


def _among(rows: Sequence[ExceptionRow], of_towns: Mapping[str, str]) -> type[ActForm]:
    """The form over these rows; another one was settled meanwhile, or is none of this run."""

    class Among(DecideForm):
        shown, clerks = rows, of_towns

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["by_town"].help_text = _("，").join(
                f"{places().full(town)} {name}" for town, name in sorted(of_towns.items())
            )
            self.fields["owner"].widget.attrs["list"] = "people"
            which = self.fields["which"]
            which.choices = [(str(row.id), row.detail) for row in rows]  # type: ignore[attr-defined]
            which.error_messages["invalid_choice"] = _("有的差异刚才已经了结，请返回重新打开这一页")

    return Among


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    if kind and kind not in EXCEPTIONS:
        raise BadQuestion(_("对账差异没有“%(kind)s”这一种，请从页面上方点开") % {"kind": kind})
    return kind


def _views(rows: Sequence[ExceptionRow], current: str) -> Choices:
    counts = Counter(row.kind for row in rows)
    every = Choice(_("全部 %(n)s") % {"n": len(rows)}, "?", not current)
    kinds = [Choice(f"{words} {counts[kind]}", f"?kind={kind}", kind == current)
             for kind, words in EXCEPTIONS.items() if counts[kind]]  # fmt: skip
    return Choices(_("看哪一种"), [every, *kinds])
