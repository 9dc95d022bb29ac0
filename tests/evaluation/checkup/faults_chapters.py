"""Faults of the chapters: what is promised and missing, empty, out of its place, without its counterpart."""

import random
from decimal import Decimal

from tests.evaluation.checkup.draft import Draft, Para, Row
from tests.evaluation.checkup.faults import (
    add_to,
    body,
    drop_goal,
    fault,
    insert_after,
    renumber,
    swap_text,
)

D = Decimal


@fault("W03")
def conclusion_without_anything(draft: Draft, rng: random.Random) -> bool:
    draft.paras("conclusion_text")[0].text = rng.choice(["各项指标的得分情况如下表。", "评分情况见下表所列。"])
    return True


@fault("W03")
def conclusion_without_a_grade(draft: Draft, rng: random.Random) -> bool:
    texts = ["经综合评价，项目总得分«total»分。", "评价结论：本项目得分合计«total»分，详见下表。"]
    draft.paras("conclusion_text")[0].text = rng.choice(texts)
    return True


@fault("W03", "W02")
def conclusion_without_a_total(draft: Draft, rng: random.Random) -> bool:
    if draft.style == "finance":
        return False
    draft.paras("conclusion_text")[0].text = "经综合评价，项目评价等级为“«grade»”，各指标得分见下表。"
    draft.total_word = ""
    return True


@fault("W11")
def no_suggestions(draft: Draft, rng: random.Random) -> bool:
    first, last = draft.under("suggestions")
    draft.blocks[first:last] = [Para(rng.choice(["无。", "无", "暂无。", "没有建议。"]), "suggestion")]
    return True


@fault("W11", "D12")
def suggestions_left_empty(draft: Draft, rng: random.Random) -> bool:
    return draft.drop_body("suggestions")


@fault("W11", "D11")
def suggestions_cut_out(draft: Draft, rng: random.Random) -> bool:
    first, last = draft.under("suggestions")
    del draft.blocks[first - 1 : last]
    renumber(draft)
    return True


@fault("W12")
def department_report_of_a_self_evaluation(draft: Draft, rng: random.Random) -> bool:
    if draft.style not in ("self", "township"):
        return False
    title = rng.choice(["«county»«year»年度城乡低保资金部门评价报告", "«year»年度«county»低保项目绩效部门评价报告"])
    draft.paras("title")[0].text = title
    return True


@fault("W12")
def process_is_a_self_evaluation(draft: Draft, rng: random.Random) -> bool:
    if draft.style not in ("seven", "bare"):
        return False
    texts = ["县民政局对照年度绩效指标，对全县低保工作进行自我评价，填写自评表。",
             "本次评价采取绩效自评方式，由业务股室对照指标逐项自评打分，汇总形成报告。"]  # fmt: skip
    draft.paras("process_text")[0].text = rng.choice(texts)
    return True


@fault("W13")
def empty_indicator_system(draft: Draft, rng: random.Random) -> bool:
    return draft.drop_body("system")


@fault("W13")
def heading_of_an_indicator_system_and_nothing(draft: Draft, rng: random.Random) -> bool:
    tag = "how_text" if draft.paras("how_text") else ""
    if not tag:
        return False
    level = 2 if draft.style == "township" else 3
    title = rng.choice(["评价指标体系", "绩效评价指标体系"])
    # headings of its level before it, so that the text around keeps a heading of its own
    start = next(n for n, b in enumerate(draft.blocks) if isinstance(b, Para) and b.tag == "how_text")
    draft.blocks[start:start] = [
        Para("评价原则和方法", "how_more", level),
    ]
    insert_after(draft, "how_text", Para(title, "system", level))
    if draft.style == "township":  # the process follows: give it a heading
        insert_after(draft, "system", Para("评价工作过程", "process", level))
        first = draft.paras("purpose_text")[0]
        draft.blocks.insert(draft.blocks.index(first), Para("评价目的、对象和范围", "purpose", level))
    renumber(draft)
    return True


@fault("W14")
def decision_talks_of_visits(draft: Draft, rng: random.Random) -> bool:
    if not draft.paras("decision_text"):
        return False
    texts = ["工作人员按照政策入户走访，经评议打分后选出保障对象，按月发放资金。",
             "各乡镇组织入户调查和民主评议，符合条件的上报县局，资金每月发放到户。",
             "通过入户核查、邻里访问确定救助对象，审批后由财政打卡发放。"]  # fmt: skip
    draft.paras("decision_text")[0].text = rng.choice(texts)
    return True


@fault("W14")
def decision_chapter_beside_a_self_evaluation(draft: Draft, rng: random.Random) -> bool:
    if draft.style != "self":
        return False
    first, _ = draft.under("analysis")
    draft.blocks[first:first] = [
        Para("项目决策情况", "decision", 2),
        Para("项目立项依据充分，程序规范，目标明确。", "decision_text"),
        Para("项目过程情况", "course", 2),
        Para("资金管理制度健全，执行有效。", "course_text"),
    ]
    renumber(draft)
    return True


@fault("D05")
def last_suggestion_forgotten(draft: Draft, rng: random.Random) -> bool:
    return _forget(draft, len(draft.paras("suggestion")) - 1)


@fault("D05")
def middle_suggestion_forgotten(draft: Draft, rng: random.Random) -> bool:
    if not draft.paras("suggestion_head"):
        return False
    return _forget(draft, rng.randrange(len(draft.paras("suggestion"))))


