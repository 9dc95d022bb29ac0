"""排定改动: approved changes are scheduled once the worked cases hold, and those meant to change are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.policy.reader import BadPolicy
from opendibao.rulemaking.actions import schedule_changes
from opendibao.rulemaking.proving import proposal, prove
from opendibao.rulemaking.queries import ChangeRow, changes, row_of_change
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Pick
from opendibao.web.acts import Act, Done, answer
from opendibao.web.standards_acts import closed_of, facts_of, subject_of, way_of
from opendibao.web.standards_changes import found_change, values_of

BETWEEN = "、"


@dataclass(frozen=True)
class Way:
    """One way to schedule: which changes, and the worked cases whose answers change with them as is meant."""

    changes: tuple[int, ...]
    moved: tuple[str, ...]

    @property
    def key(self) -> str:
        """The way as the form carries it: cases that were not shown cannot be confirmed."""
        return f"{'-'.join(map(str, self.changes))}|{BETWEEN.join(self.moved)}"

    @property
    def words(self) -> str:
        """The way in words."""
        how = _("只排定这一个") if len(self.changes) == 1 else _("和同类已批准的一并排定")
        if not self.moved:
            return _("%(how)s；例题的答复都照旧") % {"how": how}
        said = _("%(how)s；例题 %(names)s 的答复随之改变，正是调整的本意")
        return said % {"how": how, "names": BETWEEN.join(self.moved)}


@takes_a_form
def scheduled_change(request: HttpRequest, change_id: int) -> HttpResponse:
    """排定, alone or together with what was approved of the same kind."""
    row = found_change(change_id)
    is_open = row.state == "approved"
    others = _alike(row) if is_open else []
    ways, faults = _ways(row, others) if is_open else ([], [])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        chosen = next(way for way in ways if way.key == given["how"])
        schedule_changes(chosen.changes, at=at, moved=chosen.moved)
        return Done(reverse("change", args=[change_id]), _("已排定，到 %(day)s 自动生效。") % {"day": row.since})

    return answer(
        request,
        Act(
            title=_("排定改动"), button=_("排定"), form=_form_of(ways), do=do, way=way_of(row), subject=subject_of(row),
            facts=[*facts_of(row), *_also(others), *_proved(ways)], closed=_closed(row, ways, faults), notes=faults,
        ),
    )  # fmt: skip


def _closed(row: ChangeRow, ways: Sequence[Way], faults: Sequence[str]) -> str:
    if row.state != "approved":
        return closed_of(row)
    return "" if ways else BETWEEN.join(faults)


def _form_of(ways: Sequence[Way]) -> type[ActForm]:
    """A form that offers these ways."""
    options = {way.key: way.words for way in ways}
    return type("ScheduleForm", (ActForm,), {"how": Pick(_("怎样排定"), options)})


def _alike(row: ChangeRow) -> list[ChangeRow]:
    """Other approved changes of the same kind, as the shares of the treasuries, which add up only together."""
    kind = row.path.split(".")[0]
    return [one for one in changes() if one.state == "approved" and one.pk != row.pk and one.path.split(".")[0] == kind]


def _ways(row: ChangeRow, others: Sequence[ChangeRow]) -> tuple[list[Way], list[str]]:
    """The ways that stand the proof, and why the others do not."""
    ways, faults = [], []
    for together in [[row], [row, *others]] if others else [[row]]:
        try:
            run = prove(proposal([row_of_change(one.pack, one) for one in together]))
        except BadPolicy as fault:
            faults.append(str(fault))
            continue
        if run.broken:
            said = _("例题 %(names)s 会不再成立，不能排定：请核对数值和起始日，或撤回这个改动")
            faults.append(said % {"names": BETWEEN.join(run.broken)})
        else:
            ways.append(Way(tuple(one.pk for one in together), run.moved))
    return ways, faults


def _proved(ways: Sequence[Way]) -> list[tuple[str, str]]:
    """What the only way would do, so that it is read before it is chosen."""
    return [(_("例题"), ways[0].words)] if len(ways) == 1 else []


def _also(others: Sequence[ChangeRow]) -> list[tuple[str, str]]:
    said = _("%(zh)s改成 %(value)s，%(day)s 起")
    words = [said % {"zh": one.zh, "value": values_of(one)[1].text, "day": one.since} for one in others]
    return [(_("同类已批准的"), _("；").join(words))] if words else []
