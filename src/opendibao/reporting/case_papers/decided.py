"""审核确认表: the household, how the amount came about, the village's, township's and county's words on one form."""

from collections.abc import Sequence

from opendibao.kernel.money import in_words
from opendibao.reporting.case_papers.dating import day, month, yuan, yuan_both
from opendibao.reporting.case_papers.folder import Folder
from opendibao.reporting.case_papers.heading import full_place, paper
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
from opendibao.rules.answer import Answer
from opendibao.rules.counted import incomes
from opendibao.rules.vocabulary import OUTCOME_ZH

VIEWS = {"grant": "拟同意", "refuse": "拟不同意"}
GROUNDS = {"relative": "近亲属备案", "complaint": "投诉举报", "sample": "抽查", "doubt": "材料存疑"}
KINDS = ("确认同意", "不予确认同意", "增发", "减发", "停发", "渐退")
CLASSES = {"yearly": "常保（一年一核）", "halfyear": "非常保（半年一核）", "": ""}
MONTHS = 12


def approval(folder: Folder) -> Sheet:
    """最低生活保障审核确认表."""
    blocks: list[Block] = [
        Fields(_household(folder)),
        Part("家庭成员"),
        Grid(("姓名", "与户主关系", "性别", "#年龄", "身份证号", "健康状况", "计入情形"),
             [[one.name, one.relation, one.sex, "" if one.age is None else str(one.age), one.id_number, one.health,
               one.standing or ("计入" if one.is_counted else "不计入")] for one in folder.members],
             (9, 9, 5, 5, 20, 17, 13), 0 if folder.members else 5, size=9),
        Part("核算（元）"), *_sums(folder.county.answer),
        Part("经过"), Fields(_steps(folder)),
        *_opinions(folder),
    ]  # fmt: skip
    return paper(folder, "approval", "最低生活保障审核确认表", blocks)


def _household(folder: Folder) -> Sequence[Sequence[Field]]:
    account, case = folder.account, folder.case
    return [
        [known("申请人", folder.applicant), known("户编号", folder.household), known("适用标准", folder.area)],
        [known("户籍所在地", full_place(folder)), by_pen("现住址", folder.place.address if folder.place else "")],
        [known("受理日期", day(case.accepted_on) if case else ""), known("受理人", case.accepted_by if case else ""),
         by_pen("复核类别", CLASSES[folder.county.review_class])],
        [known("开户银行", account.bank if account else ""), known("银行账号", account.number if account else "")],
    ]  # fmt: skip


def _sums(answer: Answer | None) -> list[Block]:
    """From the standard to the amount, as the rules computed it; empty cells where they did not."""
    if answer is None or not answer.line_year_fen:
        cells = ["每人每月标准", "计入人数", "全家一年保障线", "全家一年收入", "每月补差", "其中分类施保", "每月合计"]
        return [Fields([[by_pen(zh) for zh in cells[at : at + 2]] for at in range(0, len(cells), 2)])]
    line = f"{yuan(answer.standard_fen)} × {MONTHS} × {answer.members}"
    rows = [["每人每月标准", "", yuan(answer.standard_fen)], ["全家一年保障线", line, yuan(answer.line_year_fen)]]
    rows += [[zh, "一年", yuan(fen).replace("-", "−")] for zh, fen in incomes(answer)]
    rows.append(["全家一年收入", "上列各项相加，按规定扣减后", yuan(answer.income_year_fen)])
    if answer.monthly_benefit_fen:
        rows.append(["每月补差", "一年的差额按月计", yuan(answer.base_benefit_fen)])
        if answer.supplement_fen:
            rows.append(["分类施保", "每月", yuan(answer.supplement_fen)])
        total = ["每月保障金", in_words(answer.monthly_benefit_fen), yuan(answer.monthly_benefit_fen)]
    else:
        total = ["按规则的结果", OUTCOME_ZH[answer.outcome], yuan(0)]
    reasons = "\n".join(f"{one.zh}（{one.clause}）。" if one.clause else f"{one.zh}。" for one in answer.reasons)
    sums = Grid(("项目", "算法", "#金额（元）"), rows, (16, 34, 14), total=total, size=9)
    return [sums, Space("理由和条款", reasons)]


