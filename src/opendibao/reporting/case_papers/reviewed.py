"""评议公示材料: 民主评议表、表决票、公示榜、公示无异议证明、长期公布榜; posters name nothing but what may be public."""

from collections.abc import Sequence

from opendibao.decision.minutes import RESULTS
from opendibao.decision.village_queries import BallotRow, NoObjection, NoticeLine, NoticeSheet, Published
from opendibao.reporting.case_papers.dating import day, month, yuan
from opendibao.reporting.case_papers.folder import Folder, Places
from opendibao.reporting.case_papers.heading import full_place, paper
from opendibao.reporting.case_papers.letters import supervision
from opendibao.reporting.case_papers.sheet import (
    POSTER,
    Ballots,
    Block,
    Field,
    Fields,
    Grid,
    Part,
    Sheet,
    Sign,
    Signatures,
    Space,
    Ticks,
    Words,
    by_pen,
    known,
)
from opendibao.reporting.case_papers.wording import Wording

PARTS = {"villager": "村居民代表", "party": "党员代表", "cadre": "村社区干部", "township": "乡镇工作人员"}
PRESENT = ("村居民代表", "党员代表", "村社区干部", "乡镇人员")
ORDER = ("宣讲政策", "介绍调查核对情况", "讨论", "不记名投票", "宣布结果", "签字")
CHOICES = ("同意", "不同意")
BLANK_BALLOTS, MOST_BALLOTS = 8, 60
OUTCOMES = {"groundless": "异议不成立", "survey": "重新调查", "review": "重新评议", "": "未办结"}


def review(folder: Folder) -> Sheet:
    """民主评议表: who sat there, what was read out, the ballots, the result, everybody's signature."""
    held, ballot = folder.village.meeting, folder.village.ballot
    result = RESULTS[ballot.result] if ballot else ""
    counts = _counts(ballot) if ballot else []
    blocks: list[Block] = [
        Fields([*_held(folder), [by_pen("回避人员", "、".join(ballot.recused) or "无" if ballot else "")]]),
        Ticks("会议程序", ORDER, ORDER if ballot and ballot.facts_read else ()),
        Space("宣读的调查核对情况", _read_out(folder), 24),
        Space("评议意见", ballot.opinions if ballot else "", 20),
        Grid(("#发出票", "#同意", "#不同意", "#废票", "#未交回", "结果"),
             [[*counts, result]] if counts else [], lines=0 if counts else 1),
        Words(["评议意见供参考，不能代替收入和财产的核对调查。"], size=9),
        Part("到会人员签字"), _seats(folder),
        Signatures([Sign("主持人签字", held.chair if held else ""), Sign("记录人签字", held.recorder if held else ""),
                    Sign("村（居）民委员会", is_sealed=True)]),
    ]  # fmt: skip
    return paper(folder, "review", "民主评议表", blocks)


def _counts(ballot: BallotRow) -> list[str]:
    """Issued, for, against, spoiled, not returned."""
    counts = (ballot.issued, ballot.votes_for, ballot.votes_against, ballot.spoiled, ballot.not_returned)
    return [str(number) for number in counts]


def _held(folder: Folder) -> list[list[Field]]:
    """Where, when, by whom the meeting was held, who was there by class, whom it was about."""
    held = folder.village.meeting
    day_of, place, chair, recorder = "", "", "", ""
    present, entitled = ["", "", "", ""], ""
    if held:
        day_of, place, chair, recorder = day(held.held_on), held.place, held.chair, held.recorder
        present = [str(number) for number in (held.villagers, held.party_members, held.cadres, held.township)]
        entitled = "" if held.entitled is None else str(held.entitled)
    return [
        [known("村（社区）", full_place(folder)), known("日期", day_of)],
        [by_pen("地点", place), known("主持人", chair), known("记录人", recorder)],
        [known(zh, number) for zh, number in zip(PRESENT, present, strict=True)],
        [known("评议对象", folder.applicant), known("家庭人数", str(_counted(folder) or "")),
         by_pen("应到代表", entitled)],
    ]  # fmt: skip


def _counted(folder: Folder) -> int:
    return sum(one.is_counted for one in folder.members)


