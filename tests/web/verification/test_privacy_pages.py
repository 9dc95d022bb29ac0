"""个人信息保护的页面: who was asked about, whose looking is odd, lists and their key, what is cleared."""

import re
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from opendibao.audit.actions import record_view
from opendibao.audit.models import Submission, Viewing
from opendibao.audit.session import acting
from opendibao.audit.submissions import Submitted
from opendibao.intake.models import Case
from opendibao.kernel.duties import EVERY_DUTY, Duty
from opendibao.registry.queries import person_id
from opendibao.verification.actions import request_match
from opendibao.verification.models import Delivery, Exchange, Purge
from opendibao.verification.privacy.exchange_queries import exchange, list_file
from opendibao.verification.privacy.lookups import Question, log_lookups
from tests.intake.builders import ASKED, authorised
from tests.registry.builders import MOTHER, SHANGHAI, at, divisions
from tests.verification.privacy.delivered import delivered
from tests.verification.privacy.department import answer
from tests.web.conftest import Page
from tests.web.desk import COUNTY, OTHER_TOWN, Desk, county_desk, hired

HOME = "999999-00001"


@pytest.fixture
def case(county: None) -> Case:
    """A family of three about whom everybody is asked; the mother was looked up."""
    divisions()
    made = authorised()
    request_match(made.pk, on=ASKED, at=at(ASKED))
    log_lookups(
        [Question(person_id(MOTHER.id_number) or 0, name, "match", made.pk) for name in ("tax", "vehicles")],
        on=ASKED, at=at(ASKED),
    )  # fmt: skip
    return made


@pytest.fixture
def clerk(case: Case) -> Desk:
    return Desk(hired("clerk9", "王经办"))


@pytest.fixture
def county_officer(case: Case) -> Desk:
    return county_desk()


@pytest.fixture
def auditor(case: Case) -> Desk:
    return Desk(hired("audit9", "钱审计", division=COUNTY, duties=(Duty.AUDIT,)))


@pytest.fixture
def operator(case: Case) -> Desk:
    return Desk(hired("operate9", "孙运行", division=COUNTY, duties=(Duty.OPERATE,)))


class TestWhoAskedAboutMyFamily:
    def test_it_says_when_whom_what_why_on_what_right_and_who(self, clerk: Desk, case: Case) -> None:
        page = clerk.reads(f"/lookups/households/{HOME}/")

        assert "谁查过王秀英家" in page.words
        assert "向部门查询 1 次，涉及 1 人，由 1 名工作人员查询" in page.words
        assert "2024-03-05 09:00 王秀英" in page.words
        assert "申请和复核的信息核对" in page.words
        assert "王秀英 2024-03-04 签的核对授权书（民发〔2021〕57号第九条、第十七条） 张经办" in page.words
        assert page.link("申请和复核的信息核对") == f"/cases/{case.pk}/"

    def test_to_look_is_itself_on_record_and_shown(self, clerk: Desk) -> None:
        clerk.reads(f"/lookups/households/{HOME}/")

        assert [(row.actor, row.page) for row in Viewing.objects.filter(subject=HOME)] == [("王经办", "查询登记")]
        assert "王经办 查询登记 1" in clerk.reads(f"/lookups/households/{HOME}/").words

    def test_the_page_of_the_household_leads_there(self, clerk: Desk) -> None:
        assert clerk.reads(f"/households/{HOME}/").link("看查询登记") == f"/lookups/households/{HOME}/"

    def test_it_goes_out_as_a_workbook(self, clerk: Desk) -> None:
        response = clerk.client.get(f"/lookups/households/{HOME}/list.xlsx")

        rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert rows[0] == ["时间", "查谁", "问了哪些部门", "为什么查", "凭什么查", "谁查的"]
        assert rows[1][:2] == ["2024-03-05 09:00", "王秀英"]

    def test_a_foreign_township_and_a_number_that_is_none_find_nothing(self, case: Case) -> None:
        stranger = Desk(hired("clerk8", "远经办", division=OTHER_TOWN))

        assert stranger.reads(f"/lookups/households/{HOME}/").status == 404
        assert stranger.reads("/lookups/households/999999-99999/").status == 404
        assert stranger.reads("/lookups/households/999999-99999/list.xlsx").status == 404

    def test_a_family_that_nobody_asked_about(self, county: None) -> None:
        divisions()
        authorised()

        page = Desk(hired("clerk9", "王经办")).reads(f"/lookups/households/{HOME}/")

        assert "还没有向部门查询过" in page.words


