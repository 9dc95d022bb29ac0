"""资料办理: documents are listed, corrected, received, taken back, withdrawn and restored by forms."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.evaluation.materials import (
    LONGEST,
    Material,
    MaterialEntry,
    add_material,
    change_material,
    material_subject,
    receive_material,
    restore_material,
    return_material,
    withdraw_material,
)
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.labels import MATERIAL_KINDS
from opendibao.web.materials import found_material, state_cell, way_to_materials
from opendibao.web.plan_fields import AnyDay
from opendibao.web.tables import Crumb

REASON_LENGTH = 200
Undo = Callable[..., Material]


class MaterialForm(ActForm):
    """A document of the list."""

    kind = Pick(gettext_lazy("种类"), MATERIAL_KINDS)
    title = Words(gettext_lazy("名称"), LONGEST["title"])
    document_number = Words(
        gettext_lazy("文号"), LONGEST["document_number"], needed=False, hint=gettext_lazy("政策文件必填")
    )
    issued_on = AnyDay(gettext_lazy("发文日期"), hint=gettext_lazy("政策文件必填"))
    provider = Words(gettext_lazy("提供单位"), LONGEST["provider"])


class NewMaterialForm(MaterialForm):
    """A document that may be there already."""

    received_on = AnyDay(gettext_lazy("收到日期"), hint=gettext_lazy("还没有收到的空着"))


class ReceiveForm(ActForm):
    """When it came."""

    on = Day(gettext_lazy("收到日期"))


class WhyForm(ActForm):
    """Why."""

    reason = Words(gettext_lazy("理由"), REASON_LENGTH, rows=2)


@takes_a_form
def new_material(request: HttpRequest) -> HttpResponse:
    """列入资料."""
    question = asked_of(request)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = add_material(
            question.year, settings.OPENDIBAO_COUNTY, _entry(given), received_on=given["received_on"], at=at
        )
        return Done(_page(question.year), _("已列入：%(title)s") % {"title": made.title})

    return answer(
        request,
        Act(
            title=_("列入 %(year)s 年度评价资料") % {"year": question.year}, button=_("列入"), form=NewMaterialForm,
            do=do, way=way_to_materials(question),
        ),
    )  # fmt: skip


@takes_a_form
def changed_material(request: HttpRequest, material_id: int) -> HttpResponse:
    """更正资料."""
    found = found_material(material_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        change_material(material_id, _entry(given), at=at)
        return Done(_page(found.year), _("已更正。"))

    return answer(
        request,
        Act(
            title=_("更正资料"), button=_("保存更正"), form=MaterialForm, do=do, way=_way(found),
            subject=material_subject(material_id), values=lambda: _values(found_material(material_id)),
            initial={"kind": found.kind, "title": found.title, "document_number": found.document_number,
                     "issued_on": found.issued_on, "provider": found.provider},
        ),
    )  # fmt: skip


@takes_a_form
def received_material(request: HttpRequest, material_id: int) -> HttpResponse:
    """登记收到."""
    found = found_material(material_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        receive_material(material_id, on=given["on"], at=at)
        return Done(_page(found.year), _("已登记收到：%(title)s") % {"title": found.title})

    closed = found.is_withdrawn or found.received_on
    return answer(
        request,
        Act(
            title=_("登记收到"), button=_("登记收到"), form=ReceiveForm, do=do, way=_way(found),
            subject=material_subject(material_id), facts=_facts(found), initial={"on": today_in_county()},
            closed=_("这份资料已登记收到或不再采用，不用再登记。") if closed else "",
        ),
    )  # fmt: skip


@takes_a_form
def returned_material(request: HttpRequest, material_id: int) -> HttpResponse:
    """撤销收到."""
    found = found_material(material_id)
    closed = "" if found.received_on else _("这份资料还没有登记收到，不用撤销。")
    return _undone(request, found, return_material, _("撤销收到"), closed)


@takes_a_form
def withdrawn_material(request: HttpRequest, material_id: int) -> HttpResponse:
    """不再采用."""
    found = found_material(material_id)
    closed = _("这份资料已不再采用。") if found.is_withdrawn else ""
    return _undone(request, found, withdraw_material, _("不再采用"), closed)


@takes_a_form
def restored_material(request: HttpRequest, material_id: int) -> HttpResponse:
    """恢复采用."""
    found = found_material(material_id)
    closed = "" if found.is_withdrawn else _("这份资料正在采用，不用恢复。")
    return _undone(request, found, restore_material, _("恢复采用"), closed)


def _undone(request: HttpRequest, found: Material, undo: Undo, words: str, closed: str) -> HttpResponse:
    """A form that asks only why."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        undo(found.pk, reason=given["reason"], at=at)
        said = _("%(words)s：%(title)s，已办。") % {"words": words, "title": found.title}
        return Done(_page(found.year), said)

    return answer(
        request,
        Act(
            title=words, button=words, form=WhyForm, do=do, way=_way(found), subject=material_subject(found.pk),
            facts=_facts(found), closed=closed,
        ),
    )  # fmt: skip


def _entry(given: Mapping[str, Any]) -> MaterialEntry:
    issued_on: date | None = given["issued_on"]
    return MaterialEntry(given["kind"], given["title"], given["provider"], given["document_number"], issued_on)


def _page(year: int) -> str:
    return reverse("materials") + f"?year={year}"


def _way(found: Material) -> list[Crumb]:
    return [Crumb(_("评价资料"), _page(found.year))]


def _values(found: Material) -> dict[str, str]:
    return {
        "kind": MATERIAL_KINDS[found.kind], "title": found.title, "document_number": found.document_number,
        "issued_on": str(found.issued_on or ""), "provider": found.provider,
    }  # fmt: skip


def _facts(found: Material) -> list[tuple[str, str]]:
    facts = [(_("名称"), found.title), (_("文号"), found.document_number), (_("提供单位"), found.provider)]
    return [(words, said) for words, said in facts if said] + [(_("收到"), state_cell(found).text)]
