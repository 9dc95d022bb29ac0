"""全县试算: the county's monthly money now and with another standard, over every decision in force."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.supposing import Family, families_on, unknown_on
from opendibao.policy.pack import RuleGap
from opendibao.web.context import today_in_county
from opendibao.web.labels import AREAS
from opendibao.web.remembering import REGISTER, remembered
from opendibao.web.standards_law import tabs
from opendibao.web.tables import Cell, Crumb, Table, count, heads, money, more
from opendibao.web.whatif_standard import BadStandard, Supposed, overrides_of, supposed_standard

WRONG = 422
MONTHS = 12
Pair = tuple[Family, Family]


@dataclass(frozen=True)
class Field:
    """The standard of an area: what was typed, what it is now, why it is refused."""

    area: str
    words: str
    typed: str
    now_fen: int
    fault: str = ""


@dataclass(frozen=True)
class Total:
    """The county's month in fen, now and then."""

    now_fen: int
    then_fen: int

    @property
    def difference_fen(self) -> int:
        """How much more a month; negative for less."""
        return self.then_fen - self.now_fen

    @property
    def year_fen(self) -> int:
        """How much more in twelve months."""
        return self.difference_fen * MONTHS


def county_what_if(request: HttpRequest) -> HttpResponse:
    """The standards to suppose, and what they would cost."""
    today = today_in_county()
    fields, supposed = [], []
    for area in AREAS:
        field, one = _read(area, request.GET.get(area, ""), today)
        fields.append(field)
        supposed += [one] if one else []
    shown: dict[str, object] = {
        "tabs": tabs(request, "standards-what-if"),
        "fields": fields,
        "today": today,
        "faults": [field.fault for field in fields if field.fault],
        "crumbs": [Crumb(_("规则与标准"), reverse("standards")), Crumb(_("全县试算"))],
    }
    if not shown["faults"] and any(one.now_fen != one.then_fen for one in supposed):
        shown |= _answer(supposed, today)
    return render(request, "web/whatif_county.html", shown, status=WRONG if shown["faults"] else 200)


def _read(area: str, typed: str, today: date) -> tuple[Field, Supposed | None]:
    words = _("%(area)s标准") % {"area": AREAS[area]}
    try:
        now = supposed_standard(area, "", today).now_fen
        return Field(area, words, typed, now), supposed_standard(area, typed, today)
    except RuleGap as gap:
        return Field(area, words, typed, 0, str(gap)), None
    except BadStandard as fault:
        return Field(area, words, typed, now, f"{words}：{fault}"), None


def _answer(supposed: Sequence[Supposed], today: date) -> dict[str, object]:
    standards = tuple((one.area, one.then_fen) for one in supposed if one.then_fen != one.now_fen)
    now, then, unknown = _families(today, ()), _families(today, standards), unknown_on(today)
    pairs = list(zip(now, then, strict=True))
    return {
        "total": Total(_due(now), _due(then)),
        "table": _by_area(pairs),
        "moved": _moved(pairs),
        "unknown": unknown,
        "supposed": [one for one in supposed if one.then_fen != one.now_fen],
        "paid_fen": sum(one.paid_fen for one in now),
    }


@remembered(REGISTER)
def _families(today: date, standards: tuple[tuple[str, int], ...]) -> list[Family]:
    """Every decision by the supposed standards; asked again of the same data, the same answer."""
    assumed = [Supposed(area, 0, fen) for area, fen in standards]
    return families_on(today, overrides_of(assumed, today))


def _due(families: Sequence[Family]) -> int:
    return sum(one.due_fen for one in families)


def _by_area(pairs: Sequence[Pair]) -> Table:
    rows = [_line(words, [pair for pair in pairs if pair[0].area == area]) for area, words in AREAS.items()]
    named = heads(
        _("城乡"), "#" + _("户"), "#" + _("现在（元/月）"), "#" + _("假如（元/月）"), "#" + _("相差（元/月）")
    )
    return Table(named, rows, _line(_("合计"), pairs), caption=_("全县每月的钱"))


def _line(words: str, pairs: Sequence[Pair]) -> list[Cell]:
    now, then = sum(pair[0].due_fen for pair in pairs), sum(pair[1].due_fen for pair in pairs)
    return [Cell(words), count(len(pairs)), money(now), money(then), more(then - now)]


def _moved(pairs: Sequence[Pair]) -> Table:
    kinds: Sequence[tuple[str, Callable[[Family, Family], bool]]] = (
        (_("多领的"), lambda now, then: then.due_fen > now.due_fen),
        (_("不变的"), lambda now, then: then.due_fen == now.due_fen),
        (_("少领的"), lambda now, then: 0 < then.due_fen < now.due_fen),
        (_("不再够条件的"), lambda now, then: then.due_fen == 0 < now.due_fen),
    )
    return Table(
        heads(_("会怎样"), "#" + _("户"), "#" + _("相差（元/月）")), list(_kinds(pairs, kinds)), caption=_("各户会怎样")
    )


def _kinds(
    pairs: Sequence[Pair], kinds: Sequence[tuple[str, Callable[[Family, Family], bool]]]
) -> Iterator[list[Cell]]:
    for words, fits in kinds:
        found = [pair for pair in pairs if fits(*pair)]
        yield [Cell(words), count(len(found)), more(sum(then.due_fen - now.due_fen for now, then in found))]
