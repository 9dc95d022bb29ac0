"""Clean evaluation reports of six house styles, drawn at random; the check-up should be silent about them."""

import random
from collections.abc import Callable, Sequence
from decimal import Decimal

from tests.evaluation.checkup import clean_chapters
from tests.evaluation.checkup import clean_texts as say
from tests.evaluation.checkup.clean_numbers import framework_rows, holds, self_rows, values
from tests.evaluation.checkup.draft import Draft, Para, Slot

CHINESE = "一二三四五六七八九十"
Form = Callable[[int], str]
FORMS: dict[str, tuple[Form, ...]] = {
    "classic": (lambda n: f"{CHINESE[n - 1]}、", lambda n: f"（{CHINESE[n - 1]}）", lambda n: f"{n}.",
                lambda n: f"（{n}）"),
    "wide": (lambda n: f"{CHINESE[n - 1]}、", lambda n: f"（{CHINESE[n - 1]}）", lambda n: f"{n}．",
             lambda n: f"（{n}）"),
    "half": (lambda n: f"{CHINESE[n - 1]}、", lambda n: f"({CHINESE[n - 1]})", lambda n: f"{n}、",
             lambda n: f"({n})"),
    "parts": (lambda n: f"第{CHINESE[n - 1]}部分 ", lambda n: f"{CHINESE[n - 1]}、", lambda n: f"（{CHINESE[n - 1]}）",
              lambda n: f"{n}."),
    "bare": (lambda _: "", lambda _: "", lambda _: "", lambda _: ""),
}  # fmt: skip
SIGNS = ({}, {"≥": ">=", "≤": "<=", "＝": "="}, {"≥": "不低于", "≤": "不超过", "＝": "＝"}, {"＝": "="})
HEADS = (
    (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("target", "指标值"),
     ("actual", "实际完成值"), ("weight", "分值"), ("score", "得分"), ("reason", "偏差原因分析及改进措施")),
    (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("weight", "分值"), ("target", "年度指标值"),
     ("actual", "全年实际完成值"), ("score", "自评得分"), ("reason", "偏差原因及改进措施")),
    (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("weight", "权重"), ("target", "目标值"),
     ("actual", "完成值"), ("score", "评价得分"), ("reason", "扣分原因")),
)  # fmt: skip


class Writer:
    """Writes a draft from top to bottom and counts its headings."""

    def __init__(self, draft: Draft, forms: Sequence[Form], rng: random.Random) -> None:
        self.draft, self.forms, self.rng = draft, forms, rng
        draft.forms = tuple(forms)
        self.counts = [0] * 5

    def head(self, level: int, title: str, tag: str = "") -> None:
        """A heading with the next number of its level."""
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (4 - level)
        self.draft.blocks.append(Para(title, tag, level, self.forms[level - 1](self.counts[level])))

    def put(self, tag: str, *texts: str) -> None:
        """One paragraph of the sentences given."""
        self.draft.blocks.append(Para("".join(texts), tag))

    def one_of(self, tag: str, texts: Sequence[str]) -> None:
        """A paragraph chosen among several."""
        self.put(tag, self.rng.choice(texts))

    def slot(self, tag: str, level1: str = "") -> None:
        """The place of a table."""
        self.draft.blocks.append(Slot(tag, level1))

    # ---- parts that several styles share -----------------------------------------------------------------------------
    def overview(self) -> None:
        """What the project is, and its figures."""
        self.one_of("overview", say.OVERVIEW)
        self.one_of("headline", say.HEADLINE)
        self.one_of("money", say.MONEY)
        self.one_of("moves", say.MOVES)
        self.one_of("paydate", say.PAYDATE)
        self.one_of("budget", say.BUDGET)

    def goal_lines(self, keys: Sequence[str], *, together: bool) -> None:
        """One goal for every indicator of results, as sentences or as one paragraph."""
        phrases = [say.GOALS[key] for key in keys]
        if together:
            self.put("goal", "；".join(phrases), "。")
        else:
            for phrase in phrases:
                self.put("goal", phrase, "。")

    def goals(self, level: int, *, staged: bool) -> None:
        """Overall goal, and the goals of each term."""
        keys = [row.key for row in self.draft.rows if row.key in say.GOALS]
        if not staged:
            self.one_of("overall", say.OVERALL)
            self.goal_lines(keys, together=True)
            return
        self.head(level, "总体目标", "overall_head")
        self.one_of("overall", say.OVERALL)
        self.head(level, "阶段性目标", "staged_head")
        terms, cut = self.rng.choice(say.TERMS), len(keys) // 3
        for term, part in zip(terms, (keys[:cut], keys[cut : 2 * cut], keys[2 * cut :]), strict=True):
            self.head(level + 1, term, "term")
            self.goal_lines(part, together=self.rng.random() < 0.5)

    def outputs(self) -> None:
        """What came out, each with its counts."""
        if self.rng.random() < 0.5:
            self.put("output", *say.OUTPUT)
        else:
            for text in say.OUTPUT:
                self.put("output", text)

    def effects(self, *, satisfied: bool = True) -> None:
        """What it did for people."""
        self.put("effect", *say.EFFECT)
        if satisfied:
            self.put("satisfied", say.SATISFIED)

    def practices(self, level: int) -> None:
        """What went well."""
        chosen = self.rng.sample(say.PRACTICES, self.rng.randint(2, 4))
        for title, body in chosen:
            if level:
                self.head(level, f"{title}", "practice_head")
                self.put("practice", body)
            else:
                self.put("practice", f"{title}。{body}")

    def troubles(self, level: int, chosen: Sequence[say.Trouble]) -> None:
        """What goes wrong, with its cause."""
        for number, one in enumerate(chosen, 1):
            if level:
                self.head(level, one.title, "problem_head")
                self.put("problem", one.body, "原因是：" if self.rng.random() < 0.5 else "", one.cause)
            else:
                self.put("problem", f"{CHINESE[number - 1]}是{one.title}。{one.body}{one.cause}")

    def advice(self, level: int, chosen: Sequence[say.Trouble]) -> None:
        """One suggestion for each problem."""
        for number, one in enumerate(chosen, 1):
            if level:
                self.head(level, one.advice, "suggestion_head")
                self.put("suggestion", one.remedy)
            else:
                self.put("suggestion", f"{CHINESE[number - 1]}是{one.advice}。针对{one.title}的问题，{one.remedy}")


