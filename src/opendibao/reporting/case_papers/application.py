"""申请材料: 申请书、申报表、承诺书、授权书、委托书、近亲属备案表, filled from what the family said once."""

from collections.abc import Mapping, Sequence
from typing import Any

from opendibao.intake.consent_queries import MEMBER, SUPPORTER, ConsentRow
from opendibao.reporting.case_papers.dating import day, yuan
from opendibao.reporting.case_papers.folder import Folder, Person
from opendibao.reporting.case_papers.heading import full_place, paper
from opendibao.reporting.case_papers.items import (
    CATEGORIES,
    HOLDINGS,
    SPENDING,
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
    Ticks,
    Words,
    by_pen,
    known,
)
from opendibao.reporting.case_papers.wording import CONSENT, CONSENT_TERMS, MANDATE, SUPPORTER_TERMS
from opendibao.rules.vocabulary import RELATIONS, SUPPORTER_STATUSES, WORDS

REASONS = ("因病", "因残", "缺劳力", "失业", "就学", "灾害", "年老", "其他")
CHANNELS = {"counter": "窗口", "helper": "代办", "online": "网上", "lead": "主动发现", "review": "定期复核"}
HELPERS = {"relative": "亲属", "neighbour": "邻居", "village": "村社区", "agency": "社会组织"}
MEMBER_HEADS = ("姓名", "与户主关系", "性别", "#年龄", "身份证号", "健康状况", "就学", "就业、劳动能力")
MEMBER_WIDTHS = (9, 8, 5, 5, 20, 17, 10, 14)
SUPPORTER_HEADS = ("姓名", "关系", "赡养抚养谁", "#家庭人数", "#家庭年收入（元）", "情形", "#实付（元）")


def application(folder: Folder) -> Sheet:
    """最低生活保障申请书."""
    blocks: list[Block] = [
        Words([f"{folder.places.town or '　　　　　　乡镇（街道）'}："], indent=False),
        Words([_asks(folder)]),
        Fields(_applicant(folder)),
        Ticks("申请类别", ["家庭申请", "单独申请（第八条）"], [] if folder.is_blank else [_alone(folder)]),
        Ticks("申请理由", REASONS), Fields([[by_pen("理由说明", folder.hardship)]]),
        Part("家庭成员"),
        Grid(MEMBER_HEADS, [_member(one) for one in folder.applied], MEMBER_WIDTHS, _more(folder.applied, 5), size=9),
        Part("共同生活的家庭成员以外的赡养、抚养、扶养义务人"),
        supporters(folder),
        Fields([[by_pen("近亲属", _relatives_said(folder))]]),
        Words(["本户所报情况真实，附申报表、承诺书和核对授权书。"]),
        Signatures([
            Sign("申请人签字（按手印）", folder.applicant, _applied(folder)),
            Sign("代办人签字", folder.mandate.helper if folder.mandate else ""),
            Sign("受理人签字", folder.case.accepted_by if folder.case else "", _accepted(folder), is_sealed=True),
        ]),
    ]  # fmt: skip
    return paper(folder, "application", "最低生活保障申请书", blocks)


def _asks(folder: Folder) -> str:
    if folder.is_blank:
        return "本户生活困难，申请最低生活保障。家庭成员　　　人，由共同生活的家庭成员　　　　　　　提出申请。"
    people = f"家庭成员{len(folder.applied)}人，由共同生活的家庭成员{folder.applicant}提出申请。"
    return f"本户生活困难，申请最低生活保障。{people}"


def _applicant(folder: Folder) -> Sequence[Sequence[Field]]:
    who = next((one for one in folder.applied if one.name == folder.applicant), folder.head)
    place, account = folder.place, folder.account
    return [
        [known("申请人", folder.applicant, 6), known("性别", who.sex if who else "", 5), by_pen("民族", "", 5),
         known("出生日期", day(who.born) if who else "", 8)],
        [known("身份证号", who.id_number if who else ""), by_pen("联系电话", place.phone if place else "")],
        [known("户籍所在地", full_place(folder)), by_pen("现住址", place.address if place else "")],
        [known("适用标准", folder.area), known("申请方式", CHANNELS[folder.case.channel] if folder.case else ""),
         known("申请日期", _applied(folder))],
        [known("户编号", folder.household), known("开户银行", account.bank if account else "")],
        [known("账户户名", account.holder if account else ""), known("银行账号", account.number if account else "")],
    ]  # fmt: skip


def _alone(folder: Folder) -> str:
    answer = folder.county.answer
    is_alone = answer is not None and answer.outcome == "single_person"
    return "单独申请（第八条）" if is_alone else "家庭申请"


def _member(one: Person) -> list[str]:
    age = "" if one.age is None else str(one.age)
    return [one.name, one.relation, one.sex, age, one.id_number, one.health, one.study, ""]


def _more(rows: Sequence[object], least: int) -> int:
    return 0 if rows else least


