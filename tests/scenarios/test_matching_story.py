"""信息核对的故事: departments' real files, the county's run, the township's keys, letters, objections, the decision."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.decision.actions import refuse_case
from opendibao.decision.first_opinion import give_opinion, report_case
from opendibao.decision.models import Decision, Letter
from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.intake.models import Case, CaseLetter
from opendibao.verification.actions import VerificationRefused, order_survey, record_survey, request_match
from opendibao.verification.deliveries.filing import file_delivery
from opendibao.verification.deliveries.manifest import Manifest
from opendibao.verification.models import Link, MatchRecheck, MatchResult, NotSamePerson
from opendibao.verification.queries import MatchRow, matches_of, open_faults
from tests.decision.builders import FAMILY, HANDS, SURVEYORS, checking
from tests.registry.builders import FATHER, MOTHER, MemberEntry, at, divisions, household
from tests.web.desk import Desk, county_desk, hired

APPLIED, ASKED, TODAY = date(2025, 1, 2), date(2025, 1, 3), date(2025, 1, 6)
YEAR_END, NEW_YEAR = date(2024, 12, 31), date(2025, 1, 5)
BANK = "证件号码,姓名,开户银行,账号,存款种类,余额,余额日期"
HOMES = "证件号码,姓名,不动产单元号,坐落,规划用途,建筑面积（平方米）,共有情况,房屋性质,登记日期"
OTHER_HOME = "999999001001GB00001F00010301"


@pytest.fixture
def county_officer(county: None) -> Desk:
    divisions()
    return county_desk()


@pytest.fixture
def clerk(county_officer: Desk) -> Desk:
    return Desk(hired("clerk91", "王经办"))


@pytest.fixture
def case(county_officer: Desk) -> Case:
    """The family of three applied, signed, and asked for the match."""
    made = submit_case(household(), kind="application", channel="counter", declared=FAMILY, on=APPLIED, at=at(APPLIED))
    accept_case(made.pk, on=APPLIED, at=at(APPLIED))
    sign_consents(made.pk, on=APPLIED, at=at(APPLIED))
    request_match(made.pk, on=ASKED, at=at(ASKED))
    return made


def deliver(source: str, heading: str, *rows: str, as_of: date = YEAR_END, on: date = ASKED) -> None:
    """A department's CSV in GB18030, with its manifest."""
    data = "\r\n".join([heading, *rows, ""]).encode("gb18030")
    manifest = Manifest(
        source,
        "县某局",
        "民发〔2021〕57号第十七条",
        "低保审核",
        "演民核〔2025〕1号",
        "register",
        None,
        as_of,
        len(rows),
    )
    file_delivery(data, f"{source}.csv", manifest, on=on, at=at(on))


def savings(yuan: str, name: str = FATHER.name, number: str = FATHER.id_number) -> str:
    return f"{number},{name},某农商银行,6217999900001234,定期,{yuan},2024-12-31"


def home_of(who: MemberEntry) -> str:
    return f"{who.id_number},{who.name},{OTHER_HOME},城关镇人民路8号,成套住宅,89.50,共同共有,商品房,2019-06-01"


def run(desk: Desk, case: Case) -> str:
    """The county begins, by its page."""
    return desk.follows(desk.does(f"/cases/{case.pk}/match/run/")).words


def said(case: Case, person: str, source: str) -> MatchRow:
    return next(row for row in matches_of(case.pk) if (row.person, row.source) == (person, source))


def bank_hit(case: Case) -> str:
    return f"/cases/{case.pk}/hits/{said(case, FATHER.name, 'bank_deposits').id}/"


def surveyed(case: Case) -> None:
    record_survey(case.pk, on=TODAY, at=at(TODAY), surveyors=SURVEYORS, respondent=MOTHER.name, found=FAMILY)


