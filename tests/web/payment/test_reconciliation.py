"""对账: the equation opens its rows, a damaged answer is refused whole, differences get owners, then it closes."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opendibao.audit.models import Viewing
from opendibao.kernel.duties import Duty
from opendibao.payment.actions import sendings
from opendibao.payment.bank_return import render_results
from opendibao.payment.models import Attempt, BankFile, PayRun, ReconException
from tests.payment.builders import COUNTY, family
from tests.payment.months import approved
from tests.web.conftest import Page
from tests.web.desk import OTHER_TOWN, TOWN, Desk, hired
from tests.web.payment.answered import FOREIGN, MONTH, PHONE, Answered, answered_month, results, sent_month
from tests.web.test_acts_tickets import faults

RUN = "/pay-runs/2025-01/"
PAGE, RESULT, DECIDE, CLOSE = (f"{RUN}{page}/" for page in ("reconciliation", "result", "exceptions/decide", "close"))


def payer(username: str = "county92", name: str = "周编制") -> Desk:
    return Desk(hired(username, name, division=COUNTY, duties=(Duty.PAY,)))


def dropped(data: bytes, name: str = "结果.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def takes(desk: Desk, address: str, data: bytes) -> Page:
    return desk.does(address, file=dropped(data))  # type: ignore[arg-type]


@pytest.fixture
def sent(county: None) -> Answered:
    return sent_month()


@pytest.fixture
def answered(county: None) -> Answered:
    return answered_month()


class TestDroppingTheAnswer:
    def test_it_is_taken_whole_and_counted(self, sent: Answered) -> None:
        desk = payer()

        page = desk.follows(takes(desk, RESULT, sent.answer))

        assert "已收下：成功 5 笔 2,515.00 元，退回 1 笔 700.00 元，金额不符 1 笔，外来 1 笔。" in page.words
        assert "已送 4,521.00 8 笔" in page.words

    def test_the_form_stands_on_the_runs_page_and_on_this_one(self, sent: Answered) -> None:
        desk = payer()
        for address in (RUN, PAGE):
            page = desk.reads(address)
            assert f'action="{RESULT}"' in page.html
            assert 'type="file"' in page.html

    def test_the_same_file_again_changes_nothing(self, sent: Answered) -> None:
        desk = payer()
        takes(desk, RESULT, sent.answer)
        before = BankFile.objects.count()

        page = desk.follows(takes(desk, RESULT, sent.answer))

        assert "这个文件以前收过，什么也没有变。" in page.words
        assert BankFile.objects.count() == before

    @pytest.mark.parametrize(
        ("harm", "said"),
        [
            (lambda data: data[: len(data) // 2], "向银行重新取文件"),
            (lambda data: data.replace(b"501.00", b"501.01", 1), "校验码不符"),
            (lambda data: data.decode("gb18030").encode(), "UTF-8"),
            (lambda data: b"", "是空的"),
            (lambda data: b"PK\x03\x04", "重新取文件"),
        ],
        ids=["cut", "changed", "encoding", "empty", "zip"],
    )
    def test_a_damaged_file_is_refused_in_words_and_nothing_is_taken(
        self, sent: Answered, harm: object, said: str
    ) -> None:
        desk = payer()
        before = BankFile.objects.count()

        page = takes(desk, RESULT, harm(sent.answer))  # type: ignore[operator]

        assert page.status == 422
        assert "没有收，一行也没有记：" in page.words
        assert said in faults(page)
        assert BankFile.objects.count() == before
        assert set(Attempt.objects.values_list("state", flat=True)) == {"sent"}

    def test_before_the_file_went_out_there_is_none_to_take(self, county: None) -> None:
        family("H1")
        approved(MONTH)

        page = payer().reads(RESULT)

        assert "这个批次现在是“财政已审”，出盘以后才有银行结果。" in page.words


class TestTheEquation:
    def test_each_term_is_counted_and_opens_its_rows(self, answered: Answered) -> None:
        desk = payer()

        page = desk.reads(PAGE)

        assert "已送 4,521.00 8 笔 成功 2,515.00 5 笔 金额不符 506.00 1 笔" in page.words
        assert "退回 700.00 1 笔 在途 800.00 1 笔 未知 0.00 0 笔" in page.words
        assert "✓ 相等，到分" in page.words
        assert "暂缓 0 笔 0.00 元" in page.words
        assert "外来 1 笔 123.45 元" in page.words
        for words, total in (
            ("已送 4,521.00 8 笔", "合计 8 笔 4,521.00"), ("成功 2,515.00 5 笔", "合计 5 笔 2,515.00"),
            ("金额不符 506.00 1 笔", "合计 1 笔 506.00"), ("退回 700.00 1 笔", "合计 1 笔 700.00"),
            ("在途 800.00 1 笔", "合计 1 笔 800.00"), ("外来 1 笔 123.45 元", "合计 1 笔 123.45"),
        ):  # fmt: skip
            assert desk.reads(page.link(words)).totals == total

    def test_a_returned_row_says_what_to_do_and_whom_to_call(self, answered: Answered) -> None:
        page = payer().reads(f"{PAGE}returned/")

        assert "账户注销" in page.words
        assert "请家庭到银行新开账户或者换一张能用的卡" in page.words
        assert "钱没有丢。原来的账户已经注销" in page.words
        assert page.link(PHONE) == "tel:07926338000"

    def test_the_amount_that_differs_stands_beside_ours(self, answered: Answered) -> None:
        assert "506.00 506.01 2025-01-06" in payer().reads(f"{PAGE}differs/").words

    def test_what_is_not_ours_has_the_banks_number(self, answered: Answered) -> None:
        assert FOREIGN in payer().reads(f"{PAGE}foreign/").words

    def test_no_account_is_shown_in_full(self, answered: Answered) -> None:
        desk = payer()
        accounts = set(Attempt.objects.values_list("account", flat=True))
        assert accounts
        for bucket in ("sent", "paid", "returned", "in_transit"):
            html = desk.reads(f"{PAGE}{bucket}/").html
            assert not [account for account in accounts if account in html]

    def test_there_is_no_other_term(self, answered: Answered) -> None:
        assert payer().reads(f"{PAGE}magic/").status == 404
        assert payer("county93", "吴编制").reads("/pay-runs/2025-02/reconciliation/").status == 404


class TestDifferences:
    def test_many_get_an_owner_and_their_usual_decision_at_once(self, answered: Answered) -> None:
        desk = payer()
        form = desk.opens(DECIDE)
        which = [str(pk) for pk in ReconException.objects.values_list("pk", flat=True)]

        page = desk.sends(DECIDE, **form, which=which, owner="陈乡镇", resolution="usual", note="")  # type: ignore[arg-type]

        assert "已定 4 项，由 陈乡镇 负责。" in desk.follows(page).words
        decided = dict(ReconException.objects.values_list("kind", "resolution"))
        assert decided == {"returned": "reissue", "differs": "bank", "absent": "bank", "foreign": "bank"}

    def test_returned_ones_are_their_townships_and_the_rest_is_whose_name_is_written(self, answered: Answered) -> None:
        hired("clerk91", "别镇经办", division=TOWN)
        hired("clerk92", "许乡镇", division=OTHER_TOWN)
        desk = payer()
        which = [str(pk) for pk in ReconException.objects.values_list("pk", flat=True)]
        typed = {"which": which, "resolution": "usual", "note": "", "by_town": "on"}
        page = desk.reads(DECIDE)
        assert "退回的，各由所在乡镇的经办人负责" in page.words
        assert "许乡镇" in page.words.split("各由所在乡镇的经办人负责")[1].split("责任人")[0]

        assert "请填写“责任人”：" in faults(desk.does(DECIDE, owner="", **typed))  # type: ignore[arg-type]
        done = desk.follows(desk.does(DECIDE, owner="周编制", **typed))  # type: ignore[arg-type]

        assert "已定 4 项：" in done.words
        assert dict(ReconException.objects.values_list("kind", "owner")) == {
            "returned": "许乡镇", "differs": "周编制", "absent": "周编制", "foreign": "周编制",
        }  # fmt: skip

    def test_where_all_are_returned_no_name_is_written(self, answered: Answered) -> None:
        hired("clerk92", "许乡镇", division=OTHER_TOWN)
        desk, returned = payer(), ReconException.objects.get(kind="returned").pk

        page = desk.does(f"{DECIDE}?kind=returned", which=str(returned), owner="", resolution="usual", by_town="on")

        assert "已定 1 项，由 许乡镇 负责。" in desk.follows(page).words

    def test_without_a_clerk_there_a_name_is_asked_for(self, answered: Answered) -> None:
        desk, returned = payer(), ReconException.objects.get(kind="returned").pk

        assert "各由所在乡镇的经办人负责" not in desk.reads(DECIDE).words
        page = desk.does(DECIDE, which=str(returned), owner="", resolution="usual", by_town="on")
        assert "请填写“责任人”" in faults(page)

    def test_the_rows_that_wait_are_ticked_beforehand(self, answered: Answered) -> None:
        page = payer().reads(DECIDE)

        ticked = page.html.count('name="which"'), page.html.count(" checked")
        assert ticked == (4, 4)

    def test_one_kind_alone(self, answered: Answered) -> None:
        page = payer().reads(f"{DECIDE}?kind=returned")

        assert page.html.count('name="which"') == 1
        assert payer("county93", "吴编制").reads(f"{DECIDE}?kind=magic").status == 400

    def test_nothing_ticked_and_no_owner_are_said(self, answered: Answered) -> None:
        page = payer().does(DECIDE, owner="", resolution="bank", note="")

        assert "请在表中勾选要定的差异" in faults(page)
        assert "请填写“责任人”" in faults(page)

    def test_a_decision_that_does_not_fit_the_kind_is_refused_and_what_was_typed_stays(
        self, answered: Answered
    ) -> None:
        desk = payer()
        form, returned = desk.opens(DECIDE), ReconException.objects.get(kind="returned").pk

        page = desk.sends(DECIDE, **form, which=str(returned), owner="陈乡镇", resolution="explained", note="已查")

        assert "“退回”不能定为“已查明，不影响”" in faults(page)
        assert 'value="陈乡镇"' in page.html
        assert not ReconException.objects.exclude(resolution="").exists()

    def test_who_only_reads_sees_them_without_the_form(self, answered: Answered) -> None:
        auditor = Desk(hired("audit91", "审计", division=COUNTY, duties=(Duty.AUDIT,)))

        page = auditor.reads(f"{RUN}exceptions/")

        assert "共 4 项，4 项待定。" in page.words
        assert "定责任人和办法" not in page.words
        assert auditor.reads(DECIDE).status == 403


class TestTheNextStep:
    def test_once_answered_the_run_asks_for_decisions_and_then_for_its_close(self, answered: Answered) -> None:
        desk = payer()
        assert "下一步：定对账差异" in desk.reads(RUN).words
        assert desk.reads(RUN).link("定责任人和办法") == DECIDE
        assert "1 月发放：定对账差异" in desk.reads("/today/").words

        which = [str(pk) for pk in ReconException.objects.values_list("pk", flat=True)]
        desk.does(DECIDE, which=which, owner="陈乡镇", resolution="usual", note="")  # type: ignore[arg-type]

        assert "下一步：关账" in desk.reads(RUN).words
        assert f'action="{CLOSE}"' in desk.reads(RUN).html
        assert "1 月发放：关账" in desk.reads("/today/").words

    def test_while_the_bank_has_said_nothing_it_is_waited_for(self, sent: Answered) -> None:
        desk = payer()

        assert "下一步：回盘" in desk.reads(RUN).words
        assert "1 月发放：回盘" in desk.reads("/today/?group=waiting").words

    def test_before_it_is_sent_there_is_nothing_to_compare(self, county: None) -> None:
        family("H1")
        approved(MONTH)

        page = payer().reads(PAGE)
        assert "还没有出盘" in page.words
        assert "相等，到分" not in page.words


class TestClosing:
    def test_it_is_refused_until_each_difference_has_an_owner_and_then_closes(self, answered: Answered) -> None:
        desk = payer()

        blocked = desk.follows(desk.does(CLOSE))
        assert "还不能关账：6 项差异没有责任人和处理决定，都列在下面，定了再关。" in blocked.words
        assert "没有登记财政支付凭证" in blocked.words  # found by looking over, and kept
        assert PayRun.objects.get().state == "sent"

        form = desk.opens(DECIDE)
        which = [str(pk) for pk in ReconException.objects.filter(settled_on=None).values_list("pk", flat=True)]
        desk.sends(DECIDE, **form, which=which, owner="陈乡镇", resolution="usual", note="等凭证")  # type: ignore[arg-type]
        closed = desk.follows(desk.does(CLOSE))

        assert "已关账。" in closed.words
        assert PayRun.objects.get().state == "closed"
        for page in (RUN, PAGE):
            assert desk.reads(page).link("收迟到的银行结果") == RESULT
        absent = next(each for each in sendings(answered.run.pk) if "-H8-" in each.e2e)
        late = replace(results(answered.run)[0], row=2, e2e=absent.e2e, fen=absent.amount_fen, holder=absent.holder)
        taken = desk.follows(takes(desk, RESULT, render_results([late])))
        assert "已收下：成功 1 笔 800.00 元" in taken.words

    def test_the_reasons_are_links(self, answered: Answered) -> None:
        page = payer().reads(CLOSE)

        assert page.link("4 项差异还没有责任人和处理决定") == DECIDE
        assert page.link("还没有登记财政支付凭证") == f"{RUN}vouchers/"
        assert page.link("还没有收银行对账单") == f"{RUN}statement/"

    def test_a_month_that_is_not_sent_says_so(self, county: None) -> None:
        family("H1")
        approved(MONTH)

        assert "这个批次现在是“财政已审”，不能关账。" in payer().reads(CLOSE).words


class TestFiles:
    def test_the_file_that_went_out_comes_again_and_who_took_it_is_on_record(self, sent: Answered) -> None:
        desk = payer()

        response = desk.client.get(f"{RUN}files/1/")

        assert response.status_code == 200
        assert "62H1" in response.content.decode("gb18030")
        assert "DIBAO-202501-1" in response.headers["Content-Disposition"]
        seen = Viewing.objects.get(page="银行代发文件")
        assert (seen.actor, seen.subject) == ("周编制", "银行代发文件 DIBAO-202501-1.txt")

    def test_a_file_that_was_not_sent_is_not_there(self, sent: Answered) -> None:
        assert payer().reads(f"{RUN}files/7/").status == 400

    def test_nobody_else_may_take_it(self, sent: Answered) -> None:
        for place, duty in enumerate((Duty.FINANCE, Duty.AUDIT, Duty.CONFIRM, Duty.ACCEPT)):
            desk = Desk(hired(f"other{place}", f"别人{place}", division=COUNTY, duties=(duty,)))
            assert desk.reads(f"{RUN}files/1/").status == 403
            assert desk.reads(f"{RUN}roster/pdf/").status == 403
