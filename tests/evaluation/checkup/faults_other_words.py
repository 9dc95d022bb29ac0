"""The same classes in words that were written after the rules, to see how far the rules reach beyond known wording."""

import random
from decimal import Decimal

from tests.evaluation.checkup.draft import Draft, Para, short
from tests.evaluation.checkup.faults import add_to, drop_indicator, fault, insert_after, miss
from tests.evaluation.checkup.faults_claims import without_months, without_sample

D = Decimal


@fault("W10")
def growth_in_other_words(draft: Draft, rng: random.Random) -> bool:
    texts = ["近三年在保人数一年比一年多，审核任务加重。", "低保户数和人数连年攀升，资金缺口隐患显现。",
             "纳入保障的困难群众越来越多，村级工作量明显加大。", "今年保障人数较去年有较大幅度增长。"]  # fmt: skip
    return add_to(draft, rng, rng.choice(["problem", "practice", "overview"]), rng.choice(texts))


@fault("W12")
def self_evaluation_in_other_words(draft: Draft, rng: random.Random) -> bool:
    if not draft.paras("title")[0].text.endswith("部门评价报告"):
        return False
    texts = [
        "由县民政局社会救助股自行对照指标打分，填报自评表后汇总。",
        "项目实施单位自查自评，形成书面材料后报局领导审定。",
    ]
    draft.paras("process_text")[0].text = rng.choice(texts)
    return True


@fault("W14")
def decision_in_other_words(draft: Draft, rng: random.Random) -> bool:
    if not draft.paras("decision_text"):
        return False
    texts = ["乡镇受理申请后，两名工作人员上门了解情况，村里开会评议，结果张榜公布，县局审批后打卡发放。",
             "经办人员走村入户，核查收入财产，按困难程度评分排序，及时把资金发到群众手中。"]  # fmt: skip
    draft.paras("decision_text")[0].text = rng.choice(texts)
    return True


@fault("W15", "D04")
def run_together_in_other_words(draft: Draft, rng: random.Random) -> bool:
    para = draft.paras("money")[0]
    para.text = f"{draft.show('year')}年全年共发放低保资金«money»万元按月足额打卡发放，没有拖欠。"
    return True


@fault("W19", "D10")
def full_rates_in_other_words(draft: Draft, rng: random.Random) -> bool:
    without_months(draft)
    texts = ["救助金按时到账率为100%。", "资金拨付及时率100%，发放到位率100%。", "各月补助均按期发放，及时率达到100%。"]
    return add_to(draft, rng, "output", rng.choice(texts))


@fault("W20")
def far_checks_in_other_words(draft: Draft, rng: random.Random) -> bool:
    without_sample(draft)
    add_to(draft, rng, "practice", rng.choice(["对新申请家庭入户走访率100%。", "坚持100%上门调查。"]))
    texts = ["对长期在省外务工的家庭成员，目前缺少有效的核查手段。", "外省银行存款和车辆信息查不到，认定依据不充分。",
             "人户分离家庭的外地收入无法逐一核对。"]  # fmt: skip
    return add_to(draft, rng, "problem", rng.choice(texts))


@fault("W21")
def short_money_in_other_words(draft: Draft, rng: random.Random) -> bool:
    texts = ["县财政应承担的部分没有足额安排，有两个月补助金延后发放。",
             "本级预算安排偏紧，部分乡镇低保金未能按时足额到户。",
             "地方配套资金到位不足，导致个别月份少发。"]  # fmt: skip
    return add_to(draft, rng, "problem", rng.choice(texts))


@fault("W22")
def staff_in_other_words(draft: Draft, rng: random.Random) -> bool:
    texts = ["乡镇一人多岗，忙不过来，新来的同志对政策掌握不全面。", "民政专干力量单薄，流动性大，业务素质亟待提升。",
             "村级协理员年龄偏大，系统操作不熟，工作力量与任务不匹配。"]  # fmt: skip
    return add_to(draft, rng, "problem", rng.choice(texts))


@fault("W23")
def publicity_in_other_words(draft: Draft, rng: random.Random) -> bool:
    if not drop_indicator(draft, "aware"):
        return False
    texts = ["不少老人没有听说过低保申请条件，政策宣讲还没有做到家喻户晓。", "宣传手段单一，群众对政策一知半解。",
             "偏远自然村宣传力度不足，存在应知未知的情况。"]  # fmt: skip
    return add_to(draft, rng, "problem", rng.choice(texts))


@fault("D03")
def leftovers_in_other_words(draft: Draft, rng: random.Random) -> bool:
    texts = ["该数据待核对后填写。", "发放金额为（  ）万元。", "（注：此段由规划财务股补充）", "新增ＸＸ户。",
             "满意度为**%。",
             "#REF!", "审核人：某某某。"]  # fmt: skip
    return add_to(draft, rng, rng.choice(["practice", "problem", "effect"]), rng.choice(texts))


@fault("D07")
def goal_in_other_words(draft: Draft, rng: random.Random) -> bool:
    goals = ["培育社区社会组织10家，开展志愿服务活动。", "完成婚姻登记处升级改造，推广电子证照。",
             "推进地名普查成果转化。",
             "为困境儿童配备儿童主任，开展家庭教育指导。"]  # fmt: skip
    return insert_after(draft, "goal", Para(rng.choice(goals), "goal"))