def _read_out(folder: Folder) -> str:
    """What is public among neighbours: income and property against the limits; no illness, no disability."""
    told = folder.village.read_out
    return "\n".join(f"{one}。" for one in told.sentences) if told else ""


def _seats(folder: Folder) -> Grid:
    seats = [[one.name, PARTS[one.part], ""] for one in folder.village.seats]
    held = folder.village.meeting
    lines = max(0, (held.present if held else 12) - len(seats))
    cells = seats + [["", "", ""] for _ in range(lines)]
    cells += [["", "", ""]] * (len(cells) % 2)
    rows = [cells[at] + cells[at + 1] for at in range(0, len(cells), 2)]
    return Grid(("姓名", "身份", "签字", "姓名", "身份", "签字"), rows, (10, 14, 14, 10, 14, 14), size=9)


def ballots(folder: Folder) -> Sheet:
    """表决票: as many slips as were issued or people sit there; without a meeting a sheet of eight."""
    held, ballot = folder.village.meeting, folder.village.ballot
    number = ballot.issued if ballot else held.present if held else BLANK_BALLOTS
    who = f"{folder.applicant}家庭（{_counted(folder)}人）" if folder.applicant else "　　　　　　家庭（　　人）"
    when = day(held.held_on) if held else "　　　　年　　月　　日"
    village = folder.places.village or "　　　　　　　　村（社区）"
    lines = [village, f"评议对象：{who}", "事项：是否同意申请最低生活保障", f"日期：{when}"]
    slips = Ballots("民主评议表决票", lines, CHOICES, min(number, MOST_BALLOTS))
    return paper(folder, "ballots", "表决票", [slips])


def no_objection(folder: Folder) -> Sheet | None:
    """公示无异议证明: None while the notice runs or something stands against it."""
    found = folder.village.certificate
    if found is None and not folder.is_blank:
        return None
    lines = [_certified(found) if found else NOT_WRITTEN, f"公示期间{_answered(found)}", "特此证明。"]
    blocks: list[Block] = [
        Words(lines, size=15),
        Signatures([Sign("村（居）民委员会", is_sealed=True), Sign("乡镇人民政府（街道办事处）", is_sealed=True)]),
    ]  # fmt: skip
    return paper(folder, "no_objection", "公示无异议证明", blocks)


NOBODY = "本村（社区）本月没有保障家庭。"
NOT_WRITTEN = (
    "　　　　　　家庭（　　人）申请最低生活保障，拟每月保障金　　　　　元。"
    "初审意见于　　　年　　月　　日至　　　年　　月　　日在　　　　　　　　村（社区）公示，公示期满。"
)


def _certified(found: NoObjection) -> str:
    where = "、".join(found.places) or "本村（社区）"
    taken = f"{day(found.taken_down_on)}撤下。" if found.taken_down_on else ""
    line = found.line
    return (
        f"{line.name}家庭（{line.persons}人）申请最低生活保障，拟每月保障金{yuan(line.fen)}元。"
        f"初审意见于{day(found.posted_on)}至{day(found.ends_on)}在{where}公示，公示期满。{taken}"
    )


def _answered(found: NoObjection | None) -> str:
    if found and found.groundless:
        return f"收到异议{len(found.groundless)}件，查明均不成立，已答复。"
    return "没有收到异议。"


def objections(folder: Folder) -> Sheet | None:
    """公示异议登记表: what was objected and what came of it; who objected stays out. None where nobody did."""
    rows = [[day(one.received_on), one.words, day(one.due_on), day(one.settled_on), OUTCOMES[one.outcome], one.answer]
            for one in folder.village.objections]  # fmt: skip
    if not rows and not folder.is_blank:
        return None
    heads = ("收到日期", "异议内容", "答复期限", "办结日期", "结果", "答复")
    blocks: list[Block] = [
        Fields([[known("申请人", folder.applicant), known("案号", folder.number)]]),
        Grid(heads, rows, (12, 24, 12, 12, 10, 24), lines=0 if rows else 5, size=9),
        Signatures([Sign("登记人签字"), Sign("办结人签字")]),
    ]  # fmt: skip
    return paper(folder, "objections", "公示异议登记表", blocks)


