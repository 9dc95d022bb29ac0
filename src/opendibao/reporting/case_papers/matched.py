"""家庭经济状况核对报告: per member and source what was found, checked or not, what differs, and what was made of it."""

from collections.abc import Iterator, Sequence
from datetime import date

from opendibao.decision.clean import Ruled
from opendibao.reporting.case_papers.dating import day, yuan
from opendibao.reporting.case_papers.folder import Folder
from opendibao.reporting.case_papers.heading import full_place, paper
from opendibao.reporting.case_papers.match_report import MatchReport, ReportLine
from opendibao.reporting.case_papers.sheet import (
    Block,
    Field,
    Fields,
    Grid,
    Part,
    Sheet,
    Sign,
    Signatures,
    Words,
    by_pen,
    known,
)
from opendibao.verification.report_queries import HIT, NO_HIT

TITLE = "家庭经济状况核对报告"
OUTCOMES = {"hit": "核到信息", "no_hit": "已核无记录", "not_checked": "未核到"}
WHY = {
    "": "等部门答复", "waiting": "等部门答复", "no_data": "部门还没有送达数据", "stale": "送达的数据已经过期",
    "not_covered": "送达的名单不含此人", "doubtful": "核到的记录待认定是不是本人",
    "no_key": "有同名而无证件号的记录，无法核对", "expired": "请求到期未答复", "no_consent": "没有有效的核对授权",
    "cancelled": "请求已撤销", "returned": "可能是此人的记录被退回，等部门重送",
}  # fmt: skip
"""Why somebody could not be checked, by the code that is kept."""
DISPOSITIONS = {
    "accept_record": "采信", "keep_declaration": "维持申报", "recheck": "再核", "propose_end": "建议终止", "": "未处置",
}  # fmt: skip
RECHECKS = {"upheld": "维持核对结果", "changed": "更正核对结果", "withdrawn": "撤销核对结果", "": "正在复查"}
PAPER = "纸质答复"
PURPOSE = "只用于本户最低生活保障的审核确认和定期核查，不作他用，不向无关人员透露。"
LEAD = "核到的信息是线索，不是结论：每一条都由工作人员处置，金额和资格由规则按查明的情况计算。"
SILENCE = "未核到不等于没有：办理时不能当作没有收入、没有财产。"
OPEN_ANSWER = "还没有处置"


def matching(folder: Folder) -> Sheet | None:
    """The report; None before anybody was asked."""
    report = folder.matched
    if report is None:
        return None
    blocks: list[Block] = [
        Fields(_head(folder, report)),
        Words(list(_first_words(report)), indent=False),
        Part("一、核对授权"), _consents(report),
        Part("二、差异和处置"), *_differences(report),
        Part("三、逐人逐项核对结果"), _answers(report),
        Part("四、异议和复查"), *_objections(report),
        Part("五、未核到"), *_unchecked(report),
        Signatures([Sign("核对人签字"), Sign("核对机构", is_sealed=True)]),
    ]  # fmt: skip
    return paper(folder, "matching", TITLE, blocks)


def _head(folder: Folder, report: MatchReport) -> list[list[Field]]:
    people = "；".join(f"{name} {masked}" for name, masked in report.members)
    ends = day(report.valid_until)
    return [
        [known("申请人", folder.applicant), known("户编号", folder.household), by_pen("打印日期", day(report.on))],
        [known("户籍所在地", full_place(folder), 12), known("报告编号", report.number, 12)],
        [known("提请日期", day(report.requested_on)), by_pen("答复日期", day(report.answered_on)),
         by_pen("有效期至", f"{ends}（已过期）" if report.is_expired else ends)],
        [known("核对对象", people)],
        [known("用途", PURPOSE)],
        [known("法律依据", folder.words.clauses["matching"])],
    ]  # fmt: skip


def _first_words(report: MatchReport) -> Iterator[str]:
    """The whole at a glance, and what has to be known before it is used."""
    if report.is_expired:
        yield f"本报告已于{day(report.valid_until)}过期，不能再作为审核依据，请重新提请核对。"
    asked, hits, clean, silent = report.counts
    yield f"共核对{asked}人次：核到{hits}，已核无记录{clean}，未核到{silent}。"
    yield LEAD


def _consents(report: MatchReport) -> Grid:
    rows = [
        [one.signer, "义务人" if one.role == "supporter" else "家庭成员", day(one.signed_on), day(one.valid_until),
         _standing(report.on, one.revoked_on, one.valid_until)]
        for one in report.consents
    ]  # fmt: skip
    return Grid(("授权人", "身份", "签署日期", "有效期至", "状态"), rows, (14, 14, 18, 18, 24), size=9)


