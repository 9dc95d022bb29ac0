"""代领: registered on a signed agreement, counts once filed, looked at every year, ended with a day and a reason."""

from datetime import date

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY, Duty
from opendibao.registry.account_standing import proxies_on
from opendibao.registry.actions import end_proxy, file_proxy, move_household, record_death, review_proxy
from opendibao.registry.custody_queries import proxies, proxy
from opendibao.registry.entries import PaperEntry
from opendibao.registry.models import HouseholdPaper, Proxy, ProxyReview
from opendibao.registry.queries import members_on
from opendibao.registry.refusal import RegistryRefused
from tests.conftest import ActAs
from tests.registry.agreements import ENTERED, PROXY_ID, SIGNED, a_proxy, filed_proxy
from tests.registry.builders import CHILD, FAR_VILLAGE, LONER, at, divisions, household

DAY = date(2024, 3, 15)


@pytest.mark.usefixtures("places")
class TestRegistering:
    def test_it_counts_once_the_county_has_taken_note(self) -> None:
        pk = household()
        made = a_proxy(pk)
        assert proxies_on(pk, DAY) == []

        with acting("县备案", "360429", {Duty.CONFIRM}):
            file_proxy(made.pk, on=ENTERED, at=at(ENTERED))

        assert proxies_on(pk, DAY) == ["陈代领"]
        assert proxies_on(pk, SIGNED) == []  # nothing counts before the county knew
        assert proxies_on(pk, DAY, with_account=True) == []
        (row,) = proxies(DAY)
        assert (row.name, row.filed_by, row.due_on, row.reviewed_on) == ("陈代领", "县备案", date(2025, 2, 1), None)

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"name": ""}, "缺少代领人姓名"),
            ({"phone": ""}, "缺少代领人电话"),
            ({"id_number": "99999919700605"}, "代领人：.*身份证号"),
            ({"relation": "x"}, "与家庭关系“x”不在可选项内"),
            ({"reason": "x"}, "代领原因“x”不在可选项内"),
            ({"reason": "other"}, "缺少原因说明"),
            ({"agreed_by": "路人甲"}, "签字人“路人甲”在2024-02-01不是家庭成员"),
            ({"agreed_on": DAY, "since": DAY}, "协议日期不能晚于今天"),
            ({"since": date(2024, 1, 31)}, "开始日期不能早于协议日期"),
            ({"until": date(2024, 1, 31)}, "截止日期2024-01-31早于开始日期"),
            ({"until": SIGNED}, "截止日期2024-02-01已经过去，不用登记"),
            ({"relation": "village", "takes_account": True}, "不能打入他本人的账户"),
            ({"paper": PaperEntry("application/pdf", b"MZ")}, "代领协议不是照片或PDF"),
            ({"paper": PaperEntry("application/pdf", b"")}, "代领协议是空的"),
        ],
    )
    def test_a_faulty_entry_is_refused(self, more: dict[str, object], said: str) -> None:
        with pytest.raises(RegistryRefused, match=said):
            a_proxy(household(), **more)
        assert not Proxy.objects.exists()
        assert not HouseholdPaper.objects.exists()

    def test_the_same_proxy_twice_is_refused_and_again_after_the_end_is_not(self) -> None:
        pk = household()
        made = a_proxy(pk)
        with pytest.raises(RegistryRefused, match="这个代领人在这段时间已经登记过"):
            a_proxy(pk)

        end_proxy(made.pk, reason="搬走了", last_day=SIGNED, on=ENTERED, at=at(ENTERED))
        again = a_proxy(pk, since=ENTERED, agreed_on=ENTERED)

        assert {row.id: row.until for row in proxies(DAY)} == {made.pk: SIGNED, again.pk: None}
        assert HouseholdPaper.objects.count() == 1  # the same bytes are kept once

    def test_whoever_entered_it_does_not_file_it(self) -> None:
        made = a_proxy(household())
        with pytest.raises(RegistryRefused, match="登记和备案应由两人分别办理"):
            file_proxy(made.pk, on=ENTERED, at=at(ENTERED))
        with acting("县备案", "360429", EVERY_DUTY):
            with pytest.raises(RegistryRefused, match="早于登记日期"):
                file_proxy(made.pk, on=SIGNED, at=at(SIGNED))
            file_proxy(made.pk, on=ENTERED, at=at(ENTERED))
            with pytest.raises(RegistryRefused, match="已由县备案在2024-02-02备案"):
                file_proxy(made.pk, on=ENTERED, at=at(ENTERED))


