"""A sixth house style in words of its own: numbered chapters, tables of towns and months, goals beside results."""

import random
from collections.abc import Sequence
from decimal import Decimal

from tests.evaluation.checkup.clean_texts import GOALS
from tests.evaluation.checkup.draft import Draft, Grid, Para, Slot

CHAPTERS, CIRCLED = "一二三四五六七", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
TOWNS = ("清水镇", "石桥镇", "南坪镇", "柳溪乡", "大湾乡")
PARTS_OF_TOWNS = (28, 24, 19, 16)
GROUND = (
    "为保障城乡困难居民的基本生活，«county»自2007年起建立覆盖城乡的最低生活保障制度。«year»年继续实施该项目，主管部门为县民政局，"
    "资金由县财政局统筹。",
    "最低生活保障制度在«county»已运行多年。«year»年，项目由县民政局组织实施，十余名县级工作人员和各乡镇民政办共同承担。",
)
STOCK = (
    "年末共有低保家庭«total_h»户、对象«total_p»人。其中农村«rural_h»户、«rural_p»人，城镇«urban_h»户、«urban_p»人，分乡镇情况见表1。",
    "截至12月31日，全县低保对象«total_p»人（«total_h»户）。农村低保«rural_p»人（«rural_h»户），城镇低保«urban_p»人（«urban_h»户）。"
    "各乡镇数据见表1。",
)
SPENT = (
    "年初预算«budget»万元，年中未作调整。全年支出«money»万元：农村低保«rural_m»万元，城镇低保«urban_m»万元。预算执行率为«rate»%，"
    "按月支出见表2。",
    "预算安排资金«budget»万元，决算支出«money»万元，结余«left_over»万元，执行率«rate»%。支出中，农村低保«rural_m»万元、"
    "城镇低保«urban_m»万元；分月数见表2。",
)
FLOW = (
    "与年初的«open_h»户、«open_p»人相比，全年净减少。当年批准新增«new_h»户、«new_p»人，因收入提高、死亡等原因退出«out_h»户、«out_p»人。",
    "年初在保«open_h»户«open_p»人，本年新增«new_h»户«new_p»人，本年退出«out_h»户«out_p»人，年末«total_h»户«total_p»人。",
)
AIM = "总体目标是：依法依规实施救助，让符合条件的困难家庭都能得到基本生活保障。本年度具体目标如下："
WHY = "本次评价旨在了解资金投向、使用效率和政策效果。评价对象是«year»年度低保资金，评价范围为县本级和五个乡镇。"
HOW = (
    "评价遵循客观公正、依据充分的原则。指标体系参照财政部门的共性指标框架设置，分值见表3，满分100分。方法上以数据比较为主，辅以"
    "问卷和访谈：问卷随机发给«survey_n»名对象，全数收回且有效；准确性由复核小组随机抽取«sample_n»户重新认定。评价标准以年度计划值"
    "为准，按完成程度计分，结果划分为«grade_words»。",
)
WORK = (
    "3月上旬布置，3月中旬各乡镇填报，3月下旬县民政局汇总自评，4月上旬形成本报告。",
    "自评先由乡镇填报基础表，再由县民政局与财政支付数据核对，有出入的退回更正，最后集体审议。",
)
VERDICT = (
    "对照表3逐项计分，项目综合得分«total»分，评定等次为“«grade»”。总体看，项目实施较为规范，基本实现了年度目标。",
    "自评总分为«total»分，等级“«grade»”。失分原因已在表3中逐项说明。",
)
EXECUTION = "全年执行«money»万元，占预算«budget»万元的«rate»%。" + "资金拨付渠道畅通，未出现滞留。"
RESULTS = (
    "数量方面，农村在保«rural_p»人、城镇在保«urban_p»人，举办业务培训«trainings»期（次）。质量方面，«visit_n»户新申请家庭均上门调查，"
    "实际调查«visit_ok»户，占100%；复核的«sample_n»户中，«sample_ok»户认定正确，准确率«accuracy»%。时效方面，应发的«months_n»个月中"
    "有«months_ok»个月按期到账，按期率100%；应录入的«entry_n»条变动中有«entry_ok»条按时录入，占«entry»%。",
    "农村低保年末«rural_p»人，城镇低保年末«urban_p»人；培训«trainings»次。新申请«visit_n»户，已上门«visit_ok»户，上门率100%。"
    "抽样«sample_n»户，正确«sample_ok»户，准确率为«accuracy»%。«months_n»个发放月份里，«months_ok»个月准时，准时率100%。"
    "信息变动«entry_n»条，及时录入«entry_ok»条，及时率为«entry»%。",
)
GAINS = (
    "受访的«aware_n»人中，«aware_ok»人知道低保如何申请，知晓率«awareness»%。工作人员回访«follow_n»户，其中«follow_ok»户认为日子比以前好过。"
    "比对、复核、公示等制度延续执行。问卷«survey_n»份中，«survey_ok»份表示满意，满意度«satisfaction»%。",
)
DONE = (
    "坚持数据先行。每月5日前取得社保缴费、市场主体登记等数据，先筛查、后入户，减少重复跑路。",
    "坚持阳光操作。受理、审核、公示各环节都有记录，群众可以凭身份证到窗口查询。",
    "坚持动静结合。对老年人、重度残疾人家庭以数据核对为主，对有劳动能力的家庭以上门了解为主。",
    "坚持上下联动。县里每季度召开一次碰头会，乡镇把疑难个案提交讨论，形成的意见编入案例汇编。",
)
PAIRS = (
    ("零工收入不好算", "打零工的家庭收入时有时无，目前主要凭本人陈述和村里了解，口径不够统一。",
     "统一零工收入算法", "由县民政局会同人社部门发布零工收入参考值，按工种、按天数计算，每年更新一次。"),
    ("纸质材料偏多", "一户一档的纸质材料平均超过三十页，翻查不便，乡镇档案柜已不敷使用。",
     "推行电子档案", "把申请、调查、审核材料扫描存入系统，纸质件只留签字页，两年内完成存量档案整理。"),
    ("银行卡信息变更不及时", "少数老人更换社保卡后没有告知村里，造成个别月份退款重发。",
     "与银行核对卡片状态", "发放前五天由银行反馈失效卡名单，村级当天联系本人更换，退款次月补发。"),
    ("民主评议走过场", "个别村评议会参会人数不足，记录过于简单。",
     "改进评议组织", "规定评议会的到会人数和记录格式，乡镇派人到场，录音留存半年。"),
    ("渐退期掌握不一", "就业后收入超过标准的家庭，渐退时间从三个月到六个月不等。",
     "明确渐退期", "按省里的规定统一渐退期为六个月，写入告知书，到期前一个月提醒。"),
)  # fmt: skip
NOTES = ("无其他需要说明的问题。", "表1至表3数据取自社会救助系统和财政支付系统，如有调整以决算为准。")