def _forget(draft: Draft, number: int) -> bool:
    texts, heads = draft.paras("suggestion"), draft.paras("suggestion_head")
    if len(texts) < 2:
        return False
    gone = [texts[number], *([heads[number]] if heads else [])]
    draft.blocks = [block for block in draft.blocks if not any(block is one for one in gone)]
    renumber(draft)
    return True


@fault("D05")
def one_more_problem(draft: Draft, rng: random.Random) -> bool:
    title, said = rng.choice([
        ("办公车辆老化", "乡镇下乡车辆使用年限长，雨季进村困难。"),
        ("跨省转移手续繁琐", "户籍迁移家庭的档案转移往返时间长，影响衔接。"),
    ])  # fmt: skip
    heads = draft.paras("problem_head")
    if not heads:
        number = len(draft.paras("problem"))
        mark = f"（{number + 1}）" if draft.style == "chapters" else f"{'一二三四五六七'[number]}是"
        return insert_after(draft, "problem", Para(f"{mark}{title}。{said}", "problem"))
    insert_after(draft, "problem", Para(title, "problem_head", heads[0].level))
    insert_after(draft, "problem_head", Para(said, "problem"))
    renumber(draft)
    return True


@fault("D06")
def one_suggestion_for_two(draft: Draft, rng: random.Random) -> bool:
    texts = draft.paras("suggestion")
    if len(texts) < 2 or not draft.paras("suggestion_head"):
        return False
    texts[-1].text = texts[0].text
    return True


@fault("D06")
def paragraph_pasted_twice(draft: Draft, rng: random.Random) -> bool:
    para = rng.choice([one for one in body(draft) if len(one.text) > 30 and one.tag not in ("goal", "money")])
    draft.blocks.insert(draft.blocks.index(para) + 1, Para(para.text, para.tag))
    return True


@fault("D06")
def suggestion_pasted_again(draft: Draft, rng: random.Random) -> bool:
    para = draft.paras("suggestion")[0]
    return insert_after(draft, "suggestion", Para(para.text, "suggestion"))


@fault("D07")
def goal_of_another_world(draft: Draft, rng: random.Random) -> bool:
    goals = ["新增养老服务床位200张，完善社区食堂布局。", "完成乡镇敬老院消防设施改造12处。",
             "建成残疾人康复站6个，配齐康复器材。"]  # fmt: skip
    return insert_after(draft, "goal", Para(rng.choice(goals), "goal"))


@fault("D07")
def goal_within_the_paragraph(draft: Draft, rng: random.Random) -> bool:
    goals = ["新建乡村幸福院15所", "为流浪人员提供返乡护送服务", "完成殡仪馆火化设备更新"]
    para = rng.choice(draft.paras("goal"))
    para.text = f"{para.text.rstrip('。')}；{rng.choice(goals)}。"
    return True


@fault("D08")
def indicator_of_another_world(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("trainings")
    assert row
    name, unit, target = rng.choice(
        [("农村公路养护里程", "公里", 20), ("造林绿化面积", "亩", 300), ("文化演出场次", "场", 12)]
    )
    row.weight -= 2
    draft.values["foreign"] = target + 3
    made = Row("foreign", row.level1, row.level2, name, D(2), "≥", D(target), unit, "foreign")
    draft.rows.insert(draft.rows.index(row) + 1, made)
    return True


@fault("D08")
def indicator_whose_goal_is_gone(draft: Draft, rng: random.Random) -> bool:
    key = rng.choice(["aware", "trainings"])
    if draft.row(key) is None:
        return False
    drop_goal(draft, key)
    return True


@fault("D11")
def whole_chapter_cut_out(draft: Draft, rng: random.Random) -> bool:
    tags = ["work"] if draft.style == "finance" else ["analysis", "work"]
    first, last = draft.under(rng.choice(tags))
    del draft.blocks[first - 1 : last]
    renumber(draft)
    return True


@fault("D11")
def problems_cut_out(draft: Draft, rng: random.Random) -> bool:
    first, last = draft.under("problems")
    del draft.blocks[first - 1 : last]
    swap_text(draft, "experience", "、存在的问题及原因分析", "")
    renumber(draft)
    return True


@fault("D11")
def goals_cut_out(draft: Draft, rng: random.Random) -> bool:
    first, last = draft.under("goals")
    del draft.blocks[first - 1 : last]
    renumber(draft)
    return True


@fault("D12")
def section_left_empty(draft: Draft, rng: random.Random) -> bool:
    tags = [tag for tag in ("purpose", "process", "method", "standard", "principles") if draft.under(tag)[0] >= 0]
    return bool(tags) and draft.drop_body(rng.choice(tags))


@fault("D12")
def analysis_left_empty(draft: Draft, rng: random.Random) -> bool:
    if draft.style == "finance":
        return False
    tag = rng.choice(["effects", "outputs"] if draft.style != "township" else ["analysis"])
    return draft.drop_body(tag)


@fault("D12")
def practices_left_empty(draft: Draft, rng: random.Random) -> bool:
    return draft.drop_body("practices")


@fault("D13")
def attachment_that_is_not_there(draft: Draft, rng: random.Random) -> bool:
    told = rng.choice(["调查问卷见附件3。", "（详见附件2：访谈记录）", "具体名单见附表4。", "明细详见附件。"])
    return add_to(draft, rng, rng.choice(["output", "practice", "overview"]), told)


@fault("D13")
def list_of_attachments_promised(draft: Draft, rng: random.Random) -> bool:
    told = rng.choice(["满意度调查统计表作为附件1附于报告之后。", "复查结果汇总表见报告附件二。"])
    return add_to(draft, rng, "effect", told)
