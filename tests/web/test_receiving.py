"""报送与整改页: sent, asked, answered, scored and concluded by forms; the list taken in at one press; paper."""

import io
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from opendibao.evaluation.finance_review import accept_submission, ask_question, return_submission, score_row
from opendibao.evaluation.models import Rectification, ReviewQuestion, Submission
from opendibao.evaluation.rectifying import Point, take_points
from opendibao.evaluation.submitting import submit_result
from opendibao.kernel.duties import Duty
from tests.evaluation import receiving
from tests.evaluation.year import LATER, LOCKED, YEAR
from tests.payment.builders import COUNTY
from tests.web.conftest import Reader
from tests.web.desk import Desk, hired

SENT, LIST = "/evaluation/submission/?year=2024", "/evaluation/rectification/?year=2024"
DUE = date(2025, 4, 30)


@pytest.fixture
def evaluator(county: None) -> Desk:
    return Desk(hired("eval91", receiving.EVALUATOR, division=COUNTY, duties=(Duty.EVALUATE,)))


@pytest.fixture
def finance(county: None) -> Desk:
    return Desk(hired("fin91", receiving.FINANCE, division=COUNTY, duties=(Duty.FINANCE,)))


def form(sent: Submission, way: str) -> str:
    return f"/evaluation/submission/{sent.pk}/{way}/"


def test_an_empty_year_says_what_will_come(read: Reader) -> None:
    assert "2024 年度还没有报送财政部门" in read(SENT).words
    assert "报告定稿以后才能报送" in read(SENT).words
    assert "2024 年度还没有整改清单" in read(LIST).words


def test_a_final_year_is_sent_from_the_page(evaluator: Desk) -> None:
    receiving.lived()
    receiving.finalised()

    page = evaluator.follows(evaluator.does(evaluator.reads(SENT).link("报送财政部门"), statement="请审核"))

    assert "已报送财政部门（第 1 次，快照 1）。" in page.words
    assert "财政评分和自评" not in page.words
    assert "自评 中 79.00" in page.words
    assert "不能再报" in evaluator.reads("/evaluation/submission/send/?year=2024").words


def test_nothing_is_sent_before_it_is_final(evaluator: Desk) -> None:
    assert "还没有定稿，不能报送" in evaluator.reads("/evaluation/submission/send/?year=2024").words


def test_finance_asks_on_a_row_and_the_evaluator_answers(evaluator: Desk, finance: Desk) -> None:
    made = receiving.sent()
    ask = next(href for words, href in finance.reads(SENT).links if words.startswith("提问") and "培训" in words)

    page = finance.follows(finance.does(ask, subject="indicator:staff_trainings", question="少一次，为什么"))
    assert "审核意见已提出" in page.words
    assert "还有 1 条审核意见没有答复" in finance.reads(form(made, "accept")).words

    answer = evaluator.reads(SENT).link("答复")
    page = evaluator.follows(evaluator.does(answer, reply="改到一月"))
    assert "少一次，为什么" in page.words
    assert "改到一月" in page.words
    assert "已答复" in page.words
    assert ReviewQuestion.objects.get().replied_by == receiving.EVALUATOR
    assert "已于 2025-01-06 答复" in evaluator.reads(answer).words


def test_both_scores_stand_side_by_side_with_both_reasons(finance: Desk) -> None:
    made = receiving.sent()
    page = finance.follows(
        finance.does(form(made, "rows/urban_persons").rstrip("/") + "/", score="10", reason="达到指标值，不应扣分")
    )

    row = page.html.split('id="i2"', 1)[1].split("</tr>", 1)[0]
    assert "<b>+1.00</b>" in row
    assert "达到指标值，不应扣分" in row
    assert "测算没有考虑物价" in row  # the county's own reason
    assert "财政评分 良 80.00" in page.words
    assert "自评 中 79.00" in page.words
    again = finance.reads(form(made, "rows/urban_persons"))
    assert "钱财政 评过 10 分：达到指标值，不应扣分" in again.words


@pytest.mark.parametrize(("score", "said"), [("11", "应在0到分值10之间"), ("好", "得分"), ("", "得分")])
def test_a_bad_score_is_refused_in_words(finance: Desk, score: str, said: str) -> None:
    made = receiving.sent()
    page = finance.does(form(made, "rows/urban_persons"), score=score, reason="看")
    assert page.status == 422
    assert said in page.words


def test_the_result_is_accepted_and_stands_on_next_year_s_budget(finance: Desk) -> None:
    made = receiving.sent()
    assert "绩效评价结果" not in finance.reads("/budget/?year=2025").words

    page = finance.follows(finance.does(form(made, "accept"), conclusion="评价属实", budget_use="按实际人数安排"))
    assert "✓ 财政审定" in page.words

    budget = finance.reads("/budget/?year=2025")
    assert "2024 年度绩效评价结果" in budget.words
    assert "按实际人数安排" in budget.words
    assert "预算法第三十二条" in budget.words
    assert budget.link("看评分对照和审核意见") == "/evaluation/submission/?year=2024&number=1"
    assert "绩效评价结果" not in finance.reads("/budget/?year=2024").words
    assert "不能再提意见、评分或审定" in finance.reads(form(made, "ask")).words