def _split(whole: Decimal, parts: Sequence[int], step: Decimal) -> list[Decimal]:
    """A whole in shares of hundred, the rest to the last; `step` is the smallest unit."""
    found = [(whole * part / 100).quantize(step) for part in parts]
    return [*found, whole - sum(found, Decimal(0))]


def towns(draft: Draft) -> Grid:
    """Households and persons by town; the columns add up to the totals."""
    households = _split(draft.number("total_h"), PARTS_OF_TOWNS, Decimal(1))
    persons = _split(draft.number("total_p"), PARTS_OF_TOWNS, Decimal(1))
    rows = [[name, str(h), str(p)] for name, h, p in zip(TOWNS, households, persons, strict=True)]
    total = ["合计", draft.show("total_h"), draft.show("total_p")]
    return Grid([["乡镇", "户数", "人数"], *rows, total], "towns")


def months(draft: Draft) -> Grid:
    """Money by month; adds up to what was spent."""
    paid = _split(draft.number("money"), [8] * 11, Decimal("0.01"))
    rows = [[f"{month}月", f"{money:.2f}"] for month, money in enumerate(paid, 1)]
    return Grid([["月份", "支出（万元）"], *rows, ["合计", draft.show("money")]], "months")


def write(draft: Draft, rng: random.Random) -> None:
    """All seven chapters."""
    blocks, section = draft.blocks, [0, 0]

    def chapter(title: str, tag: str) -> None:
        section[0], section[1] = section[0] + 1, 0
        blocks.append(Para(title, tag, 1, f"第{CHAPTERS[section[0] - 1]}章 "))

    def part(title: str, tag: str) -> None:
        section[1] += 1
        blocks.append(Para(title, tag, 2, f"{section[0]}.{section[1]} "))

    def put(tag: str, text: str | Sequence[str]) -> None:
        blocks.append(Para(text if isinstance(text, str) else rng.choice(text), tag))

    put("title", "«county»最低生活保障补助资金绩效自评报告（«year»年度）")
    chapter("项目基本情况", "basic")
    part("项目概况", "project")
    put("overview", GROUND)
    put("headline", STOCK)
    put("caption", "表1 各乡镇低保户数和人数")
    blocks.append(Slot("towns", make=towns))
    put("moves", FLOW)
    put("money", SPENT)
    put("caption", "表2 分月支出")
    blocks.append(Slot("months", make=months))
    put("paydate", "补助金于每月10日前存入对象的社保卡。")
    part("项目绩效目标", "goals")
    put("overall", AIM)
    for number, key in enumerate([row.key for row in draft.rows if row.key in GOALS]):
        put("goal", f"{CIRCLED[number]}{GOALS[key]}。")
    chapter("绩效评价工作开展情况", "work")
    part("评价目的、对象和范围", "purpose")
    put("purpose_text", WHY)
    part("评价原则、指标体系、方法和标准", "how")
    put("how_text", HOW)
    part("评价工作过程", "process")
    put("process_text", WORK)
    chapter("综合评价情况及评价结论", "conclusion")
    put("conclusion_text", VERDICT)
    put("caption", "表3 绩效自评评分表")
    blocks.append(Slot("sheet"))
    chapter("绩效评价指标分析", "analysis")
    part("预算执行情况", "execution")
    put("execution_text", EXECUTION)
    part("产出情况", "outputs")
    put("output", RESULTS)
    part("效益和满意度情况", "effects")
    put("effect", GAINS)
    _last_chapters(draft, rng, chapter, part, put)


def _last_chapters(draft: Draft, rng: random.Random, chapter, part, put) -> None:  # type: ignore[no-untyped-def]
    chosen = rng.sample(PAIRS, rng.randint(2, 4))
    chapter("主要经验及做法、存在的问题及原因分析", "experience")
    part("主要经验及做法", "practices")
    for text in rng.sample(DONE, rng.randint(2, 3)):
        put("practice", text)
    part("存在的问题及原因分析", "problems")
    for number, (title, said, _, _) in enumerate(chosen, 1):
        put("problem", f"（{number}）{title}。{said}")
    chapter("有关建议", "suggestions")
    for number, (_, _, title, said) in enumerate(chosen, 1):
        put("suggestion", f"（{number}）{title}。{said}")
    chapter("其他需要说明的问题", "other")
    put("other_text", NOTES)