def _new(style: str, rng: random.Random, *, framework: bool, execution: str) -> Draft:
    found = values(rng)
    draft = Draft(style, found, framework_rows(rng, found) if framework else self_rows(rng, found), execution=execution)
    draft.values["county"] = rng.choice(say.COUNTIES)
    draft.signs, draft.heads = rng.choice(SIGNS), rng.choice(HEADS)
    draft.percent, draft.thousands = rng.choice("%%%％"), rng.random() < 0.2
    draft.repeat_merged, draft.total_word = rng.random() < 0.3, rng.choice(["合计", "总分", "总计"])
    if rng.random() < 0.3:
        draft.grades = ("优秀", "良好", "合格", "不合格")
    draft.values["grade_words"] = "、".join(draft.grades)
    holds(draft)
    return draft


def seven_chapters(rng: random.Random, styled: bool) -> Draft:
    """部门评价报告 with the seven chapters of the ministry's outline."""
    draft = _new("seven", rng, framework=True, execution="inside")
    draft.styled = styled
    w = Writer(draft, FORMS[rng.choice(["classic", "half", "wide"])], rng)
    w.put("title", "«county»«year»年度最低生活保障项目部门评价报告")
    w.head(1, "基本情况", "basic")
    w.head(2, "项目概况", "project")
    w.overview()
    w.head(2, "项目绩效目标", "goals")
    w.goals(3, staged=True)
    w.head(1, "绩效评价工作开展情况", "work")
    w.head(2, "绩效评价目的、对象和范围", "purpose")
    w.one_of("purpose_text", say.PURPOSE)
    w.head(2, "绩效评价原则、评价指标体系、评价方法和评价标准", "how")
    for title, tag, texts in (
        ("评价原则", "principles", say.PRINCIPLES),
        ("评价指标体系", "system", [say.SYSTEM["framework"]]),
        ("评价方法", "method", say.METHOD),
        ("评价标准", "standard", say.STANDARD),
    ):
        w.head(3, title, tag)
        w.one_of(f"{tag}_text", texts)
    w.head(2, "绩效评价工作过程", "process")
    w.one_of("process_text", say.OUTSIDE_PROCESS)
    w.head(1, "综合评价情况及评价结论（附相关评分表）", "conclusion")
    w.one_of("conclusion_text", say.CONCLUSION)
    w.slot("sheet")
    w.head(1, "绩效评价指标分析", "analysis")
    _four_parts(w, ("项目决策情况", "项目过程情况", "项目产出情况", "项目效益情况"))
    w.head(1, "主要经验及做法、存在的问题及原因分析", "experience")
    _experience(w, 3)
    return draft