def looks(officer: str, files: int, hour: int = 9) -> None:
    first = datetime(2025, 1, 6, hour, tzinfo=SHANGHAI)
    with acting(officer, "360429", EVERY_DUTY):
        for n in range(files):
            record_view(f"999999-{n:05}", "360429100201", "家庭主页", at=first + timedelta(minutes=n))


class TestWhoseLookingIsOdd:
    def test_the_list_says_why_and_by_what_limits(self, auditor: Desk) -> None:
        looks("王经办", 30)
        looks("周编制", 10)
        looks("陈走访", 1, hour=21)

        page = auditor.reads("/lookups/")

        assert "王经办 ▲ 打开得特别多 30 一天打开 30 份，同事当天的中位数是 10 份" in page.words
        assert "陈走访 ▲ 夜间打开 1 1 份在夜间打开" in page.words
        assert "近 30 天有 2 条要核实，涉及 2 名工作人员" in page.words
        assert "一天打开 30 份以上并达到同事中位数 3 倍的，20 点到次日 7 点打开的" in page.words

    def test_a_day_opens_what_was_opened_and_is_itself_on_record(self, auditor: Desk) -> None:
        looks("陈走访", 2, hour=21)

        page = auditor.reads(auditor.reads("/lookups/").link("2025-01-06"))

        assert "21:00 999999-00000 21:01 999999-00001" in page.words
        assert Viewing.objects.filter(actor="钱审计", page="查询审计").count() == 1

    def test_it_goes_out_as_a_workbook(self, auditor: Desk) -> None:
        looks("陈走访", 1, hour=21)

        response = auditor.client.get("/lookups/list.xlsx?days=30")

        rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert rows[1] == ["2025-01-06", "陈走访", "夜间打开", "1", "1 份在夜间打开"]

    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("/lookups/?days=7", "“7”不是可选的时间"),
            ("/lookups/day/?officer=王经办&day=昨天", "“昨天”不是日期"),
            ("/lookups/day/?day=2025-01-06", "请写明查哪一位工作人员"),
        ],
    )
    def test_what_cannot_be_asked_is_said(self, auditor: Desk, address: str, said: str) -> None:
        page = auditor.reads(address)

        assert page.status == 400
        assert said in page.words

    def test_nothing_odd(self, auditor: Desk) -> None:
        assert "没有要核实的查询" in auditor.reads("/lookups/").words

    def test_todays_work_tells_the_auditor(self, auditor: Desk) -> None:
        looks("陈走访", 1, hour=21)

        page = auditor.reads("/today/")

        assert "异常查询要核实" in page.words
        assert "/lookups/" in [href for _words, href in page.links]

    def test_it_is_for_audit_alone(self, clerk: Desk, county_officer: Desk) -> None:
        assert clerk.reads("/lookups/").status == 403
        assert county_officer.reads("/lookups/").status == 403


def listed(desk: Desk, form: str = "tokens") -> int:
    """A list is made at the desk; its id."""
    sent = desk.does("/exchanges/new/", source="bank_deposits", whom="open", form=form, purpose="办理低保核对")
    assert "名单 核单〔2025〕" in desk.follows(sent).words
    return Exchange.objects.latest("id").pk


def key_on(page: Page) -> str:
    """The key as a page shows it, in groups of four."""
    groups = page.html.split('key-groups">')[1].split("</p>")[0]
    return "".join(re.findall(r"<span>([0-9a-f]{4})</span>", groups))


