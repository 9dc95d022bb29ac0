"""抽样页: drawn by a form, worked one by one, by phone, paper and spreadsheet, and read with its intervals."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from opendibao.decision.models import Decision
from opendibao.evaluation.actions import SheetEntry, draw_accuracy_sample, draw_satisfaction_sample, load_sheet
from opendibao.evaluation.arrivals import ArrivalAnswer, record_arrivals
from opendibao.evaluation.models import AccuracyCheck, ArrivalCheck, SampleDraw, SatisfactionAnswer
from opendibao.evaluation.questionnaires import Questionnaire, record_answers
from opendibao.evaluation.sampled import members
from opendibao.evaluation.sampling import Plan, draw_sample
from opendibao.kernel.duties import Duty
from tests.evaluation.test_resurveys import ALONE, decided
from tests.payment.builders import COUNTY, FAR_VILLAGE, at, family
from tests.payment.months import JANUARY, paid
from tests.web.conftest import Page, Reader, page_of
from tests.web.desk import Desk, hired

pytestmark = pytest.mark.usefixtures("county")
DECEMBER = date(2024, 12, 2)
YEAR = "?year=2024"
DRAW = {
    "method": "stratified", "margin": "5", "confidence": "9500", "response": "90", "size": "", "seed": "20241202",
    "on": "2024-12-02",
}  # fmt: skip
SAID = {
    "reached": "yes", "answer": "satisfied", "relief": "eased", "awareness": "partly", "channel": "phone",
    "asked_on": "2024-12-03",
}  # fmt: skip


@pytest.fixture
def evaluator(county: None) -> Desk:
    for number in range(5):
        family(f"A{number}")
    return Desk(hired("eval01", "文评价", division=COUNTY, duties=(Duty.EVALUATE,)))


def drawn(size: int = 3) -> list[int]:
    draw_satisfaction_sample(2024, size=size, seed=1, on=DECEMBER, at=at(DECEMBER))
    return [one.id for one in members("satisfaction", 2024)]


def faults(page: Page) -> str:
    assert page.status == 422, page.words
    return page.html.split('class="callout bad"', 1)[1].split("</section>", 1)[0]


class TestDrawing:
    ADDRESS = f"/samples/satisfaction/draw/{YEAR}"

    def test_the_form_says_how_many_are_needed_and_draws_them(self, evaluator: Desk) -> None:
        page = evaluator.reads(self.ADDRESS)
        assert "有 5 户" in page.words
        assert "n₀ ＝ z²p(1−p)÷e²" in page.words
        sent = evaluator.does(self.ADDRESS, **DRAW)
        # 384.15 ÷ (1 + 383.15 ÷ 5) = 4.95 → 5; never more than there are
        assert "已从 5 个里抽取 5 个" in evaluator.follows(sent).words
        made = SampleDraw.objects.get()
        assert (made.method, made.margin_bp, made.confidence_bp, made.officer) == ("stratified", 500, 9500, "文评价")

    def test_a_second_draw_is_closed_and_refused(self, evaluator: Desk) -> None:
        hidden = evaluator.opens(self.ADDRESS)
        evaluator.does(self.ADDRESS, **DRAW)
        assert "已经抽取，不能重抽" in evaluator.reads(self.ADDRESS).words
        assert "不能重抽" in faults(evaluator.sends(self.ADDRESS, **{**hidden, "key": "a" * 32}, **DRAW))
        assert SampleDraw.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("method", "lottery", "“抽样方法”里没有这一项"),
            ("margin", "五", "“误差限”应是 0 到 100 的数"),
            ("margin", "60", "误差限60%应大于0%、小于50%"),
            ("response", "0", "预计应答率0%"),
            ("size", "9", "抽不出9个"),
            ("size", "-1", "“样本量”应是整数"),
            ("seed", "1.5", "“种子”应是整数"),
            ("on", "2023-12-31", "2023-12-31不在2024年度"),
            ("on", "2025-03-01", "还没有到"),
        ],
    )
    def test_what_is_wrong_is_said_by_field(self, evaluator: Desk, field: str, typed: str, said: str) -> None:
        assert said in faults(evaluator.does(self.ADDRESS, **{**DRAW, field: typed}))
        assert SampleDraw.objects.count() == 0

    def test_a_draw_can_be_made_again_by_anybody_who_reads(self, evaluator: Desk, read: Reader) -> None:
        evaluator.does(self.ADDRESS, **DRAW)
        page = read(f"/samples/satisfaction/repeat/{YEAR}")
        assert "5 个全部相同" in page.words
        assert SampleDraw.objects.get().frame_sha256 in page.html
        family("B9")
        assert "名单和抽取时不一样了" in read(f"/samples/satisfaction/repeat/{YEAR}").words

    def test_a_changed_sample_is_found_out(self, evaluator: Desk, read: Reader) -> None:
        drawn()
        unit = SatisfactionAnswer.objects.first()
        assert unit
        inside = set(SatisfactionAnswer.objects.values_list("household__number", flat=True))
        other = next(f"A{n}" for n in range(5) if f"A{n}" not in inside)
        SatisfactionAnswer.objects.filter(pk=unit.pk).update(
            household=Decision.objects.get(household__number=other).household
        )
        page = read(f"/samples/satisfaction/repeat/{YEAR}")
        assert "样本被改动过" in page.words
        assert f"样本里有、重抽没有 {other}" in page.words

    def test_there_is_nothing_to_repeat_where_nothing_was_drawn(self, read: Reader) -> None:
        assert read(f"/samples/arrival/repeat/{YEAR}").status == 404
        assert read(f"/samples/lottery/results/{YEAR}").status == 404


class TestAsking:
    def test_one_after_the_other_until_all_are_asked(self, evaluator: Desk) -> None:
        ids = drawn(2)
        sent = evaluator.does(f"/samples/satisfaction/ask/{ids[0]}/{YEAR}", **SAID)
        page = evaluator.follows(sent)
        assert f"/samples/satisfaction/ask/{ids[1]}/" in sent.headers["Location"]
        assert "已登记" in page.words
        last = evaluator.does(f"/samples/satisfaction/ask/{ids[1]}/{YEAR}", **SAID)
        page = evaluator.follows(last)
        assert "抽取 2 个，已答 2 个，待问 0 个" in page.words
        assert "满意；有所减轻；知道一些" in page.words
        kept = SatisfactionAnswer.objects.get(pk=ids[0])
        assert (kept.answer, kept.relief, kept.awareness, kept.channel) == ("satisfied", "eased", "partly", "phone")

    def test_who_is_not_reached_is_noted_and_comes_again(self, evaluator: Desk) -> None:
        (only,) = drawn(1)
        address = f"/samples/satisfaction/ask/{only}/{YEAR}"
        page = evaluator.follows(evaluator.does(address, reached="no", asked_on="2024-12-03"))
        assert "没有问到，已记第 1 次" in page.words
        assert "其中联系过没有问到 1 个" in page.words
        evaluator.does(address, reached="no", asked_on="2024-12-04")
        assert SatisfactionAnswer.objects.get().tried == 2

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"reached": ""}, "请选择“联系情况”"),
            ({"answer": ""}, "请选择“您对低保的办理和服务满意吗？”"),
            ({"relief": "richer"}, "里没有这一项"),
            ({"channel": ""}, "请选择“调查方式”"),
            ({"asked_on": "2024-12-01"}, "2024-12-01早于抽取日期2024-12-02"),
            ({"answer": "none", "relief": "none", "awareness": "none"}, "登记为没有联系上"),
        ],
    )
    def test_an_incomplete_sheet_is_refused(self, evaluator: Desk, change: dict[str, str], said: str) -> None:
        (only,) = drawn(1)
        page = evaluator.does(f"/samples/satisfaction/ask/{only}/{YEAR}", **{**SAID, **change})
        assert said in faults(page)
        assert SatisfactionAnswer.objects.get().answer == "none"

    def test_an_answered_family_is_closed(self, evaluator: Desk) -> None:
        (only,) = drawn(1)
        evaluator.does(f"/samples/satisfaction/ask/{only}/{YEAR}", **SAID)
        assert "已经登记过回答" in evaluator.reads(f"/samples/satisfaction/ask/{only}/{YEAR}").words

    def test_on_the_phone_each_question_has_its_page(self, evaluator: Desk) -> None:
        (only,) = drawn(1)
        address = f"/samples/satisfaction/screen/{only}/{YEAR}"
        page = evaluator.reads(address)
        assert "第 1 问，共 3 问" in page.words
        page = evaluator.reads(f"/samples/satisfaction/screen/{only}/{page.link('1 满意')}")
        assert "第 2 问，共 3 问" in page.words
        page = evaluator.reads(f"/samples/satisfaction/screen/{only}/{page.link('1 有所减轻')}")
        assert "第 3 问，共 3 问" in page.words
        ready = evaluator.reads(f"/samples/satisfaction/screen/{only}/{page.link('3 不知道')}")
        assert ready.status == 302
        form = evaluator.reads(ready.headers["Location"])
        for chosen in ("satisfied", "eased", "not", "screen", "yes"):
            assert f'<option value="{chosen}" selected>' in form.html
        assert evaluator.reads(f"{address}&answer=purple").status == 400

    def test_a_payment_is_asked_after(self, evaluator: Desk) -> None:
        paid(JANUARY)
        draw_sample("arrival", 2024, Plan("pps", seed=1, size=1), on=DECEMBER, at=at(DECEMBER))
        (one,) = members("arrival", 2024)
        address = f"/samples/arrival/ask/{one.id}/{YEAR}"
        assert "银行到账（元） 620.00" in evaluator.reads(address).words
        said = {"reached": "yes", "arrival": "different", "channel": "visit", "asked_on": "2024-12-03"}
        assert "请写群众说的金额" in faults(evaluator.does(address, said="", **said))
        assert "最多两位小数" in faults(evaluator.does(address, said="五百", **said))
        assert "相同，请选" in faults(evaluator.does(address, said="620", **said))
        assert evaluator.does(address, said="520.50", **said).status == 303
        assert ArrivalCheck.objects.get().said_fen == 52050
        page = evaluator.reads(f"/samples/arrival/results/{YEAR}")
        assert f"{one.number} 镇100东村 2024-01 620.00 ● 收到，金额不符 520.50 2024-12-03" in page.words

    def test_a_re_survey_starts_from_the_facts_on_file(self, evaluator: Desk) -> None:
        decided("B1", 74000, ALONE)
        draw_accuracy_sample(2024, size=6, seed=1, on=DECEMBER, at=at(DECEMBER))
        (one,) = [row for row in members("accuracy", 2024) if row.number == "B1"]
        address = f"/samples/accuracy/ask/{one.id}/{YEAR}"
        said = {"reached": "yes", "found": "more", "asked_on": "2024-12-03", "case": "", "assets": "", "income": ""}
        assert "请填写其中一项" in faults(evaluator.does(address, **said))
        assert evaluator.does(address, **{**said, "income": "250"}).status == 303
        assert AccuracyCheck.objects.get(pk=one.id).amount_fen == 49000

    def test_a_re_survey_may_bring_a_whole_case(self, evaluator: Desk) -> None:
        draw_accuracy_sample(2024, size=1, seed=1, on=DECEMBER, at=at(DECEMBER))
        (one,) = members("accuracy", 2024)
        address = f"/samples/accuracy/ask/{one.id}/{YEAR}"
        said = {"reached": "yes", "found": "case", "asked_on": "2024-12-03", "assets": "", "income": ""}
        assert "没有记下核定情况" in evaluator.reads(address).words
        assert "请填写“CASE 文件”" in faults(evaluator.does(address, case="", **said))
        wrong = faults(evaluator.does(address, case="area: rural\nmembers: [{name: 甲, born: 1974-13-01}]", **said))
        assert "members[0].born" in wrong
        case = (
            "area: rural\nmembers: [{name: 甲, born: 1974-01-01, sex: male, relation: head}]\n"
            "property: {financial_assets: 0, dwellings: 1}\n"
        )
        assert evaluator.does(address, case=case, **said).status == 303
        assert AccuracyCheck.objects.get().outcome == "dibao"


class TestList:
    def test_a_village_worker_sees_and_asks_his_own_only(self, evaluator: Desk) -> None:
        family("Z1", division=FAR_VILLAGE)
        ids = drawn(6)
        worker = Desk(hired("grid01", "马网格", duties=(Duty.SURVEY,)))
        page = worker.reads(f"/samples/satisfaction/list/{YEAR}")
        assert "抽取 5 个" in page.words
        assert "Z1" not in page.words
        far = next(one.id for one in members("satisfaction", 2024) if one.number == "Z1")
        assert worker.reads(f"/samples/satisfaction/ask/{far}/{YEAR}").status == 404
        assert worker.does(f"/samples/satisfaction/ask/{ids[0]}/{YEAR}", **SAID).status == 303
        assert worker.reads(f"/samples/{YEAR}").status == 403

    def test_every_count_opens_as_many_rows(self, evaluator: Desk) -> None:
        ids = drawn(4)
        homes = {one.id: one.household_id for one in members("satisfaction", 2024)}
        said = [
            Questionnaire(homes[ids[0]], "satisfied", "eased", "none", "phone"),
            Questionnaire(homes[ids[1]], "neutral", "none", "not", "phone"),
            Questionnaire(homes[ids[2]], "satisfied", "same", "knows", "phone"),
        ]
        record_answers(2024, said, on=DECEMBER, at=at(DECEMBER))
        expected = {"satisfaction": (2, 3), "relief": (1, 2), "awareness": (1, 2)}
        for code, (hits, valid) in expected.items():
            for state, n in (("hit", hits), ("valid", valid)):
                page = evaluator.reads(f"/samples/satisfaction/list/{YEAR}&state={state}&question={code}")
                assert page.html.count('<tr><th scope="row"') == n
                assert f"的 {n} 个" in page.words

    @pytest.mark.parametrize("asked", ["state=maybe", "state=hit", "question=relief", "state=hit&question=arrival"])
    def test_a_list_that_there_is_not_is_refused(self, evaluator: Desk, asked: str) -> None:
        assert evaluator.reads(f"/samples/satisfaction/list/{YEAR}&{asked}").status == 400

    def test_on_paper_there_is_a_block_a_family_and_nothing_that_identifies(self, evaluator: Desk) -> None:
        drawn(3)
        page = evaluator.reads(f"/samples/satisfaction/paper/{YEAR}")
        assert page.html.count('class="slip"') == 3
        assert "□ 满意" in page.words
        assert "成员1" not in page.words  # the head's name is masked
        assert "62A" not in page.words  # no account
        assert evaluator.reads(f"/samples/accuracy/paper/{YEAR}").status == 404


def workbook(rows: list[list[object]], heads: list[str] | None = None) -> SimpleUploadedFile:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("答卷")
        for place, row in enumerate([heads or HEADS, *rows]):
            sheet.write_row(place, 0, row)
    return SimpleUploadedFile("答卷.xlsx", target.getvalue())


HEADS = ["编号", "户编号", "村社区", "户主", "满意度", "生活压力", "政策知晓", "调查方式", "调查日期"]
FILLED = ["满意", "有所减轻", "知道", "纸质", "2024-12-10"]


class TestSheets:
    ADDRESS = f"/samples/satisfaction/import/{YEAR}"

    def sends(self, evaluator: Desk, file: SimpleUploadedFile | None) -> Page:
        return page_of(evaluator.client.post(self.ADDRESS, {"file": file} if file else {}))  # type: ignore[arg-type]

    def rows(self, evaluator: Desk) -> list[list[object]]:
        answer = evaluator.client.get(f"/samples/satisfaction/sheet.xlsx{YEAR}")
        assert answer["Content-Type"].endswith("sheet")
        table = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert table[0] == HEADS
        return [row[:4] for row in table[1:]]

    def test_what_is_exported_and_filled_in_comes_back_whole(self, evaluator: Desk) -> None:
        drawn(3)
        first, second, third = self.rows(evaluator)
        sent = self.sends(evaluator, workbook([[*first, *FILLED], [*second, *FILLED], third]))
        assert "登记 2 份；0 份以前已登记、内容相同；1 份没有填" in evaluator.follows(sent).words
        again = self.sends(evaluator, workbook([[*first, *FILLED]]))
        assert "登记 0 份；1 份以前已登记" in evaluator.follows(again).words
        assert SatisfactionAnswer.objects.filter(answer="satisfied", channel="paper").count() == 2

    def test_a_number_and_a_day_may_be_cells_of_their_kind(self, evaluator: Desk) -> None:
        drawn(1)
        ((number, *rest),) = self.rows(evaluator)
        sent = self.sends(evaluator, workbook([[int(str(number).removesuffix(".0")), *rest, *FILLED]]))
        assert sent.status == 303

    @pytest.mark.parametrize(
        ("place", "typed", "said"),
        [
            (4, "很好", "第2行“满意度”：“很好”应为：满意、一般、不满意、未答"),
            (7, "写信", "第2行“调查方式”：“写信”应为"),
            (8, "", "第2行“调查日期”：请填写哪天问的"),
            (8, "12月3日", "应写成 2024-12-18 这样的日期"),
            (8, "2030-01-01", "2030-01-01还没有到"),
            (8, "2024-11-30", "早于抽取日期"),
            (1, "X1", "不是本年度样本里的一户"),
            (0, "999999", "不是本年度样本里的一户"),
        ],
    )
    def test_one_wrong_cell_refuses_the_whole_sheet(self, evaluator: Desk, place: int, typed: str, said: str) -> None:
        drawn(2)
        first, second = ([*row, *FILLED] for row in self.rows(evaluator))
        first[place] = typed
        assert said in faults(self.sends(evaluator, workbook([first, second])))
        assert SatisfactionAnswer.objects.exclude(answer="none").count() == 0

    def test_the_same_row_twice_and_another_answer_are_refused(self, evaluator: Desk) -> None:
        drawn(1)
        (row,) = self.rows(evaluator)
        assert "出现了两次" in faults(self.sends(evaluator, workbook([[*row, *FILLED], [*row, *FILLED]])))
        self.sends(evaluator, workbook([[*row, *FILLED]]))
        other = [*row, "不满意", *FILLED[1:]]
        assert "已经登记过别的回答" in faults(self.sends(evaluator, workbook([other])))

    def test_what_is_no_sheet_of_ours_is_refused(self, evaluator: Desk) -> None:
        drawn(1)
        assert "没有选文件" in faults(self.sends(evaluator, None))
        assert "不是能读的 xlsx" in faults(self.sends(evaluator, SimpleUploadedFile("a.xlsx", b"PK nonsense")))
        assert "第1行缺少列：调查日期" in faults(self.sends(evaluator, workbook([], HEADS[:-1])))
        big = SimpleUploadedFile("a.xlsx", b"0" * 5_000_001)
        assert "文件超过 5 MB" in faults(self.sends(evaluator, big))
        assert evaluator.reads(f"/samples/accuracy/import/{YEAR}").status == 404

    def test_payments_come_back_with_the_amount_that_was_said(self, evaluator: Desk) -> None:
        paid(JANUARY)
        draw_sample("arrival", 2024, Plan("pps", seed=1, size=2), on=DECEMBER, at=at(DECEMBER))
        one, two = members("arrival", 2024)
        heads = [
            "编号",
            "户编号",
            "村社区",
            "户主",
            "发放月",
            "应到金额（元）",
            "到账情况",
            "群众说的金额（元）",
            "调查方式",
            "调查日期",
        ]
        rows = [
            [one.id, one.number, "", "", "", "", "收到，金额不符", 520.5, "电话", "2024-12-10"],
            [two.id, two.number, "", "", "", "", "没有收到", "", "电话", "2024-12-10"],
        ]
        address = f"/samples/arrival/import/{YEAR}"
        wrong = [[*rows[0][:7], "五百", *rows[0][8:]], rows[1]]
        sent = page_of(evaluator.client.post(address, {"file": workbook(wrong, heads)}))  # type: ignore[arg-type]
        assert "第2行“群众说的金额（元）”：“五百”应是" in faults(sent)
        sent = page_of(evaluator.client.post(address, {"file": workbook(rows, heads)}))  # type: ignore[arg-type]
        assert sent.status == 303, sent.words
        assert ArrivalCheck.objects.get(pk=one.id).said_fen == 52050


class TestResults:
    def test_nothing_drawn_says_what_will_come(self, read: Reader) -> None:
        family("A1")
        assert "今年还没有抽样" in read(f"/samples/{YEAR}").words
        assert "还没有抽满意度样本" in read(f"/samples/satisfaction/results/{YEAR}").words

    def test_a_rate_stands_with_its_interval_and_response(self, evaluator: Desk, read: Reader) -> None:
        drawn(4)
        rows = members("satisfaction", 2024)
        said = [Questionnaire(one.household_id, "satisfied", "eased", "knows", "phone") for one in rows[:3]]
        record_answers(2024, said, on=DECEMBER, at=at(DECEMBER))
        page = read(f"/samples/satisfaction/results/{YEAR}")
        assert "抽 4 个，问到 3 个（应答率 75.00%）。3 个有效回答里，100.00% 是“满意”" in page.words
        # 3 of 3: 3 ÷ (3 + 3.841459) = 43.85 %
        assert "43.85% 到 100.00%" in page.words
        assert "有效回答不到 30 个" in page.words
        assert "2023 年没有测得" in page.words
        assert "满意度 100.00% 43.85%—100.00% 3 3 75.00%" in read(f"/samples/{YEAR}").words

    def test_a_lower_bound_under_the_target_is_said(self, evaluator: Desk, read: Reader) -> None:
        load_sheet(2024, COUNTY, [SheetEntry("satisfaction", "at_least", 95, "≥95%", 10)], at=at(DECEMBER))  # type: ignore[arg-type]
        drawn(2)
        rows = members("satisfaction", 2024)
        said = [Questionnaire(one.household_id, "satisfied", "none", "none", "phone") for one in rows]
        record_answers(2024, said, on=DECEMBER, at=at(DECEMBER))
        page = read(f"/samples/satisfaction/results/{YEAR}")
        assert "点估计达到了，区间下限 34.24% 低于指标值" in page.words  # 2 ÷ (2 + 3.841459)
        assert "生活压力减轻 未测得" not in page.words or "还没有有效回答" in page.words

    def test_two_years_are_compared_by_their_intervals(self, evaluator: Desk, read: Reader) -> None:
        before = date(2023, 12, 4)
        draw_satisfaction_sample(2023, size=5, seed=1, on=before, at=at(before))
        said = [Questionnaire(one.household_id, "unsatisfied", "same", "not") for one in members("satisfaction", 2023)]
        record_answers(2023, said, on=before, at=at(before))
        drawn(5)
        said = [Questionnaire(one.household_id, "satisfied", "same", "knows") for one in members("satisfaction", 2024)]
        record_answers(2024, said, on=DECEMBER, at=at(DECEMBER))
        page = read(f"/samples/satisfaction/results/{YEAR}")
        assert "2023 年是 0.00%（0/5）：两年的区间没有重叠，确有变化" in page.words
        assert "2023 年是 0.00%（0/5）：两年的区间有重叠，不能说变了" in page.words  # 生活压力, both years nobody

    def test_a_sample_by_amount_says_both_rates(self, evaluator: Desk, read: Reader) -> None:
        family("B1", fen=500000)
        paid(JANUARY)
        draw_sample("arrival", 2024, Plan("pps", seed=1, size=2), on=DECEMBER, at=at(DECEMBER))
        large, small = sorted(members("arrival", 2024), key=lambda one: -one.fen)
        said = [ArrivalAnswer(large.id, "received"), ArrivalAnswer(small.id, "missing")]
        record_arrivals(said, on=DECEMBER, at=at(DECEMBER))
        page = read(f"/samples/arrival/results/{YEAR}")
        # the large one was certain and stands for itself, the small one (1 of 5) for five: 1 ÷ 6
        assert "代表 6.00 个）：16.67%" in page.words
        assert "不加权的比例说的是每一元钱，加权的比例说的是每一笔" in page.words