def _steps(folder: Folder) -> Sequence[Sequence[Field]]:
    form, village = folder.survey.form, folder.village
    matches = folder.survey.matches
    matched = max((one.answered_on for one in matches if one.answered_on), default=None)
    hits = sum(one.outcome == "hit" for one in matches)
    surveyed = f"{day(form.surveyed_on)}，第{form.sequence}次，{'、'.join(form.surveyors)}" if form else ""
    voted = ""
    if village.meeting and village.ballot:
        ballot = village.ballot
        counts = f"发出{ballot.issued}票，同意{ballot.votes_for}，不同意{ballot.votes_against}"
        voted = f"{day(village.meeting.held_on)}，{counts}"
    posted = f"{day(village.notice.posted_on)}至{day(village.notice.ends_on)}" if village.notice else ""
    objected = len(village.objections)
    visits = "；".join(f"{day(one.visited_on)}（{GROUNDS[one.ground]}）{one.words}" for one in folder.county.visits)
    return [
        [by_pen("信息核对", f"{day(matched)}，{len(matches)}人次，核到{hits}" if matched else "")],
        [by_pen("入户调查", surveyed)], [by_pen("民主评议", voted)],
        [by_pen("公示", posted), by_pen("公示异议", f"{objected}件" if village.notice else "")],
        [by_pen("县级入户核查", visits)],
    ]  # fmt: skip


def _opinions(folder: Folder) -> list[Block]:
    return [
        Part("村（居）民委员会"), Space("协助调查的意见", "", 10),
        Signatures([Sign("村（居）民委员会", is_sealed=True)]),
        *_townships(folder), *_heard(folder), *_countys(folder),
        Words(["调查人、经办人和审核确认人不是同一人。"], size=9),
    ]  # fmt: skip


def _townships(folder: Folder) -> list[Block]:
    opinion = folder.county.opinion
    if opinion is None:
        said, handler, leader, given = "", "", "", ""
    else:
        amount = f"，保障{opinion.persons}人，每月{yuan_both(opinion.proposed_fen)}" if opinion.proposed_fen else ""
        reported = f"　报县日期：{day(opinion.reported_on)}" if opinion.reported_on else ""
        said = f"{VIEWS[opinion.view]}{amount}。{opinion.reason}{reported}"
        handler, leader, given = opinion.handler, opinion.leader, day(opinion.given_on)
    return [
        Part("乡镇（街道）初审意见"), Space("", said, 14),
        Signatures([Sign("经办人签字", handler, given), Sign("负责人签字", leader),
                    Sign("乡镇（街道）", is_sealed=True)]),
    ]  # fmt: skip


def _heard(folder: Folder) -> list[Block]:
    """What the family said before less or nothing was decided (社会救助法 第四十八条)."""
    row = folder.county.hearing
    if row is None or row.heard_on is None:
        return []
    return [Part("听取意见"), Space("", f"{day(row.heard_on)}听取：{row.words}　采纳情况：{row.considered}")]


def _countys(folder: Folder) -> list[Block]:
    row = folder.county.decision
    return [
        Part("审核确认意见"),
        Ticks("决定", KINDS, [row.kind_zh] if row else []),
        Fields(_decided(folder)),
        Signatures([Sign("经办人签字", row.maker if row else ""),
                    Sign("审核确认人签字", row.approver if row else "", day(row.decided_on) if row else ""),
                    Sign("民政部门", is_sealed=True)]),
    ]  # fmt: skip


def _decided(folder: Folder) -> Sequence[Sequence[Field]]:
    row = folder.county.decision
    if row is None:
        return [[by_pen("决定文号"), by_pen("决定日期"), by_pen("保障类别")], [by_pen("每月保障金")],
                [by_pen("其中分类施保"), by_pen("保障人数"), by_pen("起发月")]]  # fmt: skip
    amount = yuan_both(row.amount_fen) if row.amount_fen else "不发放保障金"
    return [
        [known("决定文号", row.number, 10), known("决定日期", day(row.decided_on), 7),
         known("保障类别", OUTCOME_ZH.get(row.outcome, row.kind_zh), 7)],
        [known("每月保障金", amount)],
        [known("其中分类施保", yuan(row.supplement_fen)), known("保障人数", str(row.persons)),
         known("起发月", month(row.first_month) or "不发放")],
    ]  # fmt: skip