def supporters(folder: Folder) -> Grid:
    """Who outside the household has a duty to it, as declared or found."""
    rows = [_supporter(raw) for raw in folder.facts.get("supporters") or ()]
    if not rows and not folder.is_blank:
        rows = [["无", *[""] * (len(SUPPORTER_HEADS) - 1)]]
    return Grid(SUPPORTER_HEADS, rows, (10, 9, 12, 9, 14, 12, 10), _more(rows, 2), size=9)


def _supporter(raw: Mapping[str, Any]) -> list[str]:
    status = str(raw.get("status") or "")
    words = WORDS["status"][SUPPORTER_STATUSES.index(status)] if status in SUPPORTER_STATUSES else ""
    relation = str(raw.get("relation") or "")
    relation = WORDS["relation"][RELATIONS.index(relation)] if relation in RELATIONS else relation
    size = str(raw.get("household_size") or "")
    return [str(raw.get("name", "")), relation, str(raw.get("of") or ""), size, _yearly(raw.get("income")), words,
            _yearly(raw.get("pays"))]  # fmt: skip


def _yearly(raw: Mapping[str, Any] | None) -> str:
    if not raw:
        return ""
    unit = "每月" if raw.get("per") == "month" else ""
    return f"{unit}{said_yuan(raw.get('amount'))}"


def _relatives_said(folder: Folder) -> str:
    if folder.is_blank:
        return "□ 没有　□ 有：姓名　　　　　职务　　　　　关系　　　"
    if not folder.relatives:
        return "与经办人员、村（居）委会成员没有近亲属关系"
    return "；".join(f"{one.member}是{one.post}{one.official}的{one.relation}" for one in folder.relatives)


def _applied(folder: Folder) -> str:
    return day(folder.case.applied_on) if folder.case else ""


def _accepted(folder: Folder) -> str:
    return day(folder.case.accepted_on) if folder.case else ""


def declaration(folder: Folder) -> Sheet:
    """家庭成员及收入财产申报表: the law's five kinds of income, property, spending, as the family declares them."""
    facts = folder.declared
    blocks: list[Block] = [
        Fields([[known("户主（申请人）", folder.applicant), known("家庭人数", str(len(folder.applied) or "")),
                 known("适用标准", folder.area)]]),
        Part("一、收入（最近12个月）"), _listed(folder, incomes(facts), [zh for zh in CATEGORIES for _ in range(2)]),
        Part("二、支出（最近12个月）"), _listed(folder, spendings(facts), list(SPENDING.values())),
        Part("三、财产"), _owned(folder, holdings(facts)),
        Part("四、义务人"), supporters(folder),
        Words(["写“按规定核算”的，调查后按当地参数计算，不用自己估。收入按审核确认办法第十三条分列。"], size=9),
        Signatures([Sign("申报人签字（按手印）", folder.applicant, _applied(folder)), Sign("核对人签字")]),
    ]  # fmt: skip
    return paper(folder, "declaration", "家庭成员及收入财产申报表", blocks)


def _listed(folder: Folder, items: Sequence[Item], blank: Sequence[str]) -> Grid:
    """Items with their year's amount; on a blank form a line for each of the kinds of `blank`, some to spare."""
    rows = [[one.member, one.category, one.zh, one.said, one.amount] for one in items]
    if folder.is_blank:
        rows = [["", zh, "", "", ""] for zh in blank]
    elif not rows:
        rows = [["全家", "无", "", "没有这类收支", "0.00"]]
    stated = [one.fen for one in items if one.fen is not None]
    total = ["写明金额的合计", "", "", "", yuan(sum(stated))] if stated else []
    heads = ("成员", "种类", "项目", "申报情况", "#一年（元）")
    return Grid(heads, rows, (9, 11, 14, 34, 13), 2 * folder.is_blank, total, 9)


def _owned(folder: Folder, items: Sequence[Item]) -> Grid:
    rows = [[zh, ""] for zh in HOLDINGS] if folder.is_blank else [[one.zh, one.said] for one in items]
    return Grid(("项目", "申报情况"), rows, (14, 60), size=9)


def promise(folder: Folder) -> Sheet:
    """承诺书."""
    blocks: list[Block] = [
        Fields([[known("承诺人", folder.applicant), known("身份证号", _id_of(folder), wide=14)]]),
        Words(["本人代表全体家庭成员承诺：", *folder.words.promise], size=13),
        Signatures([Sign("承诺人签字（按手印）", folder.applicant, _applied(folder)),
                    *[Sign("家庭成员签字", one.name) for one in _others(folder)]]),
    ]  # fmt: skip
    return paper(folder, "promise", "承诺书", blocks)


def _id_of(folder: Folder) -> str:
    return next((one.id_number for one in folder.applied if one.name == folder.applicant), "")


def _others(folder: Folder) -> Sequence[Person]:
    return [one for one in folder.members if one.is_adult and one.name != folder.applicant and one.is_counted]