def _four_parts(w: Writer, titles: Sequence[str]) -> None:
    for title, tag in zip(titles, ("decision", "course", "outputs", "effects"), strict=True):
        w.head(2, title, tag)
        if tag == "decision":
            w.one_of("decision_text", say.DECISION)
        elif tag == "course":
            w.one_of("course_text", say.COURSE)
        elif tag == "outputs":
            w.outputs()
        else:
            w.effects()


def _experience(w: Writer, level: int) -> None:
    chosen = w.rng.sample(say.TROUBLES, w.rng.randint(2, 5))
    w.head(2, "主要经验及做法", "practices")
    w.practices(level)
    w.head(2, "存在的问题及原因分析", "problems")
    w.troubles(level, chosen)
    w.head(1, "有关建议", "suggestions")
    w.advice(2 if level else 0, chosen)
    w.head(1, "其他需要说明的问题", "other")
    w.one_of("other_text", say.OTHER)


def self_form(rng: random.Random, styled: bool) -> Draft:
    """自评报告 around the form of self-evaluation, whose funds block carries the ten points of execution."""
    draft = _new("self", rng, framework=False, execution="block")
    draft.styled, draft.total_word = styled, "总分"
    w = Writer(draft, FORMS[rng.choice(["classic", "wide"])], rng)
    w.put("title", "«year»年度«county»城乡低保补助资金项目支出绩效自评报告")
    w.head(1, "项目基本情况", "basic")
    w.head(2, "项目概况", "project")
    w.overview()
    w.head(2, "绩效目标", "goals")
    w.goals(3, staged=rng.random() < 0.5)
    w.head(1, "绩效自评工作开展情况", "work")
    w.head(2, "评价目的、对象和范围", "purpose")
    w.one_of("purpose_text", say.PURPOSE)
    w.head(2, "评价原则、指标体系、方法和标准", "how")
    w.put("how_text", rng.choice(say.PRINCIPLES), say.SYSTEM["self"], rng.choice(say.METHOD), rng.choice(say.STANDARD))
    w.head(2, "评价工作过程", "process")
    w.one_of("process_text", say.SELF_PROCESS)
    w.head(1, "综合评价情况及评价结论", "conclusion")
    w.one_of("conclusion_text", say.CONCLUSION)
    w.slot("funds")
    w.put(
        "block_note",
        "预算执行率10分列在资金情况表中，与下表各项指标分值90分合计为100分，下表总分已包含预算执行率得分。",
    )
    w.slot("sheet")
    w.head(1, "绩效指标完成情况分析", "analysis")
    w.head(2, "预算执行情况分析", "execution")
    w.one_of(
        "execution_text", ["预算«budget»万元，执行«money»万元，执行率«rate»%。" + str(draft.values["execution_reason"])]
    )
    w.head(2, "产出指标完成情况", "outputs")
    w.outputs()
    w.head(2, "效益指标完成情况", "effects")
    w.effects(satisfied=False)
    w.head(2, "满意度指标完成情况", "satisfaction")
    w.put("satisfied", say.SATISFIED)
    w.head(1, "主要经验及做法、存在的问题及原因分析", "experience")
    _experience(w, rng.choice([0, 3]))
    return draft


def finance(rng: random.Random, styled: bool) -> Draft:
    """A finance bureau's report in parts, the sheet cut into tables for decision, process, outputs and effects."""
    draft = _new("finance", rng, framework=True, execution="inside")
    draft.styled = styled
    w = Writer(draft, FORMS["parts"], rng)
    w.put("title", "«county»财政局«year»年度困难群众低保资金财政重点绩效评价报告")
    w.head(1, "项目基本情况", "basic")
    w.head(2, "项目概况", "project")
    w.overview()
    w.head(2, "项目绩效目标", "goals")
    w.goals(3, staged=False)
    w.head(1, "绩效评价工作开展情况", "work")
    w.head(2, "评价目的、对象和范围", "purpose")
    w.one_of("purpose_text", say.PURPOSE)
    w.head(2, "评价原则、评价指标体系、评价方法、评价标准", "how")
    w.put("how_text", rng.choice(say.PRINCIPLES), say.SYSTEM["framework"])
    w.put("how_text", rng.choice(say.METHOD), rng.choice(say.STANDARD))
    w.head(2, "评价工作过程", "process")
    w.one_of("process_text", say.BUREAU_PROCESS)
    w.head(1, "综合评价情况及评价结论", "conclusion")
    w.one_of("conclusion_text", say.CONCLUSION)
    w.slot("summary")
    w.head(1, "绩效评价指标分析", "analysis")
    for level1, title, tag in (("决策", "项目决策情况", "decision"), ("过程", "项目过程情况", "course"),
                               ("产出", "项目产出情况", "outputs"), ("效益", "项目效益情况", "effects")):  # fmt: skip
        w.head(2, title, tag)
        if tag in ("decision", "course"):
            w.one_of(f"{tag}_text", say.DECISION if tag == "decision" else say.COURSE)
        else:
            (w.outputs if tag == "outputs" else w.effects)()
        w.slot("sheet", level1)
    w.head(1, "主要经验及做法、存在的问题及原因分析", "experience")
    _experience(w, 3)
    return draft