def test_an_acceptance_without_its_use_is_refused(finance: Desk) -> None:
    made = receiving.sent()
    page = finance.does(form(made, "accept"), conclusion="属实", budget_use="")
    assert page.status == 422
    assert "请填写“结果应用”" in page.words


def test_what_was_mended_after_a_return_is_listed(evaluator: Desk, finance: Desk) -> None:
    made = receiving.sent()
    page = finance.follows(finance.does(form(made, "return"), conclusion="城镇人数不应扣分，请改正"))
    assert "● 财政退回" in page.words
    assert "退回后还没有新的定稿" in evaluator.reads(evaluator.reads(SENT).link("改正后再报")).words

    receiving.mended()
    page = evaluator.follows(evaluator.does("/evaluation/submission/send/?year=2024", statement="已改正城镇人数的得分"))

    assert "比第 1 次报送改了什么" in page.words
    assert "城镇低保对象人数" in page.html.split('id="me"', 1)[1]
    assert "9.00" in page.html.split('id="me"', 1)[1]
    former = evaluator.reads(page.link("第 1 次"))
    assert "第 1 次报送 · 快照 1" in former.words
    assert evaluator.reads(f"{SENT}&number=9").status == 404
    assert evaluator.reads(f"{SENT}&number=x").status == 400


def test_two_officers_do_not_conclude_past_each_other(finance: Desk) -> None:
    made = receiving.sent()
    opened = finance.opens(form(made, "accept"))
    with receiving.finance():
        return_submission(made.pk, "先退回", at=LATER)
    page = finance.sends(form(made, "accept"), **opened, conclusion="属实", budget_use="参考")
    assert page.status == 409
    made.refresh_from_db()
    assert made.state == "returned"


def test_only_finance_reviews_and_only_the_evaluator_sends(evaluator: Desk, finance: Desk) -> None:
    made = receiving.sent()
    for way in ("ask", "return", "accept", "rows/urban_persons"):
        assert evaluator.reads(form(made, way)).status == 403
    assert finance.reads("/evaluation/submission/send/?year=2024").status == 403
    assert "审定" not in [words for words, _ in evaluator.reads(SENT).links]
    assert finance.reads("/evaluation/submission/999999/ask/").status == 404
    assert finance.reads(form(made, "rows/happiness")).status == 404


def test_hostile_words_are_shown_as_words(evaluator: Desk, finance: Desk) -> None:
    made = receiving.sent()
    bad = "<script>alert(1)</script>{{ x }}{% now %}"
    finance.does(form(made, "ask"), subject="whole", question=bad)
    page = evaluator.reads(SENT)
    assert "<script>alert" not in page.html
    assert bad in page.words


def sent_and_scored() -> Submission:
    made = receiving.sent()
    with receiving.finance():
        ask_question(made.pk, "whole", "=1+1", at=LATER)
        score_row(made.pk, "urban_persons", Decimal(10), reason="达到", at=LATER)
    return made


def test_the_opinion_is_a_paper_to_sign(read: Reader) -> None:
    made = sent_and_scored()
    page = read(form(made, "opinion"))
    assert "2024 年度绩效评价财政审核意见表" in page.words
    assert "80.00 良（差 +1.00）" in page.words
    assert "财政部门（章）" in page.words


def test_the_opinion_as_a_workbook_holds_numbers_and_no_formulas(read: Reader) -> None:
    made = sent_and_scored()
    pages = _pages(read, f"/evaluation/submission/{made.pk}/opinion.xlsx")
    rows = {row[1]: row for row in pages["评分对照"][1:]}
    assert rows["城镇低保对象人数"][4:8] == [10, 9, 10, 1]
    assert rows["各行合计"][5:8] == [69, 70, 1]
    assert rows["总分（百分）"][5:8] == [79, 80, 1]
    assert rows["等级"][5:7] == ["中", "良"]
    assert pages["审核意见"][1][1] == "=1+1"


