"""听取意见的表: told, heard and closed by forms; the case's page shows it, and the wrong hands are kept out."""

from datetime import date

import pytest

from opendibao.intake.actions import accept_case, submit_case
from opendibao.intake.models import Case, CaseLetter
from opendibao.kernel.duties import Duty
from tests.payment.builders import FAR_VILLAGE, VILLAGE, at, divisions, family
from tests.web.desk import OTHER_TOWN, Desk, hired

ACCEPTED = date(2025, 1, 2)  # today is 2025-01-06


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk71", "王经办"))


def case_of(number: str = "A1", division: str = VILLAGE) -> Case:
    """A re-verification of a covered family."""
    home = family(number, division=division).household
    made = submit_case(home.pk, kind="review", channel="review", declared={}, on=ACCEPTED, at=at(ACCEPTED))
    return accept_case(made.pk, on=ACCEPTED, at=at(ACCEPTED))


def tell(desk: Desk, case: Case, **typed: str) -> object:
    told = {"told_on": "2025-01-03", "proposal": "儿子有了工作，拟每月减发 120 元", **typed}
    return desk.does(f"/cases/{case.pk}/hearing/tell/", **told)


@pytest.mark.usefixtures("new_law")
class TestTheForms:
    def test_the_family_is_told_then_heard_and_the_page_says_so(self, clerk: Desk) -> None:
        case = case_of()
        assert clerk.reads(f"/cases/{case.pk}/").link("告知拟作决定") == f"/cases/{case.pk}/hearing/tell/"

        page = clerk.follows(tell(clerk, case))  # type: ignore[arg-type]

        # five working days after Friday the 3rd: 6 to 10 January
        assert "告知书已写好" in page.words
        assert "可提意见到 2025-01-10" in page.words
        assert CaseLetter.objects.filter(kind="hearing").count() == 1

        page = clerk.follows(
            clerk.does(
                f"/cases/{case.pk}/hearing/", heard_on="2025-01-06", way="phone", words="只做到年底", considered="采纳"
            )
        )

        assert "已登记家庭意见" in page.words
        assert "2025-01-06，电话，王经办登记" in page.words
        assert "家庭意见 只做到年底" in page.words
        assert not [words for words, _href in page.links if words == "登记家庭意见"]

    def test_silence_before_the_days_have_run_is_refused_and_nothing_typed_is_lost(self, clerk: Desk) -> None:
        case = case_of()
        tell(clerk, case)

        page = clerk.does(
            f"/cases/{case.pk}/hearing/", heard_on="2025-01-06", way="silent", words="", considered="按现有情况办"
        )

        assert page.status == 422
        assert "家庭可以提意见到2025-01-10为止" in page.words
        assert "按现有情况办" in page.html

    def test_what_is_done_is_not_done_again(self, clerk: Desk) -> None:
        case = case_of()
        assert "还没有告知拟作决定，请先告知" in clerk.reads(f"/cases/{case.pk}/hearing/").words
        tell(clerk, case)
        assert "已于 2025-01-03 告知过" in clerk.reads(f"/cases/{case.pk}/hearing/tell/").words

    def test_two_officers_at_once_the_second_sees_what_the_first_did(self, clerk: Desk) -> None:
        case, other = case_of(), Desk(hired("clerk72", "赵经办"))
        address = f"/cases/{case.pk}/hearing/tell/"
        opened = other.opens(address)
        tell(clerk, case)

        page = other.sends(address, **opened, told_on="2025-01-06", proposal="拟停发")

        assert page.status == 409
        assert "王经办" in page.words
        assert "儿子有了工作" in page.words
        assert "拟停发" in page.words


class TestWalls:
    def test_another_township_and_another_duty_are_kept_out(self, clerk: Desk) -> None:
        case = case_of("B1", FAR_VILLAGE)
        surveyor = Desk(hired("survey71", "陈走访", division=OTHER_TOWN, duties=(Duty.SURVEY,)))

        assert clerk.reads(f"/cases/{case.pk}/hearing/tell/").status == 404
        assert surveyor.reads(f"/cases/{case.pk}/hearing/tell/").status == 403

    def test_before_the_new_law_the_page_of_a_case_asks_for_nothing(self, clerk: Desk) -> None:
        assert "告知拟作决定" not in clerk.reads(f"/cases/{case_of().pk}/").words

    def test_a_family_may_be_heard_before_the_new_law_too(self, clerk: Desk) -> None:
        case = case_of()
        assert "在那以前听取也可以" in clerk.reads(f"/cases/{case.pk}/hearing/tell/").words

        page = clerk.follows(tell(clerk, case))  # type: ignore[arg-type]

        assert "可提意见到 2025-01-10" in page.words

    def test_a_case_that_is_not_there_is_not_found(self, clerk: Desk) -> None:
        assert clerk.reads("/cases/999999/hearing/").status == 404


@pytest.fixture
def new_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """The procedure of 2026 in force today: the demonstration lives at the beginning of 2025."""
    from opendibao.policy import procedures
    from opendibao.policy.reader import pack_of_division

    def asked(division: str, on: date) -> procedures.Procedure:
        return procedures.procedure_in(pack_of_division(division), date(2026, 7, 1), "hukou-2026")

    monkeypatch.setattr("opendibao.decision.hearing.procedure_of", asked)