class TestLists:
    def test_nobody_has_made_one(self, county_officer: Desk) -> None:
        page = county_officer.reads("/exchanges/")

        assert "还没有制作过名单" in page.words
        assert page.link("制作名单") == "/exchanges/new/"

    def test_a_list_shows_its_persons_masked(self, county_officer: Desk) -> None:
        page = county_officer.reads(f"/exchanges/{listed(county_officer, 'clear')}/")

        assert "核单〔2025〕0001号 银行存款，3 人，2025-01-06 由李审核制作" in page.words
        assert "王秀英 999999********" in page.words
        assert MOTHER.id_number not in page.html
        assert "交付密钥" not in page.words

    def test_its_workbook_has_the_numbers_and_whoever_takes_it_is_on_record(self, county_officer: Desk) -> None:
        number = listed(county_officer, "clear")

        response = county_officer.client.get(f"/exchanges/{number}/list.xlsx")

        rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert rows[0] == ["序号", "姓名", "证件号码", "性别", "出生日期"]
        assert MOTHER.id_number in [row[2] for row in rows]
        assert [(row.actor, row.page) for row in Viewing.objects.filter(page="导出核对名单")] == [
            ("李审核", "导出核对名单")
        ]

    def test_by_tokens_neither_file_has_a_number(self, county_officer: Desk) -> None:
        number = listed(county_officer)

        book = county_officer.client.get(f"/exchanges/{number}/list.xlsx").content
        lines = county_officer.client.get(f"/exchanges/{number}/list.ndjson").content.decode()

        rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
        assert rows[0] == ["序号", "标识码"]
        assert MOTHER.id_number not in str(rows) + lines
        assert len(lines.splitlines()) == 4

    def test_auditors_see_lists_and_take_none(self, auditor: Desk, county_officer: Desk) -> None:
        number = listed(county_officer)

        assert auditor.reads(f"/exchanges/{number}/").status == 200
        assert auditor.reads(f"/exchanges/{number}/list.xlsx").status == 403
        assert auditor.reads(f"/exchanges/{number}/key/").status == 403
        assert auditor.reads("/exchanges/99/").status == 404

    def test_nothing_typed_is_lost_where_nobody_can_be_listed(self, county_officer: Desk) -> None:
        page = county_officer.does(
            "/exchanges/new/", source="bank_deposits", whom="in_force", form="clear", purpose="本月核查"
        )

        assert page.status == 422
        assert "现在没有全部在保家庭的成员，不用制作名单" in page.words
        assert "本月核查" in page.html


class TestTheKey:
    def test_it_is_shown_once_and_kept_by_nobody(self, county_officer: Desk) -> None:
        number = listed(county_officer)

        page = county_officer.does(f"/exchanges/{number}/key/", given_to="农商银行周某")

        key = "".join(
            page.html.split('key-groups">')[1].split("</p>")[0].replace("<span>", "").replace("</span>", "").split()
        )
        assert (page.status, len(bytes.fromhex(key))) == (200, 32)
        assert page.headers["Cache-Control"] == "no-store"
        again = county_officer.reads(f"/exchanges/{number}/key/")
        assert "已交给农商银行周某，不能再看" in again.words
        assert key not in again.html + str(_submissions())
        assert "2025-01-06 交给农商银行周某" in county_officer.reads("/exchanges/").words

    def test_the_same_form_again_shows_nothing(self, county_officer: Desk) -> None:
        number = listed(county_officer)
        form = county_officer.opens(f"/exchanges/{number}/key/")
        county_officer.sends(f"/exchanges/{number}/key/", **form, given_to="农商银行周某")

        again = county_officer.sends(f"/exchanges/{number}/key/", **form, given_to="农商银行周某")

        assert again.status == 303
        assert "key-groups" not in county_officer.follows(again).html


