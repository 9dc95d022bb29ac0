"""案件的初审和决定: the township's opinion, the county's own visits, what was decided and how the family was told."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.queries import events_of
from opendibao.decision.letter_queries import LetterFile, letter_file
from opendibao.decision.paper_queries import OpinionRow, opinion_of, visits_of
from opendibao.decision.queries import DecisionRow, decisions_of
from opendibao.decision.returning import RETURNED
from opendibao.intake.queries import CaseFile
from opendibao.kernel.money import yuan_text
from opendibao.web.access import may
from opendibao.web.decision.approval_access import DELIVERERS, OPINION_GIVERS
from opendibao.web.decision.approval_words import GROUNDS, VIEWS
from opendibao.web.intake.case_parts import Part
from opendibao.web.labels import CAUSES, DECISIONS, DELIVERIES
from opendibao.web.tables import Crumb


def opinion_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """First opinion, sending back, the county's visits; None for a review that knows none of them."""
    opinion, facts = opinion_of(file.id), list[tuple[str, str]]()
    if opinion:
        facts += _opinion(opinion)
    for visit in visits_of(file.id):
        who = {"day": visit.visited_on, "first": visit.first_visitor, "second": visit.second_visitor}
        agrees = _("与乡镇调查一致") if visit.agrees else _("与乡镇调查不一致")
        said = _("%(day)s，%(first)s、%(second)s") % who
        facts.append((_("县级入户（%(ground)s）") % {"ground": GROUNDS[visit.ground]},
                      _("：").join([_("，").join([said, agrees]), visit.words])))  # fmt: skip
    for event in events_of(f"案件 {file.number}"):
        if event.action == RETURNED:
            when = {"day": event.payload.get("on", ""), "who": event.actor}
            facts.append((_("%(day)s %(who)s 退回乡镇") % when, str(event.payload.get("reason", ""))))
    acts = _acts(request, file, opinion)
    if file.kind != "application" and not facts:
        return None
    return Part("opinion", _("初审和报县"), {"facts": facts, "nothing": _("还没有提出初审意见。")}, acts=acts)


def _acts(request: HttpRequest, file: CaseFile, opinion: OpinionRow | None) -> list[Crumb]:
    """What the township may do next: say its opinion, or report a case whose opinion stands."""
    if file.kind != "application" or not may(request, OPINION_GIVERS):
        return []
    acts = []
    if file.state in ("verified", "reviewed"):
        acts.append(Crumb(_("提出初审意见"), reverse("give-opinion", args=[file.id])))
    if opinion and opinion.reported_on is None and (file.state == "noticed" or opinion.view == "refuse"):
        acts.append(Crumb(_("报县审核"), reverse("report-case", args=[file.id])))
    return acts


def _opinion(row: OpinionRow) -> Iterator[tuple[str, str]]:
    said = VIEWS[row.view]
    if row.view == "grant":
        said = _("%(view)s，保障 %(n)s 人，每月 %(yuan)s 元") % {
            "view": said, "n": row.persons, "yuan": yuan_text(row.proposed_fen, grouped=True),
        }  # fmt: skip
    yield _("初审意见"), _("，").join([said, row.reason]) if row.reason else said
    signed = _("%(day)s，经办 %(handler)s") % {"day": row.given_on, "handler": row.handler}
    yield (
        _("提出"),
        _("%(signed)s，负责人 %(leader)s") % {"signed": signed, "leader": row.leader} if row.leader else signed,
    )
    if row.reported_on:
        yield _("报县"), str(row.reported_on)


def decision_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """What was decided on a case, with its letter; None before there is a decision."""
    found = [row for row in decisions_of(file.household_id) if row.case_id == file.id]
    if not found:
        return None
    valid = next((row for row in found if row.voided_on is None), None)
    letter = letter_file(valid.pk) if valid else None
    acts = []
    if letter and not letter.delivered_on and may(request, DELIVERERS):
        acts.append(Crumb(_("登记送达"), reverse("deliver-decision", args=[letter.decision_id])))
    if letter:
        acts.append(Crumb(_("看告知书"), reverse("decision-letter", args=[letter.decision_id])))
    return Part("decision", _("决定"), {"facts": [line for row in found for line in _decided(row)] + _told(letter)},
                acts=acts)  # fmt: skip


def _decided(row: DecisionRow) -> Iterator[tuple[str, str]]:
    named = {"kind": DECISIONS[row.kind], "cause": CAUSES[row.cause], "number": row.number}
    said = _("%(kind)s（%(cause)s），%(number)s") % named
    if row.amount_fen and row.first_month:
        money = {"month": f"{row.first_month:%Y-%m}", "yuan": yuan_text(row.amount_fen, grouped=True)}
        said = _("，").join([said, _("%(month)s 起每月 %(yuan)s 元") % money])
    yield str(row.decided_on), said
    yield _("经办、审核"), _("、").join([row.maker, row.approver])
    if row.voided_on:
        yield _("已撤销"), _("%(day)s，没有生效") % {"day": row.voided_on}


def _told(letter: LetterFile | None) -> list[tuple[str, str]]:
    if letter is None:
        return []
    if letter.delivered_on is None:
        return [(_("告知书"), _("还没有送达"))]
    how = {"day": letter.delivered_on, "how": DELIVERIES[letter.delivered_how], "who": letter.receiver}
    return [(_("告知书"), _("%(day)s %(how)s送达，%(who)s签收") % how)]