@fault("D08")
def indicator_in_other_words(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("lasting")
    assert row
    row.name, row.target_text, row.actual_text = rng.choice([
        ("营商环境优化程度", "持续优化", "达成年度指标，审批事项压减3项"),
        ("河湖水质改善情况", "水质达标", "达成年度指标，断面监测均达标"),
        ("招商引资带动作用", "带动明显", "达成年度指标，引进企业2家"),
    ])  # fmt: skip
    return True


@fault("D10")
def claims_in_other_words(draft: Draft, rng: random.Random) -> bool:
    texts = ["群众反映的问题件件有回音，办结率百分之百。", "抽查的档案完整率为100%。", "所有乡镇无一出现违规发放。",
             "对象核查率达到百分之百。"]  # fmt: skip
    return add_to(draft, rng, "practice", rng.choice(texts))


@fault("D13")
def attachments_in_other_words(draft: Draft, rng: random.Random) -> bool:
    texts = ["佐证材料清单见附录。", "（具体数据见后附统计表二）", "资金明细参见附件一。", "调查问卷样式附后。"]
    return add_to(draft, rng, rng.choice(["practice", "problem", "effect"]), rng.choice(texts))


@fault("D14")
def county_in_other_words(draft: Draft, rng: random.Random) -> bool:
    texts = ["南岭县在政策执行中注重实效。", "本次评价得到金沙县民政局和财政局的支持。", "调查组走访了碧溪县的六个村。"]
    return add_to(draft, rng, rng.choice(["overview", "practice", "effect"]), rng.choice(texts))


@fault("C01")
def parts_in_other_words(draft: Draft, rng: random.Random) -> bool:
    total = int(draft.number("total_h"))
    ill, weak = total * 46 // 100, total * 31 // 100
    rest = total - ill - weak + rng.choice([-25, 31])
    texts = [f"{total}户低保家庭中，因病{ill}户、因残{weak}户、缺劳动力等{rest}户。",
             f"按致困原因统计，因病致困{ill}户，因残致困{weak}户，其他原因{rest}户，总计{total}户。",
             f"全县{total}户低保家庭，包括因病{ill}户、因残{weak}户和其他{rest}户。"]  # fmt: skip
    return insert_after(draft, "headline", Para(rng.choice(texts), "causes"))


@fault("C06")
def rates_in_other_words(draft: Draft, rng: random.Random) -> bool:
    asked, done = 400, rng.choice([352, 368, 388])
    wrong = D(done) * 100 / asked + rng.choice([D(3), D(-2), D("1.5")])
    texts = [f"发出问卷{asked}份，收回{done}份，回收率{short(wrong)}%。",
             f"应复核{asked}户，已复核{done}户，完成率为{short(wrong)}%。",
             f"{asked}条线索中已办结{done}条，办结率{short(wrong)}%。"]  # fmt: skip
    return add_to(draft, rng, "effect", rng.choice(texts))


@fault("C07")
def figures_in_other_words(draft: Draft, rng: random.Random) -> bool:
    wrong = draft.number("awareness") - D(rng.choice(["4.1", "6"]))
    money = draft.number("urban_m") + D("12.5")
    texts = [f"受访群众的政策知晓率为{wrong}%。", f"城镇低保共支出{money:.2f}万元。",
             f"农村低保在保{draft.number('rural_p') + 45}人。"]  # fmt: skip
    return insert_after(draft, "effect", Para(rng.choice(texts), "more"))


@fault("C10")
def movements_in_other_words(draft: Draft, rng: random.Random) -> bool:
    end, new, out = (int(draft.number(name)) for name in ("total_h", "new_h", "out_h"))
    start = end - new + out + rng.choice([-14, 23])
    draft.paras("moves")[0].text = rng.choice([
        f"上年末在保{start}户，本年增加{new}户、减少{out}户，年末为{end}户。",
        f"年初{start}户，当年纳入{new}户，清退{out}户，期末{end}户。",
    ])  # fmt: skip
    return True


@fault("W05")
def deduction_in_other_words(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("entry")
    assert row
    miss(draft, row, D("0.01"))
    row.printed_score = short(row.weight - 2)
    row.printed_reason = "个别名单录入较晚，已补录。"
    return True


@fault("W17")
def cap_in_other_words(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("rural_p")
    assert row
    row.sign, row.target = "≤", (draft.number("rural_p") + 200).quantize(D(1))
    row.printed_target = rng.choice([f"控制在{row.target}人以内", f"<{row.target}人", f"{row.target}人以下"])
    row.name = rng.choice(["农村低保人数控制数", "农村低保对象规模"])
    draft.paras("overall")[0].text = "对困难群众应保尽保，保障其基本生活。"
    return True


@fault("W07")
def copied_in_other_words(draft: Draft, rng: random.Random) -> bool:
    row = draft.row("satisfied")
    assert row
    row.printed_target = draft.fill(rng.choice(["不低于90%", "90%以上", "大于等于90%"]))
    row.printed_actual = draft.fill(rng.choice(["90%以上", "不低于90%", "≥90%"]))
    row.printed_score, row.printed_reason = short(row.weight), ""
    return True
