"""调查材料: 入户调查表、核查单、邻里访问表、信函索证函, filled with what is declared and what was found."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from opendibao.intake.states import CaseState
from opendibao.reporting.case_papers.dating import day, moment, yuan
from opendibao.reporting.case_papers.folder import Folder, Person
from opendibao.reporting.case_papers.heading import full_place, paper
from opendibao.reporting.case_papers.items import (
    CATEGORIES,
    HOLDINGS,
    INCOMES,
    SPENDING,
    Facts,
    Item,
    holdings,
    incomes,
    said_yuan,
    spendings,
)
from opendibao.reporting.case_papers.sheet import (
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
from opendibao.rules.items_estimated import ESTIMATED
from opendibao.verification.item_sheets import WHOLE_FAMILY

WAYS = {"home": "入户", "phone": "电话", "video": "视频"}
VIEWS = {"agrees": "与申报相符", "differs": "与申报不符", "unsure": "不清楚"}
GRADES = ("A 凭证原件", "B 部门数据或复函", "C 两人以上证言一致", "D 只有本人陈述")
HOME = {
    "housing": "住房情况", "others": "还见到谁", "appliances": "家电和车辆", "food": "吃穿用", "land": "田地和养殖",
    "health": "健康状况", "school": "上学情况", "spending": "日常开支", "neighbours": "邻居怎么说",
    "unseen": "没见到的人在哪",
}  # fmt: skip
"""What is written down of a home, by the key of the survey."""
OPEN = "□是 □否"
Pair = tuple[Item | None, Item | None]


def surveys(folder: Folder) -> list[Sheet]:
    """Every signed form of a case, the first visit first, and the form of the visit it waits for."""
    former = [
        survey(replace(folder, found=form.found, survey=replace(folder.survey, form=form)))
        for form in folder.survey.former
    ]
    waits = folder.case is not None and folder.case.state == CaseState.ACCEPTED and folder.survey.form is not None
    return [*former, survey(folder), *([survey(for_next_visit(folder))] if waits else [])]


def for_next_visit(folder: Folder) -> Folder:
    """The folder before the next visit: what was found last is what the new form is filled with."""
    return replace(folder, declared=folder.facts, found=None, survey=replace(folder.survey, form=None))


def survey(folder: Folder) -> Sheet:
    """入户调查表: prefilled with what is declared, so that at the home only what differs is written."""
    form = folder.survey.form
    blocks: list[Block] = [
        Fields(_visit(folder)),
        Ticks("调查方式", list(WAYS.values()), [WAYS[form.way]] if form else []),
        Part("一、家庭成员和见到的人"),
        Grid(("姓名", "与户主关系", "性别", "#年龄", "身份证号", "健康状况", "就学", "见到"),
             [_seen(folder, one) for one in folder.members], (9, 9, 5, 5, 20, 17, 10, 6),
             0 if folder.members else 5, size=9),
        Part("二、住房和生活状况"), _home(folder),
        Part("三、收入（最近12个月）"), _compared(folder, incomes, CATEGORIES),
        Part("四、支出（最近12个月）"), _compared(folder, spendings, list(SPENDING.values())),
        Part("五、财产"), _compared(folder, holdings, HOLDINGS),
        *_conclusion(folder),
    ]  # fmt: skip
    return paper(folder, "survey", "入户调查表", blocks)


def _visit(folder: Folder) -> Sequence[Sequence[Field]]:
    form, order = folder.survey.form, folder.survey.order
    first = form.surveyors[0] if form else order.first_surveyor if order else ""
    second = form.surveyors[1] if form else order.second_surveyor if order else ""
    place = (form.place if form else "") or (folder.place.address if folder.place else "")
    window = f"{day(order.from_day)}至{day(order.to_day)}" if order else ""
    arrived = moment(form.started_at) if form and form.started_at else day(form.surveyed_on) if form else ""
    return [
        [known("户主（申请人）", folder.applicant), known("编号", folder.number or folder.household),
         known("适用标准", folder.area)],
        [known("户籍所在地", full_place(folder)), by_pen("联系电话", folder.place.phone if folder.place else "")],
        [by_pen("调查地点", place), by_pen("入户时间段", window)],
        [by_pen("到达时间", arrived), by_pen("调查人", first), by_pen("第二调查人", second)],
        [by_pen("在场家庭成员", form.respondent if form else ""),
         by_pen("未入户的理由", form.way_reason if form else "")],
    ]  # fmt: skip


def _seen(folder: Folder, one: Person) -> list[str]:
    """A member, whether he was seen, and what was noted of him; a box to tick before the visit."""
    form = folder.survey.form
    noted = {row.get("name"): row for row in form.home.get("members") or ()} if form else {}
    row = noted.get(one.name, {})
    seen = "□"
    if form:
        seen = "√" if row.get("seen") or form.respondent == one.name else "×" if row else ""
    health = "；".join(said for said in (one.health, str(row.get("note") or "")) if said)
    age = "" if one.age is None else str(one.age)
    return [one.name, one.relation, one.sex, age, one.id_number, health, one.study, seen]


def _home(folder: Folder) -> Fields:
    """What was noted of the home by subject, else empty cells to write in."""
    form = folder.survey.form
    noted = {key: _plain(said) for key, said in form.home.items() if key != "members"} if form else {}
    words = [(HOME.get(key, key), said) for key, said in noted.items()] if noted else [(zh, "") for zh in HOME.values()]
    cells = [by_pen(zh, said) for zh, said in words]
    return Fields([cells[at : at + 2] for at in range(0, len(cells), 2)])


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "，".join(f"{key}{_plain(one)}" for key, one in value.items())
    return "、".join(map(_plain, value)) if isinstance(value, list | tuple) else str(value)


def _compared(folder: Folder, items_of: Callable[[Facts], list[Item]], blank: Sequence[str]) -> Grid:
    """Declared and found side by side; where nothing was found yet the right half is for the pen."""
    heads, widths = ("成员", "项目", "申报", "查明", "是否一致"), (9, 13, 26, 26, 9)
    if folder.is_blank:
        return Grid(heads, [["", zh, "", "", OPEN] for zh in blank], widths, 1, size=9)
    pairs = _paired(items_of(folder.declared), [] if folder.found is None else items_of(folder.found))
    rows = [_pair(folder, one, other) for one, other in pairs]
    if folder.found is not None:
        return Grid(heads, rows or [["全家", "", "没有申报", "没有查到", "一致"]], widths, size=9)
    return Grid(heads, rows, widths, 2 if rows else 4, size=9)


def _paired(declared: Sequence[Item], found: Sequence[Item]) -> list[Pair]:
    """Each declared item with the found one of the same member and kind, then what only the survey found."""
    left = list(found)
    pairs: list[Pair] = []
    for one in declared:
        same = next((f for f in left if (f.member, f.kind, f.said) == (one.member, one.kind, one.said)), None)
        same = same or next((f for f in left if (f.member, f.kind) == (one.member, one.kind)), None)
        if same:
            left.remove(same)
        pairs.append((one, same))
    return pairs + [(None, one) for one in left]


def _pair(folder: Folder, declared: Item | None, found: Item | None) -> list[str]:
    one = declared or found
    assert one is not None
    if folder.found is None:
        return [one.member, one.zh, one.said, "", OPEN]
    said, seen = (declared.said if declared else "没有申报"), (found.said if found else "没有查到")
    return [one.member, one.zh, said, seen, "一致" if said == seen else "不一致"]


def _conclusion(folder: Folder) -> list[Block]:
    form = folder.survey.form
    corrections = "\n".join(
        f"第{one.sequence}次更正：{one.reason}（{day(one.corrected_on)}，{one.corrected_by}，{one.agreed_by}确认）"
        for one in (form.corrections if form else ())
    )
    # the family signs this form: what a neighbour said stands on the paper of the interview alone
    asked = Counter(VIEWS[one.view] for one in folder.survey.interviews)
    words = f"走访邻居{asked.total()}次：" + "，".join(f"{zh}{n}" for zh, n in asked.items()) if asked else ""
    signed = day(form.surveyed_on) if form else ""
    blocks: list[Block] = [
        Part("六、邻居所述和调查结论"),
        Space("邻居所述（详见邻里访问表）", words, 12),
        Space("调查结论（与申报不一致的，写明理由和证据）", form.conclusion if form else "", 18),
        Ticks("家庭拒绝调查或拒绝签字", ["拒绝调查", "拒绝签字"], ["拒绝调查"] if folder.survey.refusals else []),
        Signatures([
            Sign("调查人签字", form.surveyors[0] if form else "", signed),
            Sign("第二调查人签字", form.surveyors[1] if form else "", signed),
            Sign("在场家庭成员签字（按手印）", form.respondent if form else "", signed),
        ]),
    ]  # fmt: skip
    return [*blocks[:3], *([Space("更正记录", corrections)] if corrections else []), *blocks[3:]]


def item_sheets(folder: Folder) -> Sheet | None:
    """隐性收入和财产价值核查单: as it was filled in, else what is declared and has to be asked about.

    None where a case has neither.
    """
    form = folder.survey.form
    blocks: list[Block] = []
    if folder.is_blank:
        blocks = [*_item("", "", {}), *_item("", "", {})]
    elif form:
        for one in form.sheets:
            between = _range(one.low_fen, one.high_fen)
            blocks += _item(
                one.member, one.kind, one.values, one.method, one.comparables, between, one.grade, one.evidence
            )
    else:
        for member, kind, values in _to_ask(folder.declared):
            blocks += _item(member, kind, values)
    if not blocks:
        return None
    return paper(folder, "item_sheets", "隐性收入和财产价值核查单", [*blocks, _signed(folder)])


def _to_ask(facts: Facts) -> Iterator[tuple[str, str, Facts]]:
    """(whose, what kind, its fields) of the declared incomes that leave no books and of the things of value."""
    for member in facts.get("members") or ():
        for raw in member.get("income") or ():
            if raw.get("kind") in ESTIMATED:
                yield str(member.get("name", "")), str(raw["kind"]), raw
    owned = facts.get("property") or {}
    for kind, things in (("house", owned.get("houses")), ("vehicle", owned.get("vehicles"))):
        for raw in things or ():
            yield WHOLE_FAMILY, kind, raw


def _range(low: int | None, high: int | None) -> str:
    return "" if low is None else f"{yuan(low)}元至{yuan(high)}元"


def _item(
    member: str,
    kind: str,
    values: Facts,
    method: str = "",
    comparables: Sequence[str] = (),
    between: str = "",
    grade: str = "",
    evidence: str = "",
) -> list[Block]:
    chosen = [word for word in GRADES if grade and word.startswith(grade)]
    zh = INCOMES[kind][0] if kind in INCOMES else THINGS.get(kind, kind)
    return [
        Fields([[known("家庭成员", member), known("项目", zh)], [by_pen("内容", _said(kind, values, grade))],
                [by_pen("估算方法", method)], [by_pen("参照（三个以上）", "；".join(comparables))],
                [by_pen("估值范围", between), by_pen("证据", evidence)]]),
        Ticks("证据等级", GRADES, chosen),
    ]  # fmt: skip


def _said(kind: str, values: Facts, grade: str) -> str:
    """The fields of an item in words, as the declaration says them."""
    if not values:
        return ""
    if kind in INCOMES:
        raw = {"kind": kind, "evidence": grade, **values}
        return incomes({"members": [{"name": "", "income": [raw]}]})[0].said
    if kind in ("house", "vehicle"):
        owned = holdings({"property": {f"{kind}s": [values]}})
        return next((f"{one.zh}，{one.said}" for one in owned if one.kind == kind), "")
    return f"{said_yuan(values['amount'])}元" if "amount" in values else ""


THINGS = {"house": "房屋", "vehicle": "车辆", "valuables": "贵重物品", "claims": "别人欠的钱", "debts": "欠别人的钱"}


def _signed(folder: Folder) -> Signatures:
    form = folder.survey.form
    return Signatures([Sign("调查人签字", form.surveyors[0] if form else ""),
                       Sign("第二调查人签字", form.surveyors[1] if form else ""),
                       Sign("家庭成员签字", form.respondent if form else "")])  # fmt: skip


def neighbours(folder: Folder) -> Sheet:
    """邻里访问表: one part for each neighbour; empty ones to fill in while nobody was asked."""
    if not folder.survey.interviews:
        return blank_neighbours(folder)
    blocks: list[Block] = [Fields([_whose(folder)])]
    for one in folder.survey.interviews:
        blocks += [
            Fields([[known("受访人", one.neighbour), known("访问人", one.interviewer),
                     known("访问日期", day(one.interviewed_on))]]),
            Space("所述情况", one.words, 14), Ticks("看法", list(VIEWS.values()), [VIEWS[one.view]]),
            Signatures([Sign("受访人签字", one.neighbour), Sign("访问人签字", one.interviewer)]),
        ]  # fmt: skip
    return paper(folder, "neighbours", "邻里访问表", blocks)


def blank_neighbours(folder: Folder) -> Sheet:
    """邻里访问表 to be filled in at two neighbours'."""
    blocks: list[Block] = [Fields([_whose(folder)])]
    for _ in range(2):
        blocks += [
            Fields([[by_pen("受访人"), by_pen("访问人"), by_pen("访问日期")]]),
            Space("所述情况（收入、财产、住房、平时生活）", "", 26), Ticks("看法", list(VIEWS.values())),
            Signatures([Sign("受访人签字"), Sign("访问人签字")]),
        ]  # fmt: skip
    return paper(folder, "neighbours", "邻里访问表", blocks)


def _whose(folder: Folder) -> list[Field]:
    return [known("户主（申请人）", folder.applicant), known("所在村（社区）", full_place(folder))]


def evidence(folder: Folder) -> list[Sheet]:
    """信函索证函: a letter to each who was asked; none where nobody was."""
    if folder.is_blank:
        return [_evidence(folder, "", "", None)]
    return [_evidence(folder, one.addressee, one.asks, one.sent_on, one.answer) for one in folder.survey.letters]


def _evidence(folder: Folder, addressee: str, asks: str, sent: date | None, answer: str = "") -> Sheet:
    who = folder.applicant or "　　　　　　"
    lines = [f"{who}家庭申请最低生活保障。为核实其家庭经济状况，请贵单位协助提供下列情况，并将复函寄回本机关。"]
    blocks: list[Block] = [
        Words([f"{addressee or '　　　　　　　　　　'}："], size=13, indent=False), Words(lines, size=13),
        Space("询问事项", asks, 45), Space("复函内容（提供单位填写）", answer, 45),
        Signatures([Sign("发函机关", day=day(sent), is_sealed=True), Sign("提供单位", is_sealed=True)]),
    ]  # fmt: skip
    return paper(folder, "evidence", "信函索证函", blocks)
