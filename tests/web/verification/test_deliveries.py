"""送达数据的页面: what is there and what is missing, a file taken or refused, rejects back; nobody in the clear."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from opendibao.audit.models import Viewing
from opendibao.kernel.duties import Duty
from opendibao.verification.deliveries.manifest import Manifest
from opendibao.verification.deliveries.reading.rows import read_rows
from opendibao.verification.models import Delivery
from opendibao.verification.sources import SOURCES
from tests.registry.builders import divisions, household
from tests.verification.deliveries.files import LI, SHAN, WANG, text_rows
from tests.web.conftest import Page, page_of
from tests.web.desk import COUNTY, TOWN, Desk, county_desk, hired

HEADS = ("证件号码", "姓名", "开户银行", "账号", "存款种类", "余额", "余额日期")
GOOD = (
    (WANG, "王秀英", "农商银行", "6200000000000000001", "活期", "12345.60", "2024-12-20"),
    (LI, "李建国", "农商银行", "6200000000000000002", "定期", "80000", "2024-12-20"),
)
BAD = (SHAN, "单有福", "邮储银行", "6200000000000000003", "活期", "三百", "2024-12-20")
DATA = text_rows([HEADS, *GOOD, BAD]).encode("gb18030")
TYPED = {
    "source": "bank_deposits", "department": "演示县各银行", "legal_basis": "57号第十七条", "purpose": "低保核对",
    "authorisation": "演民核〔2024〕9号", "covers": "register", "list_of": "", "as_of": "2024-12-20", "rows": "3",
    "sha256": "", "older_because": "",
}  # fmt: skip
NEW = "/deliveries/new/"


def sheet_rows(client: Client, address: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(client.get(address).content)).get_sheet_by_index(0).to_python()


@pytest.fixture
def officer(county: None) -> Desk:
    return county_desk()


def sends(desk: Desk, data: bytes = DATA, manifest: bytes = b"", **changed: str) -> Page:
    """The form with a file, as the officer sends it."""
    files = {"file": SimpleUploadedFile("存款.csv", data)}
    if manifest:
        files["manifest"] = SimpleUploadedFile("清单.json", manifest)
    sent = {**desk.opens(NEW), **TYPED, **changed, **files}
    return page_of(desk.client.post(NEW, sent))  # type: ignore[arg-type]


def taken(desk: Desk) -> int:
    """A file with a reject lies there; its id."""
    assert sends(desk).status == 303
    return Delivery.objects.get().pk


class TestList:
    def test_before_anything_came_every_source_is_missing(self, officer: Desk) -> None:
        page = officer.reads("/deliveries/")

        assert "14 个来源，数据有效 0，过期 0，没有数据 14。" in page.words
        assert page.words.count("● 没有数据") == 14
        assert "2026-07-01 起可以核对" in page.words
        assert page.link("收下数据") == NEW
        assert "还没有收到过数据" in officer.reads("/deliveries/?view=files").words

    def test_a_source_is_fresh_for_its_days(self, officer: Desk) -> None:
        number = taken(officer)

        page = officer.reads("/deliveries/")

        assert "14 个来源，数据有效 1，过期 0，没有数据 13。" in page.words
        assert "银行存款 演示县各银行 2024-12-20 ✓ 有效至 2025-02-20 2025-01-06 3 1 ▲ 未比对" in page.words
        assert page.link("银行存款") == f"/deliveries/{number}/"

    def test_stale_data_say_so(self, officer: Desk) -> None:
        old = text_rows([HEADS, *[(*row[:6], "2024-10-31") for row in GOOD]]).encode()
        sends(officer, old, rows="2", as_of="2024-10-31")

        assert "● 已过期（2025-01-01 止）" in officer.reads("/deliveries/").words

    def test_all_files_are_listed_and_the_one_in_use_is_named(self, officer: Desk) -> None:
        taken(officer)
        sends(officer, text_rows([HEADS, *GOOD]).encode(), rows="2")

        page = officer.reads("/deliveries/?view=files")

        assert "存款.csv 银行存款 2024-12-20 2025-01-06 李审核 2 2 0 ▲ 未比对 ✓ 在用" in page.words
        assert "存款.csv 银行存款 2024-12-20 2025-01-06 李审核 3 2 1 ▲ 未比对 不用" in page.words

    def test_it_goes_out_as_a_workbook(self, officer: Desk) -> None:
        taken(officer)

        by_source = sheet_rows(officer.client, "/deliveries/list.xlsx")
        files = sheet_rows(officer.client, "/deliveries/list.xlsx?view=files")

        assert by_source[0][:5] == ["来源", "送数据的部门", "数据截止", "新旧", "收到"]
        assert ["银行存款", "演示县各银行", "2024-12-20"] in [row[:3] for row in by_source]
        assert len(by_source) == 16
        assert files[1][:3] == ["存款.csv", "银行存款", "2024-12-20"]

    def test_another_view_is_no_view(self, officer: Desk) -> None:
        page = officer.reads("/deliveries/?view=people")

        assert page.status == 400
        assert "“people”不是送达数据的看法" in page.words


class TestTaking:
    def test_a_file_is_taken_and_its_rejects_are_told(self, officer: Desk) -> None:
        page = officer.follows(sends(officer))

        assert "已收下 2 行，退回 1 行，退回行请下载后交部门改正重送。下一步：和人员比对。" in page.words
        assert "3 行，入库 2，退回 1。还没有和人员比对。" in page.words
        assert "演民核〔2024〕9号" in page.words

    def test_the_same_file_again_changes_nothing(self, officer: Desk) -> None:
        number = taken(officer)

        page = officer.follows(sends(officer))

        assert "这份文件以前收过，什么也没有变。" in page.words
        assert Delivery.objects.get().pk == number

    def test_what_is_refused_keeps_what_was_typed(self, officer: Desk) -> None:
        page = sends(officer, rows="4")

        assert page.status == 422
        assert "没有收，一行也没有入库：" in page.words
        assert "清单写4行，文件里有3行数据" in page.words
        assert "出错以后浏览器不留选过的文件，请重新选。" in page.words
        assert 'value="演民核〔2024〕9号"' in page.html
        assert '<option value="bank_deposits" selected' in page.html
        assert not Delivery.objects.exists()

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("department", "请填写“部门”"), ("legal_basis", "请填写“法律依据”"), ("purpose", "请填写“用途”"),
            ("authorisation", "请填写“授权编号”"), ("covers", "请填写“数据范围”"), ("as_of", "请填写“数据截止日期”"),
            ("rows", "请填写“行数”"), ("source", "请选择“来源”"),
        ],
    )  # fmt: skip
    def test_what_a_manifest_says_is_typed_where_there_is_no_file_of_it(
        self, officer: Desk, name: str, said: str
    ) -> None:
        page = sends(officer, **{name: ""})

        assert page.status == 422
        assert said in page.words
        assert not Delivery.objects.exists()

    def test_a_manifest_file_says_it_all(self, officer: Desk) -> None:
        said = Manifest(
            "bank_deposits", "农商银行", "57号第十七条", "低保核对", "银函1号", "request", date(2024, 12, 1),
            date(2024, 12, 20), 3, hashlib.sha256(DATA).hexdigest(),
        )  # fmt: skip
        blank = dict.fromkeys(TYPED, "") | {"source": "bank_deposits"}

        page = officer.follows(sends(officer, manifest=json.dumps(asdict(said), default=str).encode(), **blank))

        assert "农商银行" in page.words
        assert "按核对名单，答复到 2024-12-01 的名单" in page.words

    @pytest.mark.parametrize(
        ("manifest", "said"),
        [
            ("来源: tax", "清单文件写的来源是“税务”，页上选的是“银行存款”，请核对是不是选错了文件"),
            ("数据截止日期: 去年", "清单的“数据截止日期”“去年”不是日期，应写成 2024-03-31 这样"),
            ("行数: 三行", "清单的“行数”“三行”不是数"),
            ("电话: 1", "清单文件有不认识的项：电话"),
            ("- 1", "清单文件里没有一项项的内容"),
            ("a: [", "清单文件读不了"),
        ],
    )
    def test_a_manifest_file_that_cannot_be_used(self, officer: Desk, manifest: str, said: str) -> None:
        page = sends(officer, manifest=manifest.encode())

        assert page.status == 422
        assert said in page.words
        assert not Delivery.objects.exists()

    def test_no_file_and_an_empty_one(self, officer: Desk) -> None:
        assert "请选择“数据文件”" in officer.does(NEW, **TYPED).words
        assert "“数据文件”是空的，请核对选的文件" in sends(officer, b"").words

    def test_the_form_knows_what_the_last_file_came_with(self, officer: Desk) -> None:
        taken(officer)

        page = officer.reads(f"{NEW}?source=bank_deposits")

        assert 'value="演民核〔2024〕9号"' in page.html
        assert 'value="演示县各银行"' in page.html
        assert SOURCES["tax"].department in officer.reads(f"{NEW}?source=tax").html

    def test_a_source_is_offered_from_its_day(self, officer: Desk) -> None:
        assert 'value="payment_apps"' not in officer.reads(NEW).html

    def test_a_former_key_does_not_take_a_second_file(self, officer: Desk) -> None:
        opened = officer.opens(NEW)
        for data, rows in ((DATA, "3"), (text_rows([HEADS, *GOOD]).encode(), "2")):
            sent = {**opened, **TYPED, "rows": rows, "file": SimpleUploadedFile("存款.csv", data)}
            page = page_of(officer.client.post(NEW, sent))  # type: ignore[arg-type]

        assert page.status == 409
        assert Delivery.objects.count() == 1


class TestOne:
    def test_manifest_counts_and_rejects(self, officer: Desk) -> None:
        number = taken(officer)

        page = officer.reads(f"/deliveries/{number}/")

        assert "银行存款数据，截至 2024-12-20 ✓ 有效至 2025-02-20" in page.words
        assert "2025-01-06，李审核" in page.words
        assert f"存款.csv（CSV，GB18030，{len(DATA)} B）" in page.words
        assert hashlib.sha256(DATA).hexdigest() in page.words
        assert "文件里没有这些列，按空处理：性别、出生日期、区划、电话、销户日期" in page.words
        assert "✓ 号码完整 2 按证件号码和姓名" in page.words
        assert f"4 余额 “余额”不是金额，应写成 1234.56 这样 {SHAN[:6]}********{SHAN[-4:]} 单**" in page.words

    def test_nobody_is_shown_in_the_clear_and_who_looked_is_on_record(self, officer: Desk) -> None:
        number = taken(officer)

        page = officer.reads(f"/deliveries/{number}/")

        shown = (WANG, LI, SHAN, "王秀英", "李建国", "单有福", "6200000000000000003", "三百")
        assert [secret for secret in shown if secret in page.html] == []
        assert Viewing.objects.filter(subject=f"送达数据 {number}", page="送达数据", actor="李审核").count() == 1

    def test_the_rejects_go_back_as_a_workbook(self, officer: Desk) -> None:
        number = taken(officer)

        rows = sheet_rows(officer.client, f"/deliveries/{number}/rejects.xlsx")

        assert rows == [
            ["行号", "字段", "退回理由", "证件号码", "姓名"],
            ["4", "余额", "“余额”不是金额，应写成 1234.56 这样", f"{SHAN[:6]}********{SHAN[-4:]}", "单**"],
        ]
        assert Viewing.objects.filter(subject=f"送达数据 {number}", page="退回行").count() == 1

    def test_a_file_without_rejects(self, officer: Desk) -> None:
        sends(officer, text_rows([HEADS, *GOOD]).encode(), rows="2")
        number = Delivery.objects.get().pk

        assert "没有退回行 每一行都收下了。" in officer.reads(f"/deliveries/{number}/").words
        assert officer.reads(f"/deliveries/{number}/rejects.xlsx").status == 404

    def test_a_name_alone_tells_nobody(self, officer: Desk) -> None:
        sends(officer, text_rows([HEADS, ("", *GOOD[0][1:]), GOOD[1]]).encode(), rows="2")

        page = officer.reads(f"/deliveries/{Delivery.objects.get().pk}/")

        assert "▲ 没有号码 1 只有姓名，认不出是谁；同名的人记为“未核到”" in page.words

    def test_it_is_held_against_the_people_of_the_county(self, officer: Desk) -> None:
        divisions()
        household()  # the family of 王秀英 and 李建国
        number = taken(officer)
        address = officer.reads(f"/deliveries/{number}/").link("和人员比对")

        page = officer.follows(officer.does(address))

        assert "3 人和 2 行比对完：新认出 2 行，待人工认定 0 行。" in page.words
        assert "2025-01-06" in page.words
        assert "已比对。" in page.words
        assert page.link("再比对一次") == address

    def test_there_is_none(self, officer: Desk) -> None:
        assert officer.reads("/deliveries/987654/").status == 404
        assert officer.reads("/deliveries/987654/link/").status == 404
        assert officer.reads("/deliveries/987654/rejects.xlsx").status == 404


class TestLayouts:
    def test_the_columns_are_told_to_a_department(self, officer: Desk) -> None:
        page = officer.reads("/deliveries/sources/bank_deposits/")

        assert "银行存款的列和样例" in page.words
        assert "余额 账户余额、存款余额 金额（元），如 1234.56 是 14" in page.words
        assert "18位号码，单元格设为文本格式 — 18" in page.words
        assert page.link("空表（Excel）") == "/deliveries/sources/bank_deposits/template.xlsx"

    @pytest.mark.parametrize("source", SOURCES)
    def test_an_empty_workbook_has_the_headings_that_are_read(self, officer: Desk, source: str) -> None:
        known = SOURCES[source]
        address = f"/deliveries/sources/{source}/template.xlsx"

        (heads,) = sheet_rows(officer.client, address)

        assert heads == [column.zh for column in (*known.identity, *known.columns)]
        empty = read_rows(officer.client.get(address).content, known, date(2024, 12, 31), SOURCES.values())
        assert [len(rows.kept) for rows in empty.batches] == []
        assert empty.remarks == []

    @pytest.mark.parametrize("source", SOURCES)
    def test_a_sample_is_read_as_it_is_given_out(self, officer: Desk, source: str) -> None:
        sample = officer.client.get(f"/deliveries/sources/{source}/sample.csv").content

        read = read_rows(sample, SOURCES[source], date(2026, 12, 31), SOURCES.values())

        assert read.encoding == "UTF-8（BOM）"
        assert sum(len(rows.kept) for rows in read.batches) >= 2

    def test_there_is_no_such_source(self, officer: Desk) -> None:
        for address in ("/", "/template.xlsx", "/sample.csv"):
            assert officer.reads(f"/deliveries/sources/nobody{address}").status == 404


def test_the_county_alone_takes_and_sees_data(county: None) -> None:
    number = taken(county_desk())
    auditor = Desk(hired("audit9", "钱审计", division=COUNTY, duties=(Duty.AUDIT,)))
    clerk, town = Desk(hired("clerk9", "王经办")), Desk(hired("town9", "王镇长", division=TOWN, duties=(Duty.CONFIRM,)))

    for address in ("/deliveries/", f"/deliveries/{number}/", f"/deliveries/{number}/rejects.xlsx"):
        assert auditor.reads(address).status == 200
        assert clerk.reads(address).status == 403
        assert town.reads(address).status == 403
    assert auditor.reads(NEW).status == 403
    assert "收下数据" not in auditor.reads("/deliveries/").words
