"""核对报告页: the report of a case on the screen, as Word and as PDF; an expired one says so before all else."""

from collections.abc import Iterator
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.intake.queries import CaseFile
from opendibao.registry.queries import heads_of
from opendibao.reporting import case_papers as papers
from opendibao.reporting.case_papers.match_report import MatchReport, ReportLine, match_report
from opendibao.reporting.case_papers.matched import silent
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.labels import DEPARTMENTS, DISPOSITIONS, MATCHES, UNCHECKED
from opendibao.web.places import places
from opendibao.web.tables import Cell, Crumb, Table, heads, money, more, text
from opendibao.web.verification.known_case import known_case, subject_of, way_of
from opendibao.web.verification.match_words import RECHECKS

TONES = {"hit": "warn", "no_hit": "ok", "not_checked": "bad"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def report_of_match(request: HttpRequest, case_id: int) -> HttpResponse:
    """The report of a case; before anybody was asked it says what will come."""
    file, today = known_case(case_id), today_in_county()
    record_view(subject_of(file), file.division, "核对报告", at=now_in_county())
    report = match_report(file, on=today)
    shown = {
        "file": file, "head": heads_of([file.household]).get(file.household, file.household),
        "place": places().full(file.division), "report": report, "crumbs": [*way_of(file), Crumb(_("核对报告"))],
    }  # fmt: skip
    if report:
        asked, hits, clean, silent = report.counts
        shown |= {
            "asked": asked, "hits": hits, "clean": clean, "silent": silent,
            "facts": list(_facts(report)), "answers": _answers(report), "differences": _differences(report, file),
            "consents": _consents(report), "letters": _letters(report), "objections": _objections(report),
            "unchecked": _unchecked(report),
            "acts": _acts(file),
        }  # fmt: skip
    return render(request, "web/report_of_match.html", shown)


def word_of_match(request: HttpRequest, case_id: int) -> HttpResponse:
    """The report as a Word file, from what the PDF is made of."""
    file = known_case(case_id)
    record_view(subject_of(file), file.division, "核对报告", at=now_in_county())
    try:
        content = papers.match_report_word(case_id, on=today_in_county())
    except papers.NoPapers:
        raise Http404(f"案件 {case_id} 还没有提请核对") from None
    response = HttpResponse(content, content_type=WORD)
    name = _("家庭经济状况核对报告 %(number)s") % {"number": file.number}
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name + '.docx')}"
    return response


def _acts(file: CaseFile) -> list[Crumb]:
    pdf = f"{reverse('case-papers', args=[file.id])}?kind=matching"
    return [Crumb(_("打印（PDF）"), pdf), Crumb(_("下载 Word"), reverse("match-report-word", args=[file.id])),
            Crumb(_("差异核对"), reverse("hits", args=[file.id]))]  # fmt: skip


def _facts(report: MatchReport) -> Iterator[tuple[str, str]]:
    yield _("报告编号"), report.number
    yield _("提请"), str(report.requested_on or "—")
    yield _("最近答复"), str(report.answered_on or "—")
    yield _("有效期至"), str(report.valid_until or "—")
    yield _("核对对象"), _("、").join(f"{name} {masked}" for name, masked in report.members)
    yield _("用途"), _("只用于本户最低生活保障的审核确认和定期核查")


def _answers(report: MatchReport) -> Table:
    rows = [
        [text(line.answer.person), Cell(_department(line)),
         Cell(MATCHES[line.answer.outcome], tone=TONES[line.answer.outcome]), text(_told(line)),
         text(line.answer.as_of), text(line.answer.file or _paper(line))]
        for line in report.lines
    ]  # fmt: skip
    named = heads(
        "!" + _("成员"), "!" + _("来源"), "!" + _("结果"), _("核到内容或原因"), "!" + _("数据截止"), "!" + _("送达文件")
    )
    return Table(named, rows, caption=_("逐人逐项核对结果"))


def _department(line: ReportLine) -> str:
    said = DEPARTMENTS.get(line.answer.source, line.answer.source)
    return f"{line.province}{said}" if line.province else said


