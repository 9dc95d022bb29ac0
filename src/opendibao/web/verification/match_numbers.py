"""核对统计页: per department what came, who was asked, what was found and made of it, each number opening its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.statistics.matching import (
    AnswersAsked,
    MatchStatistics,
    answer_count,
    answer_rows,
    link_rows,
    match_statistics,
)
from opendibao.verification.rematch.queries import disposition_by_month
from opendibao.verification.sources import SOURCES
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.labels import DEPARTMENTS, DISPOSITIONS, ID_FLAGS, MATCHES, UNCHECKED, Labels
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, heads, text
from opendibao.web.verification.alerts_words import rate_words
from opendibao.web.verification.match_tabs import match_tabs
from opendibao.web.verification.match_words import LINK_STATES, TIERS

NO_ANSWER = "none"
ANSWERED = Labels({"none": gettext_noop("未处置")})


def match_numbers(request: HttpRequest) -> HttpResponse:
    """The year at a glance and its tables."""
    year = asked_of(request).year
    found = match_statistics(year)
    shown = {
        "tabs": match_tabs(request, "match-numbers"),
        "year": year, "tables": [*_tables(found), ("alerts", _("预警"), _alerts(year))],
        "lead": _lead(found, today_in_county()),
        "crumbs": [Crumb(_("今日工作"), reverse("today")), Crumb(_("核对统计"))],
        "file": f"{reverse('match-numbers-file')}?year={year}",
        "years": [(one, f"{reverse('match-numbers')}?year={one}") for one in (year - 1, year + 1)],
    }  # fmt: skip
    return render(request, "web/match_numbers.html", shown)


def match_numbers_file(request: HttpRequest) -> HttpResponse:
    """The table of outcomes as a workbook."""
    year = asked_of(request).year
    return table_file(_("核对统计 %(year)s") % {"year": year}, _outcomes(match_statistics(year)))


def match_answers(request: HttpRequest) -> HttpResponse:
    """The questions behind a number, page by page."""
    asked = _asked(request)
    number = answer_count(asked)
    found = pager(request, number)
    rows = _answer_table(asked, limit=ROWS_A_PAGE, offset=found.offset)
    page = ListPage(
        title=_("核对明细"), lead=_("%(what)s：%(n)s 条。") % {"what": _what(asked), "n": f"{number:,}"}, table=rows,
        crumbs=[Crumb(_("核对统计"), f"{reverse('match-numbers')}?year={asked.year}"), Crumb(_("核对明细"))],
        acts=[Crumb(_("导出 Excel"), reverse("match-answers-file") + _tail(asked))],
        notes=[_("一条是一名成员在一个来源的一次核对；打开案件看是谁。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def match_answers_file(request: HttpRequest) -> HttpResponse:
    """The questions behind a number as a workbook."""
    return table_file(_("核对明细"), _answer_table(_asked(request)))


def match_links(request: HttpRequest) -> HttpResponse:
    """The links behind a number, page by page."""
    year = asked_of(request).year
    source, tier, state = (request.GET.get(name, "") for name in ("source", "tier", "state"))
    _known(source, (*SOURCES,), _("来源"))
    _known(tier, (*TIERS,), _("认人等级"))
    _known(state, (*LINK_STATES,), _("认定"))
    number = match_statistics(year).linked(source, tier, state)
    found = pager(request, number)
    rows = [
        [Cell(DEPARTMENTS.get(one.source, one.source)), text(places().full(one.division)), count(one.row_no),
         Cell(_tier(one.tier)), Cell(LINK_STATES[one.state], tone="warn" if one.state == "waiting" else ""),
         text(one.linked_on), text(one.settled_by), text(one.note)]
        for one in link_rows(year, source, tier, state, limit=ROWS_A_PAGE, offset=found.offset)
    ]  # fmt: skip
    named = heads(_("来源"), _("村社区"), "#" + _("行号"), _("认人等级"), _("认定"), "!" + _("比对日期"), _("认定人"),
                  _("说明"))  # fmt: skip
    table = Table(named, rows, caption=_("关联"), empty=_("部门数据送达并比对后，认出的记录列在这里。"))
    page = ListPage(
        title=_("关联明细"), lead=_("%(n)s 条。") % {"n": f"{number:,}"}, table=table,
        crumbs=[Crumb(_("核对统计"), f"{reverse('match-numbers')}?year={year}"), Crumb(_("关联明细"))],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _tier(code: str) -> str:
    return _("待人工认定") if code == "review" else TIERS[code]


def _known(code: str, codes: Sequence[str], words: str) -> None:
    if code and code not in codes:
        raise BadQuestion(_("“%(text)s”不是%(what)s，请从统计表里点进来") % {"text": code, "what": words})


def _asked(request: HttpRequest) -> AnswersAsked:
    got = {name: request.GET.get(name, "") for name in ("source", "outcome", "why", "disposition")}
    _known(got["source"], (*SOURCES,), _("来源"))
    _known(got["outcome"], (*MATCHES,), _("核对结果"))
    _known(got["why"], (*UNCHECKED,), _("未核到原因"))
    _known(got["disposition"], (*DISPOSITIONS, NO_ANSWER), _("处置"))
    return AnswersAsked(asked_of(request).year, **got)


def _what(asked: AnswersAsked) -> str:
    """What is listed, in words."""
    parts = [
        DEPARTMENTS.get(asked.source, "") if asked.source else _("全部来源"),
        MATCHES[asked.outcome] if asked.outcome else "", UNCHECKED[asked.why] if asked.why else "",
        _disposition(asked.disposition) if asked.disposition else "",
    ]  # fmt: skip
    return _("，").join(part for part in parts if part)


def _disposition(code: str) -> str:
    return ANSWERED[NO_ANSWER] if code in ("", NO_ANSWER) else DISPOSITIONS[code]


def _tail(asked: AnswersAsked) -> str:
    return "?" + urlencode({name: value for name, value in asdict(asked).items() if value})


def _answer_table(asked: AnswersAsked, *, limit: int | None = None, offset: int = 0) -> Table:
    rows = [
        [Cell(one.number, reverse("case", args=[one.case_id])), text(places().full(one.division)),
         Cell(DEPARTMENTS.get(one.source, one.source)), text(one.requested_on), text(one.answered_on),
         Cell(MATCHES[one.outcome]), text(UNCHECKED[one.why] if one.why else ""), text(one.as_of), text(one.file),
         text(_disposition(one.disposition) if one.outcome == "hit" else ""), text(one.reason)]
        for one in answer_rows(asked, limit=limit, offset=offset)
    ]  # fmt: skip
    named = heads(
        "!" + _("案号"), _("村社区"), _("来源"), "!" + _("提请日期"), "!" + _("答复日期"), _("结果"), _("未核到原因"),
        "!" + _("数据截止"), _("送达文件"), _("处置"), _("理由"),
    )  # fmt: skip
    return Table(named, rows, caption=_("核对明细"), empty=_("提请核对以后，每名成员每个来源的结果列在这里。"))


def _tables(found: MatchStatistics) -> list[tuple[str, str, Table]]:
    """(anchor, heading, table) in the order of the work."""
    return [
        ("handed", _("送达"), _handed(found)), ("linked", _("认人"), _linked(found)),
        ("outcomes", _("核对结果"), _outcomes(found)), ("why", _("未核到的原因"), _unchecked(found)),
        ("disposed", _("处置"), _disposed(found)),
    ]  # fmt: skip


def _alerts(year: int) -> Table:
    """The warnings by the month in which they were found; each month opens its own."""
    rows = [
        [Cell(f"{one.month:%Y-%m}", f"{reverse('alerts')}?standing=all&month={one.month:%Y-%m}"), count(one.found),
         count(one.settled), count(one.confirmed), count(one.in_time), text(rate_words(one.settled, one.found))]
        for one in disposition_by_month(year)
    ]  # fmt: skip
    named = heads(
        "!" + _("月份"), "#" + _("发现"), "#" + _("已处置"), "#" + _("属实"), "#" + _("按期处置"), _("处置率")
    )
    return Table(
        named, rows, caption=_("各月发现的预警"), empty=_("全县复核比对以后，各月发现的预警和处置率列在这里。"),
    )  # fmt: skip


def _lead(found: MatchStatistics, on: date) -> list[str]:
    """How many cases, and whether the county began in time."""
    said = [one.is_in_time(on) for one in found.begun]
    begun = {"cases": len(said), "in_time": said.count(True), "late": said.count(False), "still": said.count(None)}
    begun["longest"] = max(found.workdays_to_answer, default=0)
    begun["middle"] = _middle(found.workdays_to_answer)
    return [
        _("%(cases)s 件案件提请核对，3 个工作日内启动 %(in_time)s 件，超过 %(late)s 件，还在期限内 %(still)s 件"
          "（57号第十七条）。") % begun,
        _("从提请到最后一个答复：一半的案件不超过 %(middle)s 个工作日，最长 %(longest)s 个。") % begun,
        _("核对 %(all)s 人次：核到信息 %(hits)s，已核无记录 %(clean)s，未核到 %(silent)s。") % {
            "all": f"{found.questions():,}", "hits": f"{found.questions(outcome='hit'):,}",
            "clean": f"{found.questions(outcome='no_hit'):,}", "silent": f"{found.questions(outcome='not_checked'):,}",
        },
    ]  # fmt: skip


def _middle(days: Sequence[int]) -> int:
    """The least number of days within which half of them lie; 0 for none."""
    return sorted(days)[(len(days) - 1) // 2] if days else 0


def _handed(found: MatchStatistics) -> Table:
    flags = [flag for flag in ID_FLAGS if any(one.flag == flag for one in found.flags)]
    rows = [
        [Cell(DEPARTMENTS.get(one.source, one.source), f"{reverse('deliveries')}?source={one.source}"),
         count(one.deliveries), text(one.as_of), count(one.rows), count(one.rejected),
         *(_some(found.rows_flagged(one.source, flag)) for flag in flags)]
        for one in found.handed
    ]  # fmt: skip
    flagged = ["#" + ID_FLAGS[one] for one in flags]
    named = heads(_("来源"), "#" + _("份"), "!" + _("数据截止"), "#" + _("行"), "#" + _("退回"), *flagged)
    sums = [sum(one.deliveries for one in found.handed), sum(one.rows for one in found.handed),
            sum(one.rejected for one in found.handed)]  # fmt: skip
    totals = [Cell(_("合计")), count(sums[0]), text(""), count(sums[1]), count(sums[2]),
              *(count(sum(one.rows for one in found.flags if one.flag == flag)) for flag in flags)]  # fmt: skip
    return Table(named, rows, totals if rows else (), _("部门送达数据后，按来源列在这里。"), _("各来源送达"))


def _linked(found: MatchStatistics) -> Table:
    columns = (
        ("confirmed", "automatic"), ("repaired", "automatic"), ("review", "waiting"), ("review", "same"),
        ("", "not_same"),
    )  # fmt: skip
    sources = sorted({one.source for one in found.links})

    def cells(source: str) -> Iterator[Cell]:
        for tier, state in columns:
            named = {"year": found.year, "source": source, "tier": tier, "state": state}
            tail = urlencode({name: value for name, value in named.items() if value})
            yield _some(found.linked(source, tier, state), f"{reverse('match-link-rows')}?{tail}")

    rows = [[Cell(DEPARTMENTS.get(source, source)), *cells(source)] for source in sources]
    named = heads(_("来源"), "#" + _("号名相符"), "#" + _("号有误已认出"), "#" + _("待认定"), "#" + _("认定是本人"),
                  "#" + _("认定不是"))  # fmt: skip
    totals = [Cell(_("合计")), *cells("")] if rows else ()
    return Table(named, rows, totals, _("比对后认出的记录按来源列在这里。"), _("认人"))


def _outcomes(found: MatchStatistics) -> Table:
    asked = [source for source in found.sources if found.questions(source)]
    rows = [
        [Cell(DEPARTMENTS.get(source, source)), count(found.persons.get(source, 0)),
         *(_number(found, source, outcome) for outcome in ("", *MATCHES))]
        for source in asked
    ]  # fmt: skip
    totals = [Cell(_("合计")), text(""), *(_number(found, "", outcome) for outcome in ("", *MATCHES))]
    named = heads(_("来源"), "#" + _("人"), "#" + _("人次"), *("#" + words for words in MATCHES.values()))
    return Table(named, rows, totals if rows else (), _("提请核对后，各来源的结果列在这里。"), _("各来源核对结果"))


def _number(found: MatchStatistics, source: str, outcome: str, why: str = "", disposition: str = "") -> Cell:
    """A count that opens its rows."""
    asked = AnswersAsked(found.year, source, outcome, why, disposition)
    return _some(found.questions(source, outcome, why, disposition), reverse("match-answers") + _tail(asked))


def _some(number: int, href: str = "") -> Cell:
    """A count; nothing where there is none, so that what is there stands out."""
    return count(number, href) if number else Cell("")


def _unchecked(found: MatchStatistics) -> Table:
    whys = [why for why in UNCHECKED if found.questions(outcome="not_checked", why=why)]
    sources = [source for source in found.sources if found.questions(source, "not_checked")]
    rows = [
        [Cell(DEPARTMENTS.get(source, source)), *(_number(found, source, "not_checked", why) for why in whys)]
        for source in sources
    ]
    totals = [Cell(_("合计")), *(_number(found, "", "not_checked", why) for why in whys)]
    named = heads(_("来源"), *("#" + UNCHECKED[why] for why in whys))
    empty = _("未核到不等于没有，原因会列在这里。")
    return Table(named, rows, totals if rows else (), empty, _("未核到的原因"), _("各来源都已核对"))


def _disposed(found: MatchStatistics) -> Table:
    made = [*DISPOSITIONS, NO_ANSWER]
    sources = [source for source in found.sources if found.questions(source, "hit")]
    rows = [
        [Cell(DEPARTMENTS.get(source, source)), *(_number(found, source, "hit", "", code) for code in made)]
        for source in sources
    ]
    totals = [Cell(_("合计")), *(_number(found, "", "hit", "", code) for code in made)]
    named = heads(_("来源"), *("#" + _disposition(code) for code in made))
    return Table(named, rows, totals if rows else (), _("核到的信息处置后列在这里。"), _("处置"), _("没有核到信息"))