def township(rng: random.Random, styled: bool) -> Draft:
    """A short report of a bureau: few headings, one table with the execution row on top."""
    draft = _new("township", rng, framework=False, execution="row")
    draft.styled = styled
    w = Writer(draft, FORMS["classic" if rng.random() < 0.5 else "half"], rng)
    w.put("title", "«county»民政局关于«year»年度城乡低保资金绩效自评情况的报告")
    chosen = rng.sample(say.TROUBLES, rng.randint(2, 4))
    w.head(1, "项目概况", "project")
    w.overview()
    w.head(1, "项目绩效目标", "goals")
    w.goals(2, staged=False)
    w.head(1, "绩效评价工作开展情况", "work")
    w.one_of("purpose_text", say.PURPOSE)
    w.put("how_text", rng.choice(say.PRINCIPLES), say.SYSTEM["self"])
    w.put("how_text", rng.choice(say.METHOD), rng.choice(say.STANDARD))
    w.one_of("process_text", say.SELF_PROCESS)
    w.head(1, "综合评价情况及评价结论", "conclusion")
    w.one_of("conclusion_text", say.CONCLUSION)
    w.slot("sheet")
    w.head(1, "指标完成情况分析", "analysis")
    w.outputs()
    w.effects()
    w.head(1, "主要做法", "practices")
    w.practices(0)
    w.head(1, "存在的问题及原因", "problems")
    w.troubles(0, chosen)
    w.head(1, "下一步改进建议", "suggestions")
    w.advice(0, chosen)
    w.head(1, "其他需要说明的问题", "other")
    w.one_of("other_text", say.OTHER)
    return draft


def bare_headings(rng: random.Random, styled: bool) -> Draft:
    """The seven chapters with headings told only by their style, where the form has styles."""
    draft = seven_chapters(rng, styled)
    if styled:
        draft.style, draft.forms = "bare", FORMS["bare"]
        for block in draft.blocks:
            if isinstance(block, Para):
                block.mark = ""
    return draft


def chapters(rng: random.Random, styled: bool) -> Draft:
    """Numbered chapters in words that no other style uses."""
    draft = _new("chapters", rng, framework=False, execution="row")
    draft.styled = styled
    draft.forms = (lambda n: f"第{CHINESE[n - 1]}章 ", lambda n: f"{n} ", lambda n: f"（{n}）", lambda n: f"{n}.")
    clean_chapters.write(draft, rng)
    return draft


STYLES: dict[str, Callable[[random.Random, bool], Draft]] = {
    "seven": seven_chapters,
    "self": self_form,
    "finance": finance,
    "township": township,
    "bare": bare_headings,
    "chapters": chapters,
}
TAIL_NOTE = "因各分项分别四舍五入，合计数与分项之和有0.01万元尾差。"


def clean(style: str, seed: int, styled: bool = True) -> Draft:
    """A clean report; some say a thing that only looks like a fault, one in six that its total carries a tail."""
    rng = random.Random(f"{style} {seed}")
    draft = STYLES[style](rng, styled)
    for tag, sentence in rng.sample(say.HARMLESS, rng.randint(0, 3)):
        if draft.paras(tag):
            rng.choice(draft.paras(tag)).text += sentence
    if rng.random() < 1 / 6:
        tail = rng.choice([Decimal("0.01"), Decimal("-0.01")])
        draft.values["money"] = draft.number("rural_m") + draft.number("urban_m") + tail
        draft.paras("money")[0].text += TAIL_NOTE
    return draft