def test_a_hidden_house_and_a_large_deposit_end_the_application(case: Case, county_officer: Desk, clerk: Desk) -> None:
    """Found by the match, confirmed by the visit, told by letter, refused with reasons."""
    deliver("bank_deposits", BANK, savings("180000"))
    deliver("real_estate", HOMES, home_of(FATHER), home_of(MOTHER))
    page = county_officer.reads("/matching/").words
    assert "等核对 1 件，其中还没有开始 1 件" in page
    assert "核到 3 项" in run(county_officer, case)

    page = clerk.reads(f"/cases/{case.pk}/hits/")
    assert "3 项，待处置 3 项" in page.words
    assert "● 不符合条件" in page.words
    assert "180,000" in page.words
    with pytest.raises(VerificationRefused, match="还有3条核到的信息没有处置"):
        surveyed(case)

    # the visit confirms what was found; each hit is answered by its key
    order_survey(case.pk, surveyors=SURVEYORS, from_day=TODAY, to_day=TODAY, on=TODAY, at=at(TODAY))
    clerk.follows(clerk.does(f"{bank_hit(case)}?key=4", disposition="propose_end", why="propose_end:over_property"))
    for who in (FATHER, MOTHER):
        home = said(case, who.name, "real_estate").id
        clerk.follows(clerk.does(f"/cases/{case.pk}/hits/{home}/?key=1", why="accept_record:surveyed",
                                 disposition="accept_record"))  # fmt: skip
    page = clerk.reads(f"/cases/{case.pk}/hits/")
    assert "有 1 条建议终止的还没有告知家庭" in page.words
    clerk.follows(clerk.does(f"/cases/{case.pk}/hits/tell/", on="2025-01-06"))
    letter = CaseLetter.objects.get(case=case, kind="mismatch").text
    assert "李建国：银行存款（数据截至2024年12月31日）核到：" in letter
    assert "现在还没有作出决定" in letter
    assert clerk.does(f"{bank_hit(case)}undo/").status == 422  # it was told

    found = {**FAMILY, "property": {"financial_assets": 180_000, "dwellings": 2}}
    record_survey(case.pk, on=TODAY, at=at(TODAY), surveyors=SURVEYORS, respondent=MOTHER.name, found=found)
    give_opinion(case.pk, on=TODAY, at=at(TODAY))
    report_case(case.pk, on=TODAY, at=at(TODAY))
    with checking():
        decision = refuse_case(case.pk, on=TODAY, at=at(TODAY), **HANDS)

    # 740 × 24 × 3 is the limit of a family of three
    assert "金融资产180,000.00元，超过低保家庭限额53,280.00元" in Letter.objects.get(decision=decision).text
    case.refresh_from_db()
    assert case.state == "refused"