def notice(sheet: NoticeSheet, places: Places, words: Wording, phones: Sequence[str]) -> Sheet:
    """公示榜 (A4): group, name, persons, proposed amount, the days, whom to tell; nothing else."""
    when = [f"公示期{sheet.days}天（首尾两天都算）：", f"{day(sheet.posted_on)}至{day(sheet.ends_on)}"]
    text = f"下列家庭申请最低生活保障，{places.town}已调查核实并提出初审意见，现予公示，请大家监督。"
    total = ["", "", f"合计{len(sheet.lines)}户", str(sheet.persons), yuan(sum(line.fen for line in sheet.lines))]
    blocks: list[Block] = [
        Words([text]), Words(when, size=20, indent=False), _lines(sheet.lines, "#拟每月（元）", total),
        *_whom_to_tell(f"有意见，请在{day(sheet.ends_on)}前告诉我们：", phones),
        Signatures([Sign("公示单位", f"{places.town}", day(sheet.posted_on), is_sealed=True)]),
    ]  # fmt: skip
    return Sheet("notice", "最低生活保障初审公示", blocks, office=f"{places.county}{places.town}",
                 under=places.village, layout=POSTER, clause=words.clauses["notice"])  # fmt: skip


def case_notice(folder: Folder) -> Sheet | None:
    """The 公示榜 that a case hangs on, with the others of its village and day; None before it is posted."""
    if folder.village.sheet is None:
        return None
    sheet = folder.village.sheet
    return notice(sheet, folder.places, folder.words, supervision(folder.places, sheet.posted_on, sheet.phone))


def _lines(lines: Sequence[NoticeLine], amount: str, total: Sequence[str], size: int = 20) -> Grid:
    rows = [
        [str(n), line.group or "—", line.name, str(line.persons), yuan(line.fen)] for n, line in enumerate(lines, 1)
    ]
    return Grid(("序", "组", "申请人", "#人数", amount), rows, (2, 3, 7, 3, 7), total=total, size=size)


def _whom_to_tell(words: str, phones: Sequence[str]) -> list[Block]:
    return [Words([words, *phones, "可以打电话、写纸条、到村（居）委会说。实名的，件件答复。"], size=20, indent=False)]


def blank_notice(folder: Folder) -> Sheet:
    """An empty 公示榜 to be filled in by hand."""
    blocks: list[Block] = [
        Words(["下列家庭申请最低生活保障，已调查核实并提出初审意见，现予公示，请大家监督。"]),
        Words(["公示期　　天（首尾两天都算）：", "　　　年　　月　　日至　　　年　　月　　日"], size=20, indent=False),
        Grid(("序", "组", "申请人", "#人数", "#拟每月（元）"), [], (2, 3, 7, 3, 7), lines=8, size=20),
        *_whom_to_tell("有意见，请在　　月　　日前告诉我们：", ["监督电话：＿＿＿＿＿＿＿＿＿＿＿＿"]),
        Signatures([Sign("公示单位", is_sealed=True)]),
    ]  # fmt: skip
    return Sheet("notice", "最低生活保障初审公示", blocks, office=f"{folder.places.county}{folder.places.town}",
                 layout=POSTER, clause=folder.words.clauses["notice"])  # fmt: skip


def publication(found: Published, places: Places, words: Wording, phones: Sequence[str]) -> Sheet:
    """长期公布榜 of a village and month: name, persons, amount of every covered family."""
    total = ["", "", f"合计{len(found.lines)}户", str(found.persons), yuan(found.fen)]
    blocks: list[Block] = [
        Words([f"{month(found.month)}享受最低生活保障的家庭如下，请大家监督。"]),
        _lines(found.lines, "#每月（元）", total, 18) if found.lines else Words([NOBODY]),
        *_whom_to_tell("有不该享受的、该享受没有享受的，请告诉我们：", phones),
        Signatures([Sign("公布单位", places.town, day(found.row.posted_on if found.row else None), is_sealed=True)]),
    ]  # fmt: skip
    return Sheet("publication", "最低生活保障家庭公布", blocks, office=f"{places.county}{places.town}",
                 under=f"{places.village}　{month(found.month)}", layout=POSTER,
                 clause=words.clauses["publication"])  # fmt: skip
