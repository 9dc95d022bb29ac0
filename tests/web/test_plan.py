"""评价方案页: typed as lines, kept in versions, steps done and late; the documents listed, received, exported."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.evaluation.models import EvaluationPlan, Material, PlanStep
from opendibao.kernel.duties import Duty
from tests.evaluation import year_plan
from tests.payment.builders import COUNTY
from tests.web.conftest import Reader
from tests.web.desk import Desk, hired

PLAN, MATERIALS = "/evaluation/plan/?year=2024", "/evaluation/materials/?year=2024"
WRITE = "/evaluation/plan/write/?year=2024"
TYPED = {
    "purpose": "看钱发得准不准", "scope": "全县城乡低保", "method": "定量为主",
    "team": "文评价，民政局，组长\n钱财政,财政局,复核\n",
    "timetable": "收集资料，2024-12-02，2024-12-20，文评价\n打分，2025-01-02，2025-12-31，文评价",
}  # fmt: skip


@pytest.fixture
def evaluator(county: None) -> Desk:
    return Desk(hired("eval91", "文评价", division=COUNTY, duties=(Duty.EVALUATE,)))


def test_an_empty_year_says_what_will_come(read: Reader) -> None:
    assert "2024 年度还没有评价方案" in read(PLAN).words
    assert "列上政策文件、数据资料、项目报告" in read(MATERIALS).words


def test_the_plan_is_typed_line_by_line(evaluator: Desk) -> None:
    page = evaluator.follows(evaluator.does(WRITE, **TYPED))
    assert "评价方案第 1 版已保存" in page.words
    assert "评价组 2 人" in page.words
    assert "2 步，已完成 0 步，1 步已过期限。" in page.words
    assert "1 收集资料 2024-12-02 2024-12-20 文评价 ● 已过期限 登记完成" in page.words
    again = evaluator.reads(WRITE).html
    assert "钱财政，财政局，复核" in again
    assert "打分，2025-01-02，2025-12-31，文评价" in again


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"team": "文评价，民政局"}, "“评价组”第 1 行应有 3 项：姓名，单位，分工"),
        ({"timetable": "打分，昨天，2025-01-02，文评价"}, "“时间安排”第 1 步的“昨天”不是日期"),
        ({"timetable": "打分，2025-01-03，2025-01-02，文评价"}, "“时间安排第1步的结束”2025-01-02早于开始2025-01-03"),
        ({"timetable": "打分，2025-01-02，2025-01-03"}, "“时间安排”第 1 行应有 4 项：步骤，开始，结束，负责"),
        ({"purpose": ""}, "请填写“评价目的”"),
    ],
)
def test_a_bad_line_is_refused_by_its_number(evaluator: Desk, typed: dict[str, str], words: str) -> None:
    page = evaluator.does(WRITE, **{**TYPED, **typed})
    assert page.status == 422
    assert words in page.words
    assert not EvaluationPlan.objects.exists()


def test_a_change_is_a_new_version_and_the_old_one_can_come_back(evaluator: Desk) -> None:
    evaluator.does(WRITE, **TYPED)
    assert evaluator.does(WRITE, **{**TYPED, "scope": "只看农村"}).status == 422
    evaluator.does(WRITE, **{**TYPED, "scope": "只看农村"}, reason="先做农村")
    page = evaluator.reads(PLAN)
    assert "第 2 版" in page.words
    assert "只看农村" in page.words
    old = evaluator.reads(page.link("第 1 版"))
    assert "这是以前的一版" in old.words
    back = evaluator.follows(evaluator.does(old.link("照这一版恢复"), reason="城镇也要看"))
    assert "已照第 1 版恢复，现在是第 3 版" in back.words
    assert "全县城乡低保" in back.words
    assert "这就是现在的一版" in evaluator.reads("/evaluation/plan/3/restore/?year=2024").words
    assert evaluator.reads("/evaluation/plan/9/restore/?year=2024").status == 404
    assert evaluator.reads(PLAN + "&version=x").status == 400


def test_a_step_is_done_and_undone(evaluator: Desk) -> None:
    evaluator.does(WRITE, **TYPED)
    step = PlanStep.objects.get(step="收集资料").pk
    page = evaluator.follows(evaluator.does(f"/evaluation/plan/steps/{step}/finish/", on="2024-12-23"))
    assert "“收集资料”已登记完成" in page.words
    assert "▲ 2024-12-23 完成，晚了" in page.words
    assert "登记错了可以撤销" in evaluator.reads(f"/evaluation/plan/steps/{step}/finish/").words
    page = evaluator.follows(evaluator.does(f"/evaluation/plan/steps/{step}/reopen/", reason="少一份"))
    assert "“收集资料”已改回没有完成" in page.words


def test_a_document_is_listed_received_and_undone(evaluator: Desk) -> None:
    law = {"kind": "policy", "title": "认定办法", "provider": "民政部", "document_number": "", "issued_on": ""}
    page = evaluator.does("/evaluation/materials/new/?year=2024", **law)
    assert "“文号”没有填写：政策文件要写文号" in page.words
    numbered = {**law, "document_number": "1号", "issued_on": "2021-06-11"}
    page = evaluator.follows(evaluator.does("/evaluation/materials/new/?year=2024", **numbered))
    assert "1 份，收到 0 份，还缺 1 份（政策文件 0/1）。" in page.words
    made = Material.objects.get().pk
    for verb, typed, words in (
        ("receive", {"on": "2024-12-03"}, "✓ 2024-12-03"),
        ("return", {"reason": "是旧版"}, "▲ 还没有收到"),
        ("withdraw", {"reason": "已废止"}, "不再采用：认定办法，已办"),
        ("restore", {"reason": "仍在用"}, "恢复采用：认定办法，已办"),
    ):
        page = evaluator.follows(evaluator.does(f"/evaluation/materials/{made}/{verb}/", **typed))
        assert words in page.words
    corrected = {**law, "document_number": "2号", "issued_on": "2021-06-11"}
    page = evaluator.follows(evaluator.does(f"/evaluation/materials/{made}/change/", **corrected))
    assert "认定办法 政策文件 2号 2021-06-11" in page.words


def test_the_list_is_exported_with_what_is_missing(read: Reader) -> None:
    year_plan.whole()
    assert "2 份，收到 1 份，还缺 1 份（政策文件 1/1，数据资料 0/1）。" in read(MATERIALS).words
    response = read.client.get("/evaluation/materials/file/?year=2024")
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows == [
        ["种类", "名称", "文号", "发文日期", "提供单位", "收到日期", "备注"],
        ["政策文件", "最低生活保障审核确认办法", "民发〔2021〕57号", "2021-06-11", "民政部", "2024-12-03", ""],
        ["数据资料", "发放台账", "", "", "民政局", "", "还没有收到"],
        ["项目报告", "上年报告", "", "", "民政局", "", "不再采用"],
    ]


def test_only_evaluators_change_plan_and_documents(county: None) -> None:
    made = year_plan.whole()
    finance = Desk(hired("fin91", "钱财政", division=COUNTY, duties=(Duty.FINANCE,)))
    assert "修改方案" not in finance.reads(PLAN).words
    assert "登记收到" not in finance.reads(MATERIALS).words
    for address in (
        "plan/write/", "plan/1/restore/", f"plan/steps/{made.step}/finish/", f"plan/steps/{made.done_step}/reopen/",
        "materials/new/", f"materials/{made.missing}/receive/", f"materials/{made.material}/withdraw/",
    ):  # fmt: skip
        assert finance.reads(f"/evaluation/{address}").status == 403


def test_what_is_not_there_is_said(evaluator: Desk) -> None:
    for address in ("plan/steps/999999/finish/", "plan/steps/999999/reopen/", "materials/999999/receive/"):
        assert evaluator.reads(f"/evaluation/{address}").status == 404