@pytest.mark.usefixtures("places")
class TestReviewing:
    def test_a_look_puts_the_next_one_off_by_a_year(self) -> None:
        made = filed_proxy(household())

        review_proxy(
            made.pk, way="visit", spoken_with="王秀英", goes_on=True, findings="每月都交到手", on=DAY, at=at(DAY)
        )

        row = proxy(made.pk, DAY)
        assert row
        assert (row.reviewed_on, row.due_on, row.until) == (DAY, date(2025, 3, 15), None)

    def test_where_it_is_not_to_go_on_it_ends_that_day(self) -> None:
        pk = household()
        made = filed_proxy(pk)

        review_proxy(
            made.pk, way="visit", spoken_with="王秀英", goes_on=False, findings="没有把钱交给本人", on=DAY, at=at(DAY)
        )

        row = proxy(made.pk, date(2024, 3, 16))
        assert row
        assert (row.until, row.ended_by, row.end_reason, row.due_on) == (DAY, "张经办", "没有把钱交给本人", None)
        assert proxies_on(pk, date(2024, 3, 16)) == []
        with pytest.raises(RegistryRefused, match="陈代领的代领已由张经办终止"):
            end_proxy(made.pk, reason="x", last_day=DAY, on=DAY, at=at(DAY))

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"findings": ""}, "缺少复核情况"),
            ({"way": "x"}, "核查方式“x”不在可选项内"),
            ({"spoken_with": "陈代领"}, "“陈代领”不是代领人以外的家庭成员"),
            ({"on": date(2024, 1, 31)}, "复核日期2024-01-31早于开始日期"),
        ],
    )
    def test_a_faulty_review_is_refused(self, more: dict[str, object], said: str) -> None:
        made = filed_proxy(household())
        given = {"way": "visit", "spoken_with": "王秀英", "goes_on": True, "findings": "好", "on": DAY, **more}

        with pytest.raises(RegistryRefused, match=said):
            review_proxy(made.pk, at=at(DAY), **given)  # type: ignore[arg-type]
        assert not ProxyReview.objects.exists()

    def test_twice_on_one_day_is_refused(self) -> None:
        made = filed_proxy(household())
        given = {"way": "visit", "spoken_with": "王秀英", "goes_on": True, "findings": "好", "on": DAY, "at": at(DAY)}
        review_proxy(made.pk, **given)  # type: ignore[arg-type]
        with pytest.raises(RegistryRefused, match="已经复核过"):
            review_proxy(made.pk, **given)  # type: ignore[arg-type]

    def test_the_last_day_lies_in_its_time(self) -> None:
        made = filed_proxy(household(), until=DAY)
        for last_day, on in ((date(2024, 1, 31), DAY), (date(2024, 3, 16), date(2024, 3, 20))):
            with pytest.raises(RegistryRefused, match="应在代领期间内"):
                end_proxy(made.pk, reason="搬走了", last_day=last_day, on=on, at=at(on))
        with pytest.raises(RegistryRefused, match="缺少终止原因"):
            end_proxy(made.pk, reason="", last_day=DAY, on=DAY, at=at(DAY))
        with pytest.raises(RegistryRefused, match="没有这个代领人"):
            end_proxy(0, reason="x", last_day=DAY, on=DAY, at=at(DAY))


@pytest.mark.usefixtures("places")
class TestItsTime:
    def test_what_has_run_out_is_agreed_anew(self) -> None:
        pk = household()
        made = filed_proxy(pk, until=date(2024, 3, 1))
        assert proxies_on(pk, DAY) == []

        with pytest.raises(RegistryRefused, match="陈代领的代领已在2024-03-01到期；家里还要他代领的，请重新签协议"):
            review_proxy(made.pk, way="visit", spoken_with="王秀英", goes_on=True, findings="好", on=DAY, at=at(DAY))
        again = filed_proxy(pk, DAY, agreed_on=DAY, since=DAY)

        assert proxies_on(pk, DAY) == ["陈代领"]
        assert {row.id: row.due_on for row in proxies(DAY)} == {made.pk: None, again.pk: date(2025, 3, 15)}

    def test_one_that_was_not_filed_in_its_time_is_not_filed_after_it(self) -> None:
        made = a_proxy(household(), until=date(2024, 3, 1))
        with acting("县备案", "360429", EVERY_DUTY), pytest.raises(RegistryRefused, match="已在2024-03-01到期"):
            file_proxy(made.pk, on=DAY, at=at(DAY))

    def test_one_that_lies_ahead_can_be_called_off(self) -> None:
        pk = household()
        made = filed_proxy(pk, since=DAY)
        end_proxy(made.pk, reason="不用了", last_day=DAY, on=ENTERED, at=at(ENTERED))
        assert proxies_on(pk, date(2024, 3, 16)) == []


@pytest.mark.usefixtures("places")
class TestHimself:
    def test_a_proxy_neither_files_nor_reviews_himself(self) -> None:
        made = a_proxy(household(), name="赵村干", relation="village")
        with acting("赵村干", "360429", EVERY_DUTY), pytest.raises(RegistryRefused, match="代领人也不能自己备案"):
            file_proxy(made.pk, on=ENTERED, at=at(ENTERED))
        with acting("赵村干", "360429", EVERY_DUTY), pytest.raises(RegistryRefused, match="代领人不能复核自己"):
            review_proxy(made.pk, way="visit", spoken_with="王秀英", goes_on=True, findings="好", on=DAY, at=at(DAY))

    def test_where_only_the_proxy_is_left_he_is_ended_not_reviewed(self) -> None:
        pk = household("999999-00002", LONER)
        made = filed_proxy(pk, agreed_by="单有福")
        (loner,) = members_on(pk, DAY)
        record_death(loner.person_id, died=date(2024, 3, 10), at=at(DAY))
        with pytest.raises(RegistryRefused, match="不用复核，请终止代领"):
            review_proxy(made.pk, way="visit", spoken_with="单有福", goes_on=True, findings="好", on=DAY, at=at(DAY))
        end_proxy(made.pk, reason="本人去世", last_day=DAY, on=DAY, at=at(DAY))


@pytest.mark.usefixtures("places")
def test_a_member_may_be_a_proxy_and_the_number_is_kept_whole() -> None:
    made = a_proxy(household(), name=CHILD.name, relation="member", id_number=PROXY_ID.lower())

    assert made.id_number == PROXY_ID


def test_a_proxy_moves_with_the_household(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        pk = household()
        filed_proxy(pk)
        move_household(pk, division=FAR_VILLAGE, area="rural", address="1", on=DAY, at=at(DAY))
    with act_as("360429100"):
        assert proxies(DAY) == []
    with act_as("360429101"):
        assert [row.name for row in proxies(DAY)] == ["陈代领"]