class TestTheAnswer:
    def test_it_is_filed_and_what_is_not_known_is_told(self, county_officer: Desk) -> None:
        number = listed(county_officer)
        row = exchange(number)
        assert row
        page = county_officer.does(f"/exchanges/{number}/key/", given_to="农商银行周某")
        key = "".join(
            page.html.split('key-groups">')[1].split("</p>")[0].replace("<span>", "").replace("</span>", "").split()
        )
        record = {"id_number": MOTHER.id_number, "name": "王秀英", "bank": "农商银行", "account": "6001",
                  "balance": "98000", "as_of": "2025-01-03"}  # fmt: skip
        data = answer(list_file(row, ""), key, [record]) + f"id:{'0' * 32},农商银行,6002,5,2025-01-03\n".encode()

        sent = _answered(county_officer, number, data)

        said = county_officer.follows(sent).words
        assert "收到 2 行：入库 1 行，退回 0 行，认不出的 1 行。第3行的标识码不足以认出名单里的人" in said
        assert Delivery.objects.get().authorisation == "核单〔2025〕0001号"

    def test_a_file_that_is_none_keeps_what_was_typed(self, county_officer: Desk) -> None:
        number = listed(county_officer)

        page = _answered(county_officer, number, b"")

        assert page.status == 422
        assert "2025-01-03" in page.html
        assert not Delivery.objects.exists()


def _answered(desk: Desk, number: int, data: bytes) -> Page:
    typed = {**desk.opens(f"/exchanges/{number}/answer/"), "department": "县农商银行", "legal_basis": "57号第十七条",
             "authorisation": "核单〔2025〕0001号", "as_of": "2025-01-03"}  # fmt: skip
    file = SimpleUploadedFile("答复.csv", data)
    return desk.sends(f"/exchanges/{number}/answer/", **typed, file=file)  # type: ignore[arg-type]


def _submissions() -> list[Submitted]:
    return [Submitted(row.officer, row.content, row.led_to, row.said) for row in Submission.objects.all()]


class TestWhatIsCleared:
    def test_what_is_kept_says_until_when(self, operator: Desk) -> None:
        delivered(on=date(2024, 12, 2))

        page = operator.reads("/retention/")

        assert "车辆 县车辆管理所 2024-12-02 2 24 个月 2026-12-02 留存中" in page.words
        assert "到期可以清除 0 份" in page.words
        assert "留存月数还没有与本地制度核对" in page.words

    def test_a_person_clears_what_is_due(self, operator: Desk) -> None:
        delivery = delivered(on=date(2022, 12, 2))
        way = operator.reads("/retention/").link("到期，可以清除")

        said = operator.follows(operator.does(way, reason="留存到期")).words

        assert "已清除 1 行数据和 1 行退回行" in said
        assert "2025-01-06 由孙运行清除" in said
        assert Purge.objects.get(delivery=delivery).reason == "留存到期"

    def test_todays_work_tells_whoever_runs_the_system(self, operator: Desk) -> None:
        assert "部门数据留存到期" not in operator.reads("/today/").words
        delivered(on=date(2022, 12, 2))

        page = operator.reads("/today/")

        assert "部门数据留存到期" in page.words
        assert "/retention/" in [href for _words, href in page.links]

    def test_before_its_day_there_is_no_button(self, operator: Desk) -> None:
        page = operator.reads(f"/retention/{delivered(on=date(2024, 12, 2)).pk}/purge/")

        assert "还没有到期，2026-12-02 起才能清除" in page.words
        assert "清除，不能恢复" not in page.words

    def test_without_a_reason_it_is_not_done(self, operator: Desk) -> None:
        delivery = delivered(on=date(2022, 12, 2))

        page = operator.does(f"/retention/{delivery.pk}/purge/", reason=" ")

        assert page.status == 422
        assert not Purge.objects.exists()

    def test_who_confirms_sees_and_does_not_clear(self, county_officer: Desk) -> None:
        delivery = delivered(on=date(2022, 12, 2))

        assert "到期，可以清除" in county_officer.reads("/retention/").words
        assert county_officer.reads(f"/retention/{delivery.pk}/purge/").status == 403

    def test_nothing_was_delivered(self, operator: Desk) -> None:
        assert "还没有送达数据" in operator.reads("/retention/").words
        assert operator.reads("/retention/9/purge/").status == 404
