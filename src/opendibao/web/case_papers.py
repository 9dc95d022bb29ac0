"""打印文书: papers of a case, blank forms, a village's pack and posters as PDF; whoever prints a file is on record."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.audit.actions import record_view
from opendibao.decision.paper_queries import letter_of
from opendibao.decision.village_queries import sheet_of
from opendibao.intake.case_queries import CaseFile, case_file, case_letter
from opendibao.reporting import case_papers as papers
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.publication import asked_month
from opendibao.web.decision.village_tabs import asked_village
from opendibao.web.intake.case_parts import Part
from opendibao.web.labels import Labels
from opendibao.web.places import places
from opendibao.web.tables import Crumb

PAPERS = Labels({
    "cover": gettext_noop("归档卷皮和目录"), "application": gettext_noop("最低生活保障申请书"),
    "declaration": gettext_noop("家庭成员及收入财产申报表"), "promise": gettext_noop("承诺书"),
    "consent": gettext_noop("核对授权书（含义务人同意书）"), "mandate": gettext_noop("委托书"),
    "relatives": gettext_noop("近亲属备案表"), "letters": gettext_noop("程序文书（受理、补正、延长、听取意见等）"),
    "matching": gettext_noop("家庭经济状况核对报告"), "survey": gettext_noop("入户调查表"),
    "item_sheets": gettext_noop("隐性收入和财产价值核查单"), "neighbours": gettext_noop("邻里访问表"),
    "evidence": gettext_noop("信函索证函"), "review": gettext_noop("民主评议表"), "ballots": gettext_noop("表决票"),
    "notice": gettext_noop("公示榜"), "objections": gettext_noop("公示异议登记表"),
    "no_objection": gettext_noop("公示无异议证明"), "approval": gettext_noop("最低生活保障审核确认表"),
    "decision_letters": gettext_noop("决定文书（确认、不予确认、增发、减发、停发、渐退）"),
})  # fmt: skip
"""Every kind by its code, in the order of the procedure."""
NEVER_BLANK = ("cover", "matching")
"""What nobody fills in by hand: it is made from what is known, or not at all."""
TO_SIGN = ("application", "declaration", "promise", "consent")
"""What a family signs at the window."""


def case_papers(request: HttpRequest, case_id: int) -> HttpResponse:
    """The whole file of a case as one PDF, or the kinds that are asked for (?kind=…)."""
    file = _case(case_id)
    kinds = request.GET.getlist("kind")
    record_view(f"案件 {file.number}", file.division, "案卷文书", at=now_in_county())
    name = PAPERS[kinds[0]] if len(kinds) == 1 and kinds[0] in PAPERS else _("案卷文书")
    return _answer(lambda: papers.case_papers(case_id, kinds, on=today_in_county()), f"{name} {file.number}")


def blank_papers(request: HttpRequest) -> HttpResponse:
    """The list of blank forms, or those asked for (?kind=…) as one PDF."""
    kinds = request.GET.getlist("kind")
    offered = [(code, PAPERS[code]) for code in PAPERS if code not in NEVER_BLANK]
    if not kinds:
        everything = urlencode([("kind", code) for code, _words in offered])
        return render(request, "web/blank_papers.html", {"offered": offered, "everything": everything})
    division = request.viewer.division  # type: ignore[attr-defined]
    name = PAPERS[kinds[0]] if len(kinds) == 1 and kinds[0] in PAPERS else _("空白文书")
    return _answer(lambda: papers.blank_papers(kinds, on=today_in_county(), division=division), name)


def village_pack(request: HttpRequest, division: str) -> HttpResponse:
    """The prefilled survey forms of everybody in a village whom somebody must visit."""
    asked_village(request, division)
    today, now = today_in_county(), now_in_county()
    folders = papers.due_folders(division, today)
    for folder in folders:
        where = folder.places.division
        record_view(f"案件 {folder.number}" if folder.case else folder.household, where, "入户表册", at=now)
    name = _("%(place)s入户表册") % {"place": places().full(division)}
    return _answer(lambda: papers.pack_of(folders, division, today), name)


def notice_poster(request: HttpRequest, notice_id: int) -> HttpResponse:
    """公示榜: everything posted in a village on the day of one notice, on A4."""
    rows = sheet_of(notice_id)
    if not rows:
        raise Http404(f"没有公示 {notice_id}")
    name = _("公示榜 %(place)s %(day)s") % {"place": places().full(rows[0].division), "day": rows[0].posted_on}
    return _answer(lambda: papers.notice_poster([row.id for row in rows]), name)


def publication_poster(request: HttpRequest, division: str, month: str) -> HttpResponse:
    """长期公布榜 on A4, of a village in sight and a month that has begun: of any other it would name nobody."""
    asked_village(request, division)
    wanted = asked_month(month)
    name = _("公布榜 %(place)s %(month)s") % {"place": places().full(division), "month": month}
    return _answer(lambda: papers.publication_poster(division, wanted, on=today_in_county()), name)


def case_letter_paper(request: HttpRequest, letter_id: int) -> HttpResponse:
    """One letter of a case before its decision, on A4."""
    row = case_letter(letter_id)
    if row is None:
        raise Http404(f"没有文书 {letter_id}")
    file = _case(row.case_id)
    record_view(f"案件 {file.number}", file.division, "案卷文书", at=now_in_county())
    return _answer(lambda: papers.case_letter_pdf(letter_id), _("告知书 %(number)s") % {"number": file.number})


def letter_paper(request: HttpRequest, letter_id: int) -> HttpResponse:
    """The letter of a decision, on A4."""
    row = letter_of(letter_id)
    if row is None:
        raise Http404(f"没有告知书 {letter_id}")
    record_view(f"决定 {row.number}", row.division, "告知书", at=now_in_county())
    return _answer(lambda: papers.letter_pdf(letter_id), _("告知书 %(number)s") % {"number": row.number})


def papers_part(request: HttpRequest, file: CaseFile) -> Part:
    """The section of a case's page from which its papers are printed."""
    address = reverse("case-papers", args=[file.id])
    sign = urlencode([("kind", code) for code in TO_SIGN])
    shown = {"address": address, "kinds": list(PAPERS.items())}
    acts = [Crumb(_("打印全部案卷"), address), Crumb(_("打印申请签字材料"), f"{address}?{sign}"),
            Crumb(_("打印入户调查表"), f"{address}?kind=survey&kind=neighbours")]  # fmt: skip
    return Part("papers", _("打印"), shown, "web/_papers_part.html", acts)


def _case(case_id: int) -> CaseFile:
    found = case_file(case_id)
    if found is None:
        raise Http404(f"没有案件 {case_id}")
    return found


def _answer(made: Callable[[], bytes], name: str) -> HttpResponse:
    """The PDF to be shown and printed. Raises BadQuestion where there is no such paper, or nothing to print."""
    try:
        content = made()
    except (papers.NoSuchPaper, papers.NoPapers) as refusal:
        raise BadQuestion(str(refusal)) from None
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name + '.pdf')}"
    return response