class TestTheFamilySpeaks:
    @pytest.fixture(autouse=True)
    def _hit(self, case: Case, county_officer: Desk) -> None:
        deliver("bank_deposits", BANK, savings("180000"))
        run(county_officer, case)

    def explained(self, case: Case, clerk: Desk) -> None:
        clerk.follows(
            clerk.does(f"{bank_hit(case)}explain/", on="2025-01-06", said_by="李建国", words="这笔钱是弟弟存的")
        )

    def objected(self, case: Case, clerk: Desk) -> str:
        """Registered on Monday 6 January; ten working days end on the 20th."""
        page = clerk.follows(
            clerk.does(
                f"{bank_hit(case)}object/", on="2025-01-06", objector="李建国", ground="存单是弟弟的，有银行证明"
            )
        )
        assert "已登记异议，2025-01-20 前复查并告知" in page.words
        return f"/cases/{case.pk}/rechecks/{MatchRecheck.objects.get().pk}/"

    def test_the_declaration_is_kept_after_its_words(self, case: Case, clerk: Desk) -> None:
        self.explained(case, clerk)
        page = clerk.follows(
            clerk.does(
                f"{bank_hit(case)}?key=2",
                disposition="keep_declaration",
                why="keep_declaration:gone",
                reason="已支取，看过流水",
            )
        )

        assert "李建国说明：这笔钱是弟弟存的" in page.words
        assert "✓ 维持申报：已注销、过户、支取，有凭证，已支取，看过流水" in page.words
        surveyed(case)

    def test_to_be_looked_at_again_keeps_the_case(self, case: Case, clerk: Desk) -> None:
        clerk.follows(clerk.does(f"{bank_hit(case)}?key=3", disposition="recheck", why="recheck:visit"))

        assert open_faults(case.pk) == "还有1条核到的信息没有处置，请先逐条处置"
        clerk.follows(clerk.does(f"{bank_hit(case)}?key=1", disposition="accept_record", why="accept_record:papers"))
        assert open_faults(case.pk) == ""

    def test_an_objection_stops_the_case_until_it_is_settled(self, case: Case, clerk: Desk) -> None:
        clerk.follows(clerk.does(f"{bank_hit(case)}?key=1", disposition="accept_record", why="accept_record:papers"))
        self.objected(case, clerk)

        assert open_faults(case.pk) == "还有1条核对异议没有复查完，请先复查（57号第十八条）"
        assert the_database_says(case) == "核对异议还没有复查完，不能作出决定（57号第十八条）"
        with pytest.raises(VerificationRefused, match="没有复查完"):
            surveyed(case)
        assert "正在复查" in clerk.reads(f"/cases/{case.pk}/hits/").words

    def test_withdrawn_it_counts_no_more_and_the_family_is_told(self, case: Case, clerk: Desk) -> None:
        recheck = self.objected(case, clerk)
        clerk.follows(clerk.does(recheck, on="2025-01-06", outcome="withdrawn", findings="银行证明户主是李建军"))

        row = MatchResult.objects.get(pk=said(case, "李建国", "bank_deposits").id)
        assert (row.disposition, row.reason_code) == ("keep_declaration", "wrong_record")
        assert "已经撤销" in CaseLetter.objects.get(case=case, kind="recheck").text
        assert open_faults(case.pk) == ""

    def test_upheld_it_waits_for_its_answer(self, case: Case, clerk: Desk) -> None:
        recheck = self.objected(case, clerk)
        clerk.follows(clerk.does(recheck, on="2025-01-06", outcome="upheld", findings="银行回函，户主是本人"))

        text = CaseLetter.objects.get(case=case, kind="recheck").text
        assert "维持核对结果" in text
        assert "行政复议" in text
        assert open_faults(case.pk) == "还有1条核到的信息没有处置，请先逐条处置"
        assert "这项复查已经办结：维持核对结果" in clerk.reads(recheck).words

    def test_changed_it_says_what_is_right_and_is_answered_anew(self, case: Case, clerk: Desk) -> None:
        clerk.follows(clerk.does(f"{bank_hit(case)}?key=1", disposition="accept_record", why="accept_record:papers"))
        recheck = self.objected(case, clerk)
        clerk.follows(
            clerk.does(
                recheck, on="2025-01-06", outcome="changed", findings="其中 17 万是弟弟的", found="银行存款 1 万元"
            )
        )

        row = MatchResult.objects.get(pk=said(case, "李建国", "bank_deposits").id)
        assert (row.detail, row.disposition) == ({"found": "银行存款 1 万元"}, "")
        assert MatchRecheck.objects.get().before["property"] == {"financial_assets": {"deposits": "180000"}}

    def test_what_was_settled_is_not_rewritten_by_plain_sql(self, case: Case, clerk: Desk) -> None:
        recheck = self.objected(case, clerk)
        clerk.follows(clerk.does(recheck, on="2025-01-06", outcome="upheld", findings="银行回函"))
        with pytest.raises(IntegrityError, match="异议复查只能办结一次"), transaction.atomic():
            MatchRecheck.objects.update(findings="改了")