def consents(folder: Folder) -> list[Sheet]:
    """家庭经济状况核对授权书: one for every adult who counts, then (where the law asks it) one for every supporter."""
    if folder.is_blank:
        blank = [_consent(folder, "", "", "", None)]
        return [*blank, _supporter_consent(folder, "", None)] if folder.words.is_apart else blank
    signed = {(one.signer, one.role): one for one in folder.consents}
    adults = [one for one in folder.members if one.is_adult and (one.is_counted or (one.name, MEMBER) in signed)]
    members = [
        _consent(folder, one.name, one.id_number, one.relation, signed.get((one.name, MEMBER))) for one in adults
    ]
    apart = [one for one in folder.consents if one.role == SUPPORTER]
    outside = folder.facts.get("supporters") or () if folder.words.is_apart else ()
    names = [str(raw.get("name", "")) for raw in outside]
    names += [one.signer for one in apart if one.signer not in names]
    return members + [_supporter_consent(folder, name, signed.get((name, SUPPORTER))) for name in names]


def _consent(folder: Folder, name: str, id_number: str, relation: str, signed: ConsentRow | None) -> Sheet:
    scope = list(signed.scope) if signed and signed.scope else list(folder.scope)
    minors = [one.name for one in folder.members if not one.is_adult and one.age is not None]
    blocks: list[Block] = [
        Fields([[known("授权人", name), known("身份证号", id_number)],
                [known("与户主关系", relation), by_pen("有效期", _term(signed))],
                [by_pen("一并授权的未成年人", "、".join(minors) if name == folder.applicant else "")]]),
        Words(CONSENT, size=12), Ticks("核对范围", scope, scope if name else []),
        Words(CONSENT_TERMS, size=12),
        Signatures([Sign("授权人签字（按手印）", name, day(signed.signed_on) if signed else ""), Sign("见证的经办人")]),
    ]  # fmt: skip
    return paper(folder, "consent", "家庭经济状况核对授权书", blocks, whose=name)


def _term(signed: ConsentRow | None) -> str:
    if signed is None:
        return ""
    until = f"至{day(signed.valid_until)}" if signed.valid_until else "至本户退出最低生活保障"
    return f"{day(signed.signed_on)}{until}" + (f"，{day(signed.revoked_on)}撤回" if signed.revoked_on else "")


def _supporter_consent(folder: Folder, name: str, signed: ConsentRow | None) -> Sheet:
    scope = list(signed.scope) if signed and signed.scope else list(folder.scope)
    blocks: list[Block] = [
        Fields([[known("同意人", name), by_pen("身份证号")],
                [known("申请人", folder.applicant), by_pen("有效期", _term(signed))]]),
        Words([f"本人知道{folder.applicant or '　　　　　　'}申请最低生活保障，同意核对下列本人信息："], size=12),
        Ticks("核对范围", scope, scope if name else []),
        Words(SUPPORTER_TERMS, size=12),
        Signatures([Sign("同意人签字（按手印）", name, day(signed.signed_on) if signed else ""), Sign("见证的经办人")]),
    ]  # fmt: skip
    clause = folder.words.clauses.get("supporter_consent", folder.words.clauses["consent"])
    return paper(folder, "consent", "义务人收入财产核对同意书", blocks, whose=name, clause=clause)


def mandate(folder: Folder) -> Sheet:
    """委托书."""
    given = folder.mandate
    blocks: list[Block] = [
        Fields([[known("委托人", folder.applicant), known("身份证号", _id_of(folder), wide=14)],
                [known("受委托人", given.helper if given else ""), known("联系电话", given.phone if given else "")],
                [known("与申请人关系", HELPERS.get(given.relation, "") if given else ""),
                 known("委托原因", given.reason if given else "", wide=14)]]),
        Words(MANDATE, size=13),
        Signatures([Sign("委托人签字（按手印）", folder.applicant, day(given.signed_on) if given else ""),
                    Sign("受委托人签字", given.helper if given else "", day(given.signed_on) if given else "")]),
    ]  # fmt: skip
    return paper(folder, "mandate", "委托书", blocks)


def relatives(folder: Folder) -> Sheet:
    """近亲属备案表: registered apart, and the county visits the home itself."""
    rows = [
        [one.member, one.official, one.post, one.relation, day(one.registered_on), one.registered_by]
        for one in folder.relatives
    ]
    heads = ("家庭成员", "工作人员姓名", "职务", "亲属关系", "备案日期", "备案人")
    blocks: list[Block] = [
        Fields([[known("申请人", folder.applicant), known("案号", folder.number)],
                [known("户籍所在地", full_place(folder))]]),
        Grid(heads, rows, (10, 12, 18, 10, 14, 10), lines=0 if rows else 4),
        Words(["共同生活的家庭成员与最低生活保障经办人员或者村（居）民委员会成员有近亲属关系的，单独登记备案；"
               "县级民政部门应当入户调查。近亲属的范围按当地规定。"]),
        Signatures([Sign("申报人签字", folder.applicant), Sign("备案人签字", rows[0][5] if rows else "",
                   rows[0][4] if rows else "", is_sealed=True)]),
    ]  # fmt: skip
    return paper(folder, "relatives", "近亲属备案表", blocks)