def _standing(on: date, revoked_on: date | None, valid_until: date | None) -> str:
    if revoked_on and revoked_on <= on:
        return f"{day(revoked_on)}撤回"
    return "已过期" if valid_until and valid_until < on else "有效"


def _answers(report: MatchReport) -> Grid:
    rows = [
        [line.answer.person, line.source, OUTCOMES[line.answer.outcome], told(line), _iso(line.answer.as_of),
         _file(line)]
        for line in report.lines
    ]  # fmt: skip
    heads = ("成员", "来源", "结果", "核到内容或原因", "数据截止", "送达数据")
    return Grid(heads, rows, (9, 12, 11, 30, 15, 15), size=8)


def _iso(value: date | None) -> str:
    """A day that fits a narrow column."""
    return value.isoformat() if value else ""


def told(line: ReportLine) -> str:
    """What a line says beside its outcome: what was found, or why it was not checked."""
    if line.answer.outcome == HIT:
        return line.answer.words
    return "" if line.answer.outcome == NO_HIT else WHY.get(line.answer.why, line.answer.why)


def _file(line: ReportLine) -> str:
    """The file an answer was read from, by the first places of its hash; paper where there was none."""
    if line.answer.answered_on is None:
        return ""
    return line.answer.file or PAPER


def _differences(report: MatchReport) -> list[Block]:
    if not report.hits:
        return [Words(["各来源没有核到要处置的信息。"], indent=False)]
    rows = [
        [f"{line.answer.person}\n{line.source}", line.declared, line.answer.words, line.surveyed or "—",
         effect_words(line), disposed_words(line)]
        for line in report.hits
    ]  # fmt: skip
    heads = ("成员、来源", "申报", "核到", "入户查明", "对月保障金", "处置")
    return [Grid(heads, rows, (12, 16, 22, 16, 16, 22), size=8)]


def effect_words(line: ReportLine) -> str:
    """What a hit alone makes of the month's money by the rules."""
    if not line.effect or not line.effect.before or not line.effect.after:
        return "不能单独计算"
    before, after = line.effect.before, line.effect.after
    if before.monthly_fen == after.monthly_fen and before.outcome == after.outcome:
        return f"不影响（{yuan(before.monthly_fen)}元）"
    ends = "" if after.is_granted else "，不符合条件"
    return f"{_amount(before)}→{_amount(after)}元{ends}"


def _amount(ruled: Ruled) -> str:
    return yuan(ruled.monthly_fen) if ruled.monthly_fen else "0"


def disposed_words(line: ReportLine) -> str:
    """What was made of a hit, why, by whom and when."""
    if not line.answer.disposition:
        return OPEN_ANSWER
    who = f"（{line.disposed.officer}，{line.disposed.on}）" if line.disposed else ""
    return f"{DISPOSITIONS[line.answer.disposition]}：{line.answer.reason}{who}"


def _objections(report: MatchReport) -> list[Block]:
    """What the family objected and what the re-check found; the letters that it was told by."""
    rows = [
        [one.ground, _iso(one.objected_on), _iso(one.due_on), RECHECKS[one.outcome], one.findings]
        for one in report.objections
    ]
    letters = [
        [letter.text.partition("\n")[0], _iso(letter.made_on), letter.made_by, _iso(letter.delivered_on)]
        for letter in report.letters
    ]
    blocks: list[Block] = []
    if rows:
        heads = ("异议理由", "提出日期", "应告知日期", "复查结果", "复查情况")
        blocks.append(Grid(heads, rows, (28, 14, 14, 14, 30), size=8))
    if letters:
        blocks.append(Grid(("文书", "制作日期", "制作人", "送达日期"), letters, (30, 16, 16, 16), size=8))
    return blocks or [Words(["没有提出异议。"], indent=False)]


def _unchecked(report: MatchReport) -> list[Block]:
    lines = unchecked_words(report)
    return [Words([*lines, SILENCE] if lines else ["各来源都已核对。"], size=9, indent=False)]


def unchecked_words(report: MatchReport) -> list[str]:
    """Plainly: which sources say nothing of whom and why; other provinces in their own words."""
    here = [
        f"未核到：{'、'.join(sources)}（{'、'.join(people)}），{WHY.get(why, why)}。"
        for sources, people, why in silent(report.silent_here)
    ]
    return [*here, *report.elsewhere]


def silent(lines: Sequence[ReportLine]) -> Iterator[tuple[list[str], tuple[str, ...], str]]:
    """(sources, people, why): sources that are silent of the same people for the same reason come together."""
    people: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        people.setdefault((line.source, line.answer.why), []).append(line.answer.person)
    together: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for (source, why), names in people.items():
        together.setdefault((tuple(names), why), []).append(source)
    for (names_of, why), sources in together.items():
        yield sources, names_of, why