def _told(line: ReportLine) -> str:
    if line.answer.outcome == "hit":
        return line.answer.words
    return UNCHECKED[line.answer.why or "waiting"] if line.answer.outcome == "not_checked" else ""


def _paper(line: ReportLine) -> str:
    return _("纸质答复") if line.answer.answered_on else ""


def _differences(report: MatchReport, file: CaseFile) -> Table:
    rows = [
        [Cell(f"{line.answer.person} · {_department(line)}", reverse("hits", args=[file.id])), text(line.declared),
         text(line.answer.words), text(line.surveyed), *_effect(line), text(_disposed(line))]
        for line in report.hits
    ]  # fmt: skip
    named = heads(
        _("成员、来源"),
        _("申报"),
        _("核到"),
        _("入户查明"),
        "#" + _("按申报（元/月）"),
        "#" + _("差额（元/月）"),
        _("处置"),
    )
    empty = _("各来源没有核到要处置的信息。")
    return Table(named, rows, empty=empty, caption=_("差异和处置"), nothing=_("没有差异"))


def _effect(line: ReportLine) -> tuple[Cell, Cell]:
    if not line.effect or not line.effect.before or not line.effect.after:
        return text(""), Cell(_("不能单独算"))
    return money(line.effect.before.monthly_fen), more(line.effect.difference_fen)


def _disposed(line: ReportLine) -> str:
    if not line.answer.disposition:
        return _("还没有处置")
    said = _("%(said)s：%(reason)s") % {"said": DISPOSITIONS[line.answer.disposition], "reason": line.answer.reason}
    if not line.disposed:
        return said
    return _("%(said)s（%(who)s %(day)s）") % {"said": said, "who": line.disposed.officer, "day": line.disposed.on}


def _consents(report: MatchReport) -> Table:
    rows = [
        [text(one.signer), text(one.signed_on), text(one.valid_until),
         Cell(_("有效"), tone="ok") if one.is_in_force(report.on) else Cell(_ended(one.revoked_on), tone="bad")]
        for one in report.consents
    ]  # fmt: skip
    named = heads(_("授权人"), "!" + _("签署日期"), "!" + _("有效期至"), _("状态"))
    return Table(named, rows, empty=_("还没有人签授权书。"), caption=_("核对授权"), nothing=_("没有授权"))


def _ended(revoked_on: object) -> str:
    return _("%(day)s 撤回") % {"day": revoked_on} if revoked_on else _("已过期")


def _objections(report: MatchReport) -> Table:
    rows = [
        [text(f"{one.person} · {DEPARTMENTS.get(one.source, one.source)}"), text(one.ground), text(one.objected_on),
         text(one.due_on), Cell(RECHECKS[one.outcome] if one.outcome else _("正在复查"),
                                tone="" if one.outcome else "warn"), text(one.findings)]
        for one in report.objections
    ]  # fmt: skip
    named = heads(
        _("成员、来源"), _("异议理由"), "!" + _("提出日期"), "!" + _("应告知日期"), _("复查结果"), _("复查情况")
    )
    empty = _("家庭对核对结果有异议的，列在这里。")
    return Table(named, rows, empty=empty, caption=_("异议"), nothing=_("没有提出异议"))


def _letters(report: MatchReport) -> Table:
    rows = [
        [text(one.text.partition("\n")[0]), text(one.made_on), text(one.made_by), text(one.delivered_on)]
        for one in report.letters
    ]
    named = heads(_("文书"), "!" + _("制作日期"), _("制作人"), "!" + _("送达日期"))
    empty = _("核对不符告知书、异议复查结果告知书列在这里。")
    return Table(named, rows, empty=empty, caption=_("告知书"), nothing=_("没有告知书"))


def _unchecked(report: MatchReport) -> list[str]:
    """Plainly, one sentence for each reason."""
    said = [
        _("未核到：%(source)s（%(people)s），%(why)s。")
        % {"source": _("、").join(sources), "people": _("、").join(people), "why": UNCHECKED[why or "waiting"]}
        for sources, people, why in silent(report.silent_here)
    ]
    return [*said, *report.elsewhere]
