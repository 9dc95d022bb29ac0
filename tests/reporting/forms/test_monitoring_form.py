"""运行监控表: every row with its forecast, formula, light in words and measure; money carried on as printed."""

import io
from datetime import date

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from opendibao.evaluation.attachment import AreaFunds, Attached, MonthPaid
from opendibao.evaluation.monitoring import Watch, WatchedRow
from opendibao.reporting.forms.form_pdf import form_pdf
from opendibao.reporting.forms.form_word import form_word
from opendibao.reporting.forms.grid import Form, Grid
from opendibao.reporting.forms.monitoring import monitoring


def row(code: str, name: str, light: str, **more: str) -> WatchedRow:
    made = {
        "target": "≥95%", "done": "90.00%", "numerator": "9", "denominator": "10", "forecast": "90.00%",
        "formula": "按现值保持到年底", "gap": "5.26%", "note": "", **more,
    }  # fmt: skip
    return WatchedRow(1, code, "产出指标", "质量指标", name, light=light, figures=("indicator.01",), **made)


WATCH = Watch(
    2024, "360429000000", date(2024, 7, 31), 7,
    (row("satisfaction", "群众满意度", "amber"), row("fund_use", "资金使用率", "red", gap="30.00%"),
     row("paid_by_tenth", "按时发放", "green", done="7/7个月按时", numerator="7", denominator="7"),
     row("target_accuracy", "准确率", "grey", done="未测得", forecast="", formula="", gap="", note="没有样本",
         numerator="", denominator="")),
    Attached(
        months=(MonthPaid(1, "rural", 3_167_050_000), MonthPaid(1, "urban", 575_300_000)),
        funds=(AreaFunds("rural", "农村", 1, 5_330_000_000), AreaFunds("urban", "城镇", 1, 960_000_000)),
    ),
)  # fmt: skip


def made(watch: Watch = WATCH) -> Form:
    return monitoring(watch, county="湖口县", department="民政局", project="低保", mark="合成")


def lines(form: Form) -> list[list[str]]:
    return [[cell.text for cell in row] for part in form.parts if isinstance(part, Grid) for row in part.rows]


def test_funds_carry_on_the_printed_money() -> None:
    found = {line[0]: line[1:] for line in lines(made())}

    # 3742.35 × 12 ÷ 7 = 6415.457…; 3742.35 ÷ 6290 = 59.497 %
    assert found["年度资金总额"] == ["6290.00", "3742.35", "59.50%", "6415.46", "3742.35÷7×12"]
    assert found["其中：农村低保金"][3] == "5429.23"


def test_without_a_budget_that_is_said() -> None:
    bare = Watch(2024, "360429000000", date(2024, 1, 2), 0, (), Attached())

    assert lines(made(bare))[1] == ["年度资金总额", "没有批复预算", "0.00", "—", "—", "还没有到账的月份"]


def test_each_row_has_its_light_in_words_and_a_measure_where_it_is_not_green() -> None:
    found = {line[1]: line[-2:] for line in lines(made())[5:]}

    assert found["群众满意度"][0] == "黄\n可能达不到"
    assert found["群众满意度"][1].startswith("与指标值相差5.26%；离指标值不远")
    assert found["资金使用率"][1].startswith("与指标值相差30.00%；列入整改")
    assert found["按时发放"] == ["绿\n预计能达到", ""]
    assert found["准确率"] == ["无\n无法判断", "没有样本；查明缺少的记录由谁提供，取得后重新测算"]


def test_the_lead_counts_every_light() -> None:
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(form_pdf(made()))).pages)

    assert "指标4项：预计达不到1项，可能达不到1项，预计能达到1项，无法判断1项。已到账7个月。" in said.replace("\n", "")


def test_the_same_day_gives_the_same_bytes() -> None:
    assert form_word(made()) == form_word(made())
    document = Document(io.BytesIO(form_word(made())))
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