def _pages(read: Reader, address: str) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(read.client.get(address).content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_proposed_points_are_taken_in_at_one_press(evaluator: Desk) -> None:
    receiving.sent()
    page = evaluator.reads(LIST)
    assert "还没有列入的 4 条" in page.words
    address = page.link("列入 4 条")
    ticked = ["indicator:rural_benefit_paid", "indicator:staff_trainings", "indicator:target_accuracy", "problem:P11"]
    html = evaluator.reads(address).html
    assert all(f'value="{one}"' in html for one in ticked)
    assert html.count("checked") == 4

    typed = {**evaluator.opens(address), "points": ticked, "due_on": "2025-04-30"}
    assert evaluator.client.post(address, typed).status_code == 303

    page = evaluator.reads(LIST)
    assert "4 条：整改中 4。" in page.words
    assert "还没有列入的" not in page.words
    assert "指标 全年组织低保经办人员培训次数" in page.words


def test_one_point_is_drafted_and_changed_before_it_is_taken(evaluator: Desk) -> None:
    receiving.sent()
    address = "/evaluation/rectification/new/?year=2024&origin=indicator:staff_trainings"
    assert "年初排定培训日程" in evaluator.reads(address).html
    typed = {"problem": "培训少一次", "measure": "按季排定", "owner": "民政局", "due_on": "2025-04-30"}
    assert "已列入第 1 条" in evaluator.follows(evaluator.does(address, **typed)).words
    made = Rectification.objects.get()
    assert (made.origin, made.measure) == ("indicator:staff_trainings", "按季排定")
    assert "这条已经在清单里（第 1 条）" in evaluator.reads(address).words


def listed(*dues: date) -> list[Rectification]:
    with receiving.evaluator():
        return [
            take_points(YEAR, COUNTY, [Point("own", f"问题{n}", "做", f"单位{n % 2}")], due_on=due, at=LOCKED)[0]
            for n, due in enumerate(dues)
        ]


def test_a_point_is_closed_opened_again_and_changed_from_the_page(evaluator: Desk) -> None:
    listed(DUE)
    page = evaluator.follows(evaluator.does(evaluator.reads(LIST).link("销号"), outcome="做完了", on="2025-01-06"))
    assert "✓ 已销号" in page.words
    assert "2025-01-06 文评价：做完了" in page.words
    page = evaluator.follows(evaluator.does(page.link("恢复"), reason="还差一处"))
    assert "整改中 1" in page.words
    typed = {"measure": "另做", "owner": "财政局", "due_on": "2025-05-31", "reason": "换单位"}
    page = evaluator.follows(evaluator.does(page.link("修改"), **typed))
    assert "另做" in page.words
    assert "财政局" in page.words


def test_the_list_is_sifted_by_standing_and_by_owner(read: Reader, settings: pytest.FixtureRequest) -> None:
    listed(date(2025, 1, 20), DUE, date(2025, 1, 6))
    settings.OPENDIBAO_TODAY = date(2025, 1, 7)  # type: ignore[attr-defined]
    page = read(LIST)
    assert "3 条：整改中 1，快到期 1，逾期 1。" in page.words
    overdue = read("/evaluation/rectification/" + page.link("逾期 1"))
    assert "问题2" in overdue.words
    assert "问题1" not in overdue.words
    owned = read("/evaluation/rectification/" + page.link("单位1"))
    assert [f"问题{n}" in owned.words for n in range(3)] == [False, True, False]
    assert read(f"{LIST}&state=gone").status == 400
    assert read(f"{LIST}&owner=某局").status == 400


def test_the_list_is_a_workbook(read: Reader) -> None:
    listed(DUE)
    rows = _pages(read, "/evaluation/rectification/list.xlsx?year=2024")["整改清单"]
    assert rows[1][:7] == ["1", "问题0", "自行列入", "做", "单位0", "2025-04-30", "整改中"]


def test_last_year_s_list_is_named_on_this_year_s(read: Reader) -> None:
    listed(DUE)
    assert "上一年度整改：1 条：整改中 1。" in read("/evaluation/rectification/?year=2025").words


def test_what_is_due_is_a_task_of_the_evaluator(evaluator: Desk, settings: pytest.FixtureRequest) -> None:
    made = listed(date(2025, 1, 6))[0]
    settings.OPENDIBAO_TODAY = date(2025, 1, 8)  # type: ignore[attr-defined]
    page = evaluator.reads("/today/")
    assert "整改：问题0" in page.words
    assert f"/evaluation/rectification/{made.pk}/close/" in [href for _, href in page.links]


def test_each_side_sees_when_it_is_its_turn(evaluator: Desk, finance: Desk) -> None:
    made = receiving.sent()
    assert "绩效评价报送待审核" in finance.reads("/today/").words
    with receiving.finance():
        ask_question(made.pk, "whole", "说明太短", at=LATER)
    assert "财政审核意见待答复" in evaluator.reads("/today/").words
    with receiving.finance():
        return_submission(made.pk, "请改正", at=LATER)
    assert "绩效评价被退回" in evaluator.reads("/today/").words
    receiving.mended()
    with receiving.evaluator():
        again = submit_result(YEAR, COUNTY, statement="改了", at=LATER)
    with receiving.finance():
        accept_submission(again.pk, "属实", budget_use="参考", at=LATER)
    for desk in (evaluator, finance):
        assert "绩效评价报送" not in desk.reads("/today/").words


def test_who_keeps_the_list_and_who_only_reads_it(evaluator: Desk, finance: Desk) -> None:
    made = listed(DUE)[0]
    assert finance.reads(LIST).status == 200
    assert "销号" not in [words for words, _ in finance.reads(LIST).links]
    for way in ("take/", "new/", f"{made.pk}/close/", f"{made.pk}/change/", f"{made.pk}/reopen/"):
        assert finance.reads(f"/evaluation/rectification/{way}").status == 403
    bureau = Desk(hired("county91", "李审核", division=COUNTY, duties=(Duty.CONFIRM,)))
    assert "销号" in [words for words, _ in bureau.reads(LIST).links]
    assert evaluator.reads("/evaluation/rectification/999999/close/").status == 404
