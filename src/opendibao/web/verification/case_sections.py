"""案件页的核对和调查: what departments answered, who is sent, what was found, said and asked by letter."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.intake.queries import CaseFile, declared, procedure_of_case
from opendibao.intake.states import ENDED
from opendibao.kernel.duties import Duty
from opendibao.kernel.workdays import add_workdays
from opendibao.verification.corrections import CORRECTED_IN
from opendibao.verification.matching import ANSWERED_IN
from opendibao.verification.queries import UNSETTLED, MatchRow, matches_of, open_hits
from opendibao.verification.survey_queries import (
    EvidenceLetterRow,
    SurveyFile,
    evidence_letters_of,
    interviews_of,
    orders_of,
    refused_visits_of,
    surveys_of,
)
from opendibao.web.access import FINDERS, SURVEYORS, may
from opendibao.web.context import today_in_county
from opendibao.web.household_papers import source_table
from opendibao.web.intake.case_parts import Part
from opendibao.web.tables import Cell, Crumb, Table, day, heads, text
from opendibao.web.verification.difference_table import difference_table
from opendibao.web.verification.late_replies import reply_cell
from opendibao.web.verification.order_act import order_words
from opendibao.web.verification.survey_words import VIEWS, WAYS

ACCEPTORS, MATCHERS = frozenset({Duty.ACCEPT}), frozenset({Duty.ACCEPT, Duty.CONFIRM})
"""Who asks for a match; who enters what departments answer and answers their hits."""


def match_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """What the county asked and what each department answered; hits that wait for an officer are acts."""
    if file.accepted_on is None:
        return None
    matches = matches_of(file.id)
    own = [row for row in matches if not row.province]  # what other provinces answer comes by their messages
    acts = [*_match_acts(request, file, matches), Crumb(_("跨省核对请求"), reverse("case-requests", args=[file.id]))]
    facts = list(_asked(file, min(row.requested_on for row in own))) if own else []
    notes = [_("没有回音不等于没有：未核到就写未核到。")] if matches else []
    shown = {"facts": facts, "table": source_table(matches) if matches else None, "notes": notes,
             "nothing": _("还没有提请核对。")}  # fmt: skip
    return Part("match", _("信息核对"), shown, acts=acts)


def _asked(file: CaseFile, on: date) -> Iterator[tuple[str, str]]:
    """The day of the request, and by when the county begins (57号 第十七条)."""
    yield _("提请"), str(on)
    begins = add_workdays(on, procedure_of_case(file.id).clock("match_start"))
    yield _("县里应在"), _("%(day)s 前开始核对（57号第十七条）") % {"day": begins}


def _match_acts(request: HttpRequest, file: CaseFile, matches: list[MatchRow]) -> Iterator[Crumb]:
    if matches:
        yield Crumb(_("核对报告"), reverse("match-report", args=[file.id]))
    own = [row for row in matches if not row.province]
    if file.state == "accepted" and not own and may(request, ACCEPTORS):
        yield Crumb(_("提请核对"), reverse("request-match", args=[file.id]))
    if file.state not in ANSWERED_IN or not may(request, MATCHERS):
        return
    if any(row.outcome == "not_checked" for row in own):
        yield Crumb(_("录入答复"), reverse("answer-match", args=[file.id]))
    if any(row.outcome == "hit" and row.disposition in UNSETTLED for row in matches):
        yield Crumb(_("处置核到的信息"), reverse("hits", args=[file.id]))


def survey_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """Who is sent, every signed form with its corrections, refusals, and the ways on."""
    if file.accepted_on is None:
        return None
    surveys, orders = surveys_of(file.id), orders_of(file.id)
    facts = [(_("派单 %(day)s") % {"day": order.ordered_on}, order_words(order)) for order in orders]
    facts += [
        (_("拒绝配合 %(day)s") % {"day": row.visited_on},
         _("%(words)s（%(first)s、%(second)s，见证人 %(witness)s）") % {
             "words": row.words, "first": row.first_surveyor, "second": row.second_surveyor, "witness": row.witness})
        for row in refused_visits_of(file.id)
    ]  # fmt: skip
    table = _surveys(file, surveys) if surveys else None
    shown = {"facts": facts, "table": table, "nothing": _("还没有派单，也还没有入户调查。")}
    return Part("survey", _("入户调查"), shown, acts=list(_survey_acts(request, file, bool(surveys))))


def _surveys(file: CaseFile, surveys: list[SurveyFile]) -> Table:
    rows = [
        [Cell(_("第 %(n)s 次 %(day)s") % {"n": one.sequence, "day": one.surveyed_on},
              reverse("survey", args=[file.id, one.sequence])),
         Cell(WAYS[one.way], tone="" if one.way == "home" else "warn"), text(_("、").join(one.surveyors)),
         text(one.respondent), text(one.conclusion),
         text(_("%(n)s 次") % {"n": len(one.corrections)} if one.corrections else "")]
        for one in surveys
    ]  # fmt: skip
    named = heads(_("调查表"), _("方式"), _("调查人"), _("在场成员"), _("结论"), _("更正"))
    return Table(named, rows, caption=_("入户调查表"))


def _survey_acts(request: HttpRequest, file: CaseFile, is_surveyed: bool) -> Iterator[Crumb]:
    if file.state == "accepted":
        if may(request, FINDERS):
            yield Crumb(_("派单"), reverse("order-survey", args=[file.id]))
        if may(request, SURVEYORS):
            if not open_hits(file.id):
                yield Crumb(_("登记入户调查"), reverse("new-survey", args=[file.id]))
            yield Crumb(_("登记拒绝配合"), reverse("refused-visit", args=[file.id]))
    if is_surveyed and file.state in CORRECTED_IN and may(request, SURVEYORS):
        yield Crumb(_("更正调查表"), reverse("correct-survey", args=[file.id]))


def difference_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """Declaration, match and survey side by side with what each difference makes of the amount."""
    surveys = surveys_of(file.id)
    if not surveys:
        return None
    last = surveys[-1]
    table = difference_table(declared(file.id), last.found, matches_of(file.id), last.surveyed_on)
    notes = (
        [_("每一行是只改这一项时金额差多少；合计是全部按查明的算一遍，各行相加不一定等于合计。")] if table.rows else []
    )
    return Part("differences", _("差异"), {"table": table, "notes": notes, "nothing": _("申报、核对和调查说的一样。")})


def asking_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """What neighbours said and what offices were asked."""
    if file.accepted_on is None:
        return None
    interviews, letters = interviews_of(file.id), evidence_letters_of(file.id)
    facts = [
        (_("%(day)s 邻居 %(who)s") % {"day": row.interviewed_on, "who": row.neighbour},
         _("%(words)s（%(view)s，%(by)s 访问）") % {"words": row.words, "view": VIEWS[row.view], "by": row.interviewer})
        for row in interviews
    ]  # fmt: skip
    shown = {"facts": facts, "table": _letters(letters, today_in_county()) if letters else None,
             "nothing": _("还没有走访邻居，也没有发函。")}  # fmt: skip
    acts = list(_asking_acts(request, file, letters))
    return Part("asking", _("邻里访问和信函索证"), shown, acts=acts)


def _letters(letters: list[EvidenceLetterRow], today: date) -> Table:
    rows = [
        [text(row.addressee), text(row.asks), day(row.sent_on), reply_cell(row, today), text(row.answer),
         Cell(_("看复函"), reverse("attachment", args=[row.paper_id])) if row.paper_id else text("")]
        for row in letters
    ]  # fmt: skip
    named = heads(_("受函单位"), _("询问事项"), "!" + _("发函"), _("复函"), _("复函内容"), _("附件"))
    return Table(named, rows, caption=_("信函索证"))


def _asking_acts(request: HttpRequest, file: CaseFile, letters: list[EvidenceLetterRow]) -> Iterator[Crumb]:
    if file.state in ENDED:
        return
    if may(request, SURVEYORS):
        yield Crumb(_("登记邻里访问"), reverse("interview-neighbour", args=[file.id]))
    if may(request, FINDERS):
        yield Crumb(_("登记发函"), reverse("send-evidence-letter", args=[file.id]))
        for row in letters:
            if row.answered_on is None:
                words = _("登记复函：%(who)s") % {"who": row.addressee[:16]}
                yield Crumb(words, reverse("answer-evidence-letter", args=[file.id, row.id]))
