"""存量建账: good households wait, bad ones go back whole, two officers open the rest with their old decisions."""

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from opendibao.audit.models import Event
from opendibao.decision.models import Decision, OpeningAct, StagedHousehold
from opendibao.decision.opening import (
    DualTrackCounts,
    DualTrackRow,
    bring_in_roster,
    dual_track,
    dual_track_counts,
    sign_opening_act,
    write_rejects,
)
from opendibao.decision.queries import (
    explain,
    households_in_force_ids,
    recomputed_amounts,
    rejects,
    review_classes,
    roster_files,
)
from opendibao.decision.refusal import RosterRefused
from opendibao.demo.roster_faults import Rows
from opendibao.registry.queries import account_on, ids_by_number, members_on, place_on
from tests.conftest import ActAs
from tests.decision.rosters import (
    RECEIVED,
    SIGNED,
    bring,
    bring_rows,
    csv_pair,
    family,
    loner,
    tables,
    xlsx,
)
from tests.registry.builders import COUNTY, VILLAGE, at, household

pytestmark = pytest.mark.usefixtures("places")
OLD = date(2023, 5, 20)


def sign(on: date = SIGNED, first: str = "周编制", second: str = "李审核") -> OpeningAct:
    return sign_opening_act(COUNTY, on=on, first=first, second=second, at=at(on))


def no_account() -> Rows:
    rows = loner()
    rows.household["账号"] = ""
    return rows


class TestBringingIn:
    def test_good_households_wait_and_bad_ones_are_counted(self, tmp_path: Path) -> None:
        found = bring_rows(tmp_path, family(), no_account())

        assert (found.households_read, found.accepted, found.rejected, found.is_repeat) == (2, 1, 1, False)
        assert StagedHousehold.objects.get().number == "999999-00001"
        assert ids_by_number(["999999-00001"]) == {}

    def test_the_same_bytes_again_change_nothing(self, tmp_path: Path) -> None:
        first = bring_rows(tmp_path, family(), no_account())

        again = bring(tmp_path / "名册.xlsx", SIGNED)

        assert again.is_repeat
        assert (again.file_id, again.accepted, again.rejected) == (first.file_id, 1, 1)
        assert Event.objects.filter(action="接收花名册").count() == 1

    def test_csv_brings_the_same_household_in(self, tmp_path: Path) -> None:
        bring(csv_pair(tmp_path, tables(family()), "gb18030"))

        staged = StagedHousehold.objects.get()
        assert (staged.amount_fen, staged.supplement_fen, staged.recomputed_fen) == (137_800, 7_400, 137_800)

    def test_a_corrected_household_comes_in_by_a_second_file(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family(), no_account())

        found = bring_rows(tmp_path, loner(), name="更正.xlsx")

        assert (found.accepted, found.rejected) == (1, 0)
        assert [(row.accepted, row.rejected) for row in roster_files()] == [(1, 0), (1, 1)]

    def test_dates_and_names_written_otherwise_are_read(self, tmp_path: Path) -> None:
        rows = family()
        rows.household |= {
            "原决定日期": "2023年5月20日",
            "起发月": "2023/6",
            "户主": "王　秀英",
            "身份证号码": "９９９９９９198403120029",
        }

        assert bring_rows(tmp_path, rows).accepted == 1

    def test_a_household_accepted_before_is_refused_the_second_time(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family())

        found = bring_rows(tmp_path, family(), loner(), name="又一份.xlsx")

        assert (found.accepted, found.rejected) == (1, 1)
        assert "先前的名册" in rejects(found.file_id)[0].reason

    def test_a_household_with_a_file_is_refused(self, tmp_path: Path) -> None:
        household("999999-00001")

        found = bring_rows(tmp_path, family())

        assert "已经建档" in rejects(found.file_id)[0].reason

    def test_a_person_of_another_household_is_refused(self, tmp_path: Path) -> None:
        household("999999-00007")

        found = bring_rows(tmp_path, family())

        reasons = [reject.reason for reject in rejects(found.file_id)]
        assert len(reasons) == 3
        assert all("已在户999999-00007" in reason for reason in reasons)

    def test_an_old_decision_number_of_another_household_is_refused(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family())
        rows = loner()
        rows.household["原决定文号"] = family().household["原决定文号"]

        found = bring_rows(tmp_path, rows, name="又一份.xlsx")

        told = rejects(found.file_id)
        assert [reject.field for reject in told] == ["原决定文号"]
        assert "已用于另一户" in told[0].reason


class TestWhatGoesBack:
    def test_the_whole_household_goes_back_with_the_reason_beside_it(self, tmp_path: Path) -> None:
        found = bring_rows(tmp_path, family(), no_account())

        path = write_rejects(found.file_id, tmp_path / "退回.xlsx")

        book = CalamineWorkbook.from_path(str(path))
        households = book.get_sheet_by_name("户").to_python()
        assert households[0][-1] == "原因与处理"
        assert [row[0] for row in households[1:]] == ["999999-00002"]
        assert households[1][-1] == "第3行“账号”：没有填账号，请补填"
        assert [row[1] for row in book.get_sheet_by_name("人").to_python()[1:]] == ["单有福"]

    def test_put_right_the_workbook_can_be_sent_as_it_is(self, tmp_path: Path) -> None:
        found = bring_rows(tmp_path, family(), no_account())
        path = write_rejects(found.file_id, tmp_path / "退回.xlsx")
        book = CalamineWorkbook.from_path(str(path))
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in ("户", "人")}
        sheets["户"][1][16] = "6200000000000000002"

        again = bring(xlsx(tmp_path / "改好.xlsx", sheets))

        assert (again.accepted, again.rejected) == (1, 0)