def the_database_says(case: Case) -> str:
    """Why the wall behind every decision refuses one on this case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT open_matches(%s)", [case.pk])
        (words,) = cursor.fetchone()
    return str(words)


class TestWhoseItIs:
    def test_not_the_same_person_is_never_raised_again(self, case: Case, county_officer: Desk, clerk: Desk) -> None:
        deliver("bank_deposits", BANK, savings("180000", name="赵大海"))
        assert "其中 1 项要先认定是不是本人" in run(county_officer, case)
        link = Link.objects.get()
        page = clerk.reads(f"/cases/{case.pk}/hits/").words
        assert "李建国 · 银行存款 ▲ 待认定" in page
        both = county_officer.reads(f"/cases/{case.pk}/links/{link.pk}/").words
        assert "赵大海" in both
        assert FATHER.id_number not in both
        assert the_database_says(case) == "还有核到的记录没有认定是不是本人，不能作出决定（57号第十七条）"
        with pytest.raises(VerificationRefused, match="没有认定是不是本人"):
            surveyed(case)

        county_officer.follows(
            county_officer.does(f"/cases/{case.pk}/links/{link.pk}/", is_same="not_same", note="户名不符，派出所查过")
        )

        assert said(case, "李建国", "bank_deposits").outcome == "no_hit"
        assert NotSamePerson.objects.get().reason == "户名不符，派出所查过"
        surveyed(case)
        deliver("bank_deposits", BANK, savings("181000", name="赵大海"), as_of=NEW_YEAR, on=TODAY)
        run(county_officer, case)
        assert Link.objects.count() == 1

    def test_who_erred_takes_it_back_and_the_row_waits_again(
        self, case: Case, county_officer: Desk, clerk: Desk
    ) -> None:
        deliver("bank_deposits", BANK, savings("180000", name="赵大海"))
        run(county_officer, case)
        link = Link.objects.get()
        county_officer.does(f"/cases/{case.pk}/links/{link.pk}/", is_same="not_same", note="户名不符")
        settled = clerk.reads(f"/cases/{case.pk}/hits/").words
        assert "李建国 · 银行存款" in settled
        assert "户名不符 不是同一人 撤回认定" in settled

        page = clerk.follows(clerk.does(f"/cases/{case.pk}/links/{link.pk}/undo/"))

        assert "已撤回认定，这条记录重新等人认定" in page.words
        assert said(case, "李建国", "bank_deposits").outcome == "not_checked"
        with pytest.raises(VerificationRefused, match="没有认定是不是本人"):
            surveyed(case)

    def test_a_doubtful_row_that_is_his_becomes_a_hit(self, case: Case, county_officer: Desk) -> None:
        deliver("bank_deposits", BANK, savings("180000", name="赵大海"))
        run(county_officer, case)
        page = county_officer.follows(
            county_officer.does(
                f"/cases/{case.pk}/links/{Link.objects.get().pk}/", is_same="same", note="曾用名，有户口簿"
            )
        )

        assert "已认定“是本人的”，这一项已经重新核对" in page.words
        assert said(case, "李建国", "bank_deposits").outcome == "hit"

    def test_a_hit_that_was_not_his_is_forgotten(self, case: Case, county_officer: Desk, clerk: Desk) -> None:
        deliver("bank_deposits", BANK, savings("180000"))
        run(county_officer, case)
        clerk.follows(
            clerk.does(
                f"{bank_hit(case)}?key=2", disposition="keep_declaration", why="keep_declaration:not_same",
                reason="身份证被冒用，银行证明",
            )
        )  # fmt: skip
        assert Link.objects.get().state == "not_same"
        assert NotSamePerson.objects.get().taken_back_on is None

        clerk.follows(clerk.does(f"{bank_hit(case)}undo/"))
        assert Link.objects.get().state == "automatic"
        assert NotSamePerson.objects.get().taken_back_on == TODAY


def test_what_is_not_checked_is_said_and_the_case_goes_on(case: Case, county_officer: Desk, clerk: Desk) -> None:
    """Only the banks delivered; the rest is said to be unchecked, and answered when it comes."""
    deliver("bank_deposits", BANK, savings("3000", MOTHER.name, MOTHER.id_number))
    run(county_officer, case)
    page = clerk.reads(f"/cases/{case.pk}/hits/").words
    assert "部门还没有送达数据" in page
    assert "✓ 不影响金额" in page
    hit = said(case, MOTHER.name, "bank_deposits").id
    clerk.follows(
        clerk.does(f"/cases/{case.pk}/hits/{hit}/?key=1", disposition="accept_record", why="accept_record:declared")
    )
    surveyed(case)

    deliver("real_estate", HOMES, home_of(FATHER), on=TODAY)
    run(county_officer, case)

    assert said(case, FATHER.name, "real_estate").outcome == "hit"
    assert open_faults(case.pk) == "还有1条核到的信息没有处置，请先逐条处置"
    assert said(case, MOTHER.name, "bank_deposits").disposition == "accept_record"


def test_the_database_itself_refuses_a_decision_on_an_open_hit(case: Case, county_officer: Desk) -> None:
    """A late hit after the report: whatever program writes the decision, PostgreSQL refuses it."""
    found = {**FAMILY, "property": {"financial_assets": 180_000, "dwellings": 1}}
    record_survey(case.pk, on=TODAY, at=at(TODAY), surveyors=SURVEYORS, respondent=MOTHER.name, found=found)
    give_opinion(case.pk, on=TODAY, at=at(TODAY))
    report_case(case.pk, on=TODAY, at=at(TODAY))
    deliver("bank_deposits", BANK, savings("180000"))
    run(county_officer, case)

    with pytest.raises(IntegrityError, match="还有核到的信息没有处置，不能作出决定"), transaction.atomic(), checking():
        refuse_case(case.pk, on=TODAY, at=at(TODAY), **HANDS)
    assert not Decision.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT open_matches(%s)", [case.pk])
        assert cursor.fetchone()[0].startswith("还有核到的信息没有处置")
        cursor.execute("SELECT open_matches(0)")
        assert cursor.fetchone() == ("",)