class TestSigning:
    def test_the_households_enter_with_their_old_decisions_as_ground(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family(), loner())

        act = sign()

        assert (act.households, act.persons, act.monthly_fen) == (2, 4, 214_500)
        decision = Decision.objects.get(number="演低保〔2023〕0001号")
        assert (decision.kind, decision.cause, decision.opening_act_id) == ("legacy", "opening", act.pk)
        assert (decision.amount_fen, decision.supplement_fen, decision.gap_fen) == (137_800, 7_400, 130_333)
        assert (decision.decided_on, decision.first_month, decision.persons) == (OLD, date(2023, 6, 1), 3)
        assert (decision.maker, decision.approver) == ("周编制", "李审核")

    def test_the_registry_holds_them_from_the_old_decision_on(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family())

        sign()

        home = ids_by_number(["999999-00001"])["999999-00001"]
        assert [m.name for m in members_on(home, OLD)] == ["王秀英", "李建国", "李小红"]
        assert members_on(home, date(2023, 5, 19)) == []
        place, account = place_on(home, OLD), account_on(home, OLD)
        assert place is not None
        assert account is not None
        assert (place.division, place.area, account.number) == (VILLAGE, "rural", "6200000000000000001")
        assert households_in_force_ids(SIGNED) == {home}

    def test_every_household_has_its_event_and_the_act_counts_what_did_not_come_back(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family(), no_account())

        sign()

        assert Event.objects.filter(action="存量建账").count() == 1
        assert Event.objects.get(action="签署存量建账确认书").payload["uncorrected"] == 1

    def test_the_review_classes_are_known_afterwards(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family(), loner())
        assert review_classes() == []

        sign()

        assert [row.review_class for row in review_classes()] == ["halfyear", "yearly"]

    @pytest.mark.parametrize(("first", "second"), [("周编制", "周编制 "), ("", "李审核")])
    def test_two_officers_sign(self, tmp_path: Path, first: str, second: str) -> None:
        bring_rows(tmp_path, family())

        with pytest.raises(RosterRefused, match="两名不同"):
            sign(first=first, second=second)

    def test_nothing_waiting_is_refused(self) -> None:
        with pytest.raises(RosterRefused, match="没有待建账"):
            sign()

    def test_it_is_signed_once_and_the_roster_is_closed_then(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family())
        sign()

        with pytest.raises(RosterRefused, match="不能再签"):
            sign()
        with pytest.raises(RosterRefused, match="按申请办理"):
            bring_rows(tmp_path, loner(), name="迟到.xlsx")

    def test_a_day_before_an_old_decision_is_refused(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family())

        with pytest.raises(RosterRefused, match="晚于签署日期"):
            sign(on=date(2023, 5, 19))

    def test_if_one_can_no_longer_be_registered_none_is(self, tmp_path: Path) -> None:
        bring_rows(tmp_path, family(), loner())
        household("999999-00001", on=RECEIVED)

        with pytest.raises(ValueError, match="999999-00001"):
            sign()

        assert not OpeningAct.objects.exists()
        assert ids_by_number(["999999-00002"]) == {}


class TestDualTrack:
    def test_paid_recomputed_or_what_is_lacking(self, tmp_path: Path) -> None:
        differing, silent = family(), loner()
        differing.household |= {"保障金(元)": 1300, "发放合计(元)": 1374}
        silent.household["金融资产(元)"] = ""
        bring_rows(tmp_path, differing, silent)
        assert dual_track_counts().households == 0

        sign()

        assert dual_track_counts() == DualTrackCounts(households=2, same=0, differing=1, unjudged=1)
        assert dual_track() == [
            DualTrackRow("999999-00002", VILLAGE, "演低保〔2023〕0002号", 76_700, None, "金融资产(元)"),
            DualTrackRow("999999-00001", VILLAGE, "演低保〔2023〕0001号", 137_400, 137_800, ""),
        ]

    def test_what_cannot_be_judged_is_paid_on_and_never_computed(self, tmp_path: Path) -> None:
        silent = loner()
        silent.household["住房(套)"] = ""
        bring_rows(tmp_path, family(), silent)
        sign()

        paid = recomputed_amounts(paid_from=date(2024, 1, 1), paid_to=date(2024, 12, 31))

        judged = Decision.objects.get(number="演低保〔2023〕0001号")
        unjudged = Decision.objects.get(number="演低保〔2023〕0002号")
        assert paid == {judged.pk: 137_800}
        assert (unjudged.facts["lacks"], unjudged.gap_fen) == (["住房(套)"], 69_300)
        assert explain(unjudged.pk) is None

    def test_an_old_decision_before_the_numbers_begin_cannot_be_judged(self, tmp_path: Path) -> None:
        rows = family()
        rows.household |= {"原决定日期": "2019-05-20", "起发月": "2019-06"}
        bring_rows(tmp_path, rows)

        sign()

        assert dual_track()[0].lacking == "原决定日有效的规则数值"


def test_a_township_sees_only_its_own_staged_households(tmp_path: Path, act_as: ActAs) -> None:
    bring_rows(tmp_path, family())

    with act_as("360429101", "西镇经办"):
        assert not StagedHousehold.objects.exists()


def test_the_act_of_another_county_finds_nothing(tmp_path: Path) -> None:
    bring_in_roster(xlsx(tmp_path / "名册.xlsx", tables(family())), division=COUNTY, at=at(RECEIVED))

    with pytest.raises(RosterRefused, match="没有待建账"):
        sign_opening_act("360430000000", on=SIGNED, first="甲", second="乙", at=at(SIGNED))
