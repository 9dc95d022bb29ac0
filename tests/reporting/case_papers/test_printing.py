"""一次录入，全部打印: the whole file of a case says what the data say, on A4, with its font, in the law's order."""

import re
from datetime import date

import pytest

from opendibao.decision.village_queries import read_outs
from opendibao.intake.actions import accept_case, move_case, sign_consents, submit_case
from opendibao.intake.models import Case, Consent
from opendibao.intake.states import CaseState
from opendibao.registry.actions import register_household
from opendibao.registry.entries import AccountEntry, HouseholdEntry, MemberEntry
from opendibao.reporting.case_papers import (
    ALL,
    ZH,
    NoPapers,
    NoSuchCase,
    NoSuchPaper,
    blank_papers,
    case_letter_pdf,
    case_papers,
    letter_pdf,
)
from opendibao.reporting.case_papers.gathering import blank_folder, gather
from opendibao.reporting.case_papers.kinds import kind, sheets_of
from opendibao.reporting.case_papers.sheet import empty_required
from opendibao.verification.actions import record_survey
from tests.decision.builders import DECIDED, MET, covered
from tests.intake.builders import ACCEPTED, APPLIED
from tests.registry.builders import VILLAGE, at, number
from tests.reporting.case_papers.builders import PRINTED, applied, declared, matched, posted, visited, whole
from tests.reporting.case_papers.reading import A4, fonts, pages, sizes, text

pytestmark = pytest.mark.usefixtures("places")
TITLES = {
    "cover": "最低生活保障档案", "application": "最低生活保障申请书", "declaration": "家庭成员及收入财产申报表",
    "promise": "承诺书", "consent": "家庭经济状况核对授权书", "mandate": "委托书", "letters": "受理通知书",
    "matching": "家庭经济状况核对报告", "survey": "入户调查表", "item_sheets": "隐性收入和财产价值核查单",
    "neighbours": "邻里访问表", "evidence": "信函索证函", "review": "民主评议表", "ballots": "表决票",
    "notice": "最低生活保障初审公示", "no_objection": "公示无异议证明", "approval": "最低生活保障审核确认表",
    "decision_letters": "最低生活保障确认通知书",
}  # fmt: skip
IDS = ("999999198403120029", "999999198205010013", "999999201409300041")


def starts(pdf: bytes) -> list[str]:
    """The first pages of the papers."""
    return [page for page in pages(pdf) if "第1页共" in page]


def test_one_click_prints_every_paper_of_the_case_in_the_order_of_the_procedure() -> None:
    found = starts(case_papers(whole().pk, on=PRINTED))

    at_page = [next(n for n, page in enumerate(found) if re.search(f"{title}(依据：|第1页)", page))
               for title in TITLES.values()]  # fmt: skip
    assert at_page == sorted(at_page)
    assert len(found) == len(TITLES) + 1  # two adults sign


def test_nothing_that_the_data_know_is_left_to_be_written() -> None:
    folder = gather(whole().pk, on=PRINTED)

    assert empty_required(sheets_of(folder, ALL, asked=False)) == []


def test_names_numbers_and_amounts_are_those_of_the_data() -> None:
    said = text(case_papers(whole().pk, on=PRINTED))

    for words in ("王秀英", "李建国", "李小红", *IDS, "6200000000000000001", "00012345678", "邻好心", "00013900000"):
        assert words in said, words
    assert "26,640.00" in said  # 740 × 12 × 3
    assert "赵邻居" in said
    assert "发出13票，同意12，不同意0" in said
    assert "低保决〔2024〕00001号" in said
    assert "起发月2024年4月" in said


def test_the_amount_stands_in_figures_and_in_words() -> None:
    case = whole()
    decision = case.decisions.get()
    said = text(case_papers(case.pk, ["approval"], on=PRINTED))

    assert decision.amount_fen == 114_800  # (26,640 − 13,760) ÷ 12 = 1,073.33, up to 1,074, and 74 for the child
    assert "1,148.00元（壹仟壹佰肆拾捌元整）" in said


def test_every_page_is_a4_and_every_font_is_in_the_file() -> None:
    pdf = case_papers(whole().pk, on=PRINTED)

    assert sizes(pdf) == {A4}
    found = set(fonts(pdf))
    assert found
    assert all(embedded and "NotoSansSC" in name for name, embedded in found)


def test_each_paper_counts_its_own_pages_and_bears_the_case() -> None:
    found = pages(case_papers(whole().pk, on=PRINTED))

    for place, page in enumerate(found, 1):
        assert f"（总{place}）" in page
        if "最低生活保障初审公示依据" not in page:  # the poster names no case
            assert "受〔2024〕00001号" in page


def test_the_contents_name_the_pages_of_each_paper() -> None:
    found = pages(case_papers(whole().pk, on=PRINTED))
    first = next(n for n, page in enumerate(found, 1) if page.startswith("演示县东镇") and "入户调查表" in page
                 and "一、家庭成员和见到的人" in page)  # fmt: skip

    assert f"入户调查表2{first}–{first + 1}" in found[0] or f"入户调查表1{first}" in found[0]


def test_every_adult_signs_alone_and_the_minor_stands_with_the_applicant() -> None:
    found = starts(case_papers(whole().pk, ["consent"], on=PRINTED))

    assert ["授权人王秀英" in page for page in found] == [True, False]
    assert "一并授权的未成年人李小红" in found[0]
    assert "李小红" not in found[1]
    assert "2024年3月4日" in found[1]


def test_what_was_declared_and_what_was_found_stand_side_by_side() -> None:
    said = text(case_papers(whole().pk, ["survey", "item_sheets"], on=PRINTED))

    assert "李建国工资薪金每月1,200.00元，8个月每月1,200.00元，8个月一致" in said
    assert "李建国零工没有申报建筑，20天，一天150.00元，证据B不一致" in said
    assert "到达时间2024年3月6日9时5分" in said
    assert "住房情况砖混两间，漏雨一处家电和车辆电视机、电风扇" in said
    assert "李小红子女女9999999201409300041无残疾和重病；在校住宿不在读×" in said


def test_the_form_that_the_family_signs_names_no_neighbour() -> None:
    case = whole()

    signed = text(case_papers(case.pk, ["survey"], on=PRINTED))

    assert "走访邻居1次：与申报相符1" in signed
    assert "赵邻居" not in signed
    assert "偶尔做小工" not in signed
    assert "赵邻居" in text(case_papers(case.pk, ["neighbours"], on=PRINTED))


def test_what_is_read_out_is_what_the_village_was_told_and_no_illness() -> None:
    case = whole()
    told = read_outs({case.pk: case.household_id}, MET)[case.pk].sentences

    said = text(case_papers(case.pk, ["review"], on=PRINTED))

    assert told
    for sentence in told:
        assert re.sub(r"\s", "", sentence) in said


def test_after_a_contested_result_both_visits_are_printed_and_the_new_form_is_filled_from_the_last() -> None:
    case = applied()
    visited(case)
    move_case(case.pk, CaseState.ACCEPTED)

    waiting = starts(case_papers(case.pk, ["survey"], on=PRINTED))
    assert len(waiting) == 2
    assert "没有申报建筑，20天" in waiting[0]
    assert "零工建筑，20天，一天150.00元，证据B□是□否" in waiting[1]

    record_survey(case.pk, on=MET, at=at(MET), surveyors=("吴走访", "郑走访"), respondent="李建国", found=declared())
    again = starts(case_papers(case.pk, ["survey"], on=PRINTED))
    assert len(again) == 2
    assert "陈走访" in again[0]
    assert "吴走访" in again[1]
    assert "20天" not in again[1]


def test_what_is_declared_without_books_is_asked_about_on_sheets_of_its_own() -> None:
    facts = declared()
    facts["members"][1]["income"] = [{"kind": "livestock", "animal": "pig", "sold": 4}]
    facts["property"]["houses"] = [{"kind": "self_built", "area_m2": 90, "built": 1999, "structure": "brick"}]

    said = text(case_papers(applied(facts=facts).pk, ["item_sheets"], on=PRINTED))

    assert "家庭成员李建国项目养殖内容猪，一年出售4" in said
    assert "家庭成员全家项目房屋内容自建房，90平方米，1999年建，砖混" in said


def test_before_the_visit_the_survey_form_is_filled_with_the_declaration() -> None:
    case = applied()

    said = text(case_papers(case.pk, ["survey"], on=PRINTED))

    assert "李建国工资薪金每月1,200.00元，8个月□是□否" in said
    assert empty_required(sheets_of(gather(case.pk, on=PRINTED), ["survey"], asked=True)) == []


def test_steps_not_taken_are_left_out_of_the_file_and_printed_when_asked_for() -> None:
    case = applied()

    whole_file = text(case_papers(case.pk, on=PRINTED))
    assert "公示无异议证明" not in whole_file
    assert "近亲属备案表" not in whole_file
    assert "近亲属备案表" in text(case_papers(case.pk, ["relatives"], on=PRINTED))
    with pytest.raises(NoPapers):
        case_papers(case.pk, ["no_objection"], on=PRINTED)


def test_while_a_notice_runs_nobody_certifies_that_nobody_objected() -> None:
    case = applied()
    matched(case)
    visited(case)
    posted(case)

    with pytest.raises(NoPapers):
        case_papers(case.pk, ["no_objection"], on=date(2024, 3, 17))
    assert "没有收到异议" in text(case_papers(case.pk, ["no_objection"], on=date(2024, 3, 18)))


def test_an_unknown_kind_or_case_is_refused() -> None:
    with pytest.raises(NoSuchPaper, match="没有“passport”这种文书"):
        case_papers(applied().pk, ["passport"], on=PRINTED)
    with pytest.raises(NoSuchCase):
        case_papers(0, on=PRINTED)


def test_the_letter_of_a_decision_fits_one_page_and_leaves_room_for_the_receipt() -> None:
    letter = covered().letter

    (page,) = pages(letter_pdf(letter.pk))

    assert (
        page.index("结果")
        < page.index("金额")
        < page.index("理由")
        < page.index("不同意怎么办")
        < page.index("送达回证")
    )
    assert "壹仟叁佰柒拾捌元整" in page
    assert "演示县民政局2024年3月18日" in page
    with pytest.raises(NoSuchCase):
        letter_pdf(0)


def test_a_letter_of_a_case_is_typeset_as_it_was_written() -> None:
    case = applied()
    letter = case.letters.get(kind="accepted")

    (page,) = pages(case_letter_pdf(letter.pk))

    assert "受理通知书" in page
    assert f"案号：{case.number}" in page
    assert "东镇人民政府2024年3月4日" in page
    with pytest.raises(NoSuchCase):
        case_letter_pdf(0)


def test_from_july_2026_supporters_consent_apart_and_the_new_law_is_named() -> None:
    day = date(2026, 7, 13)
    home = register_household(_odd_entry("999999-00077"), on=date(2026, 7, 1), at=at(date(2026, 7, 1))).pk
    facts = declared(members=[{"name": LONG, "born": "1984-03-12", "relation": "head"}],
                     supporters=[{"name": "王大力", "relation": "child", "household_size": 3}])  # fmt: skip
    case = submit_case(home, kind="application", channel="counter", declared=facts, on=day, at=at(day))
    accept_case(case.pk, on=day, at=at(day))

    said = text(case_papers(case.pk, ["promise", "consent"], on=day))

    assert "义务人收入财产核对同意书" in said
    assert "社会救助法第四十一条" in said
    assert "价值二倍以下的罚款" in said
    assert "非银行支付账户" in said


def test_before_that_they_are_not_asked_and_the_old_law_is_named() -> None:
    said = text(case_papers(applied().pk, ["promise", "consent"], on=PRINTED))

    assert "王大力" not in said
    assert "1倍以上3倍以下" in said
    assert "社会救助法" not in said


LONG = "买买提·阿卜杜热合曼·图尔荪江·依明巴拉提"


def _odd_entry(file: str) -> HouseholdEntry:
    others = ["古丽娜尔·艾山江", "欧阳震华", "单", "某某某某某某某某", "赵一", "钱二", "孙三", "王\U00020bb7祥"]
    members = [MemberEntry(number(date(1984, 3, 12), 2), LONG, "head")]
    members += [MemberEntry(number(date(1990 + n, 1, 2), 2 * n + 1), name, "child") for n, name in enumerate(others)]
    address = "第十二村民小组某某自然村上湾下坡头东边靠河第三排二十八号附一号后院二层西头"
    return HouseholdEntry(file, VILLAGE, "rural", address, "", tuple(members), AccountEntry(LONG, "农商银行", "6" * 32))


def _odd_case() -> Case:
    home = register_household(_odd_entry("999999-00009"), on=date(2024, 1, 2), at=at(date(2024, 1, 2))).pk
    case = submit_case(home, kind="application", channel="counter", declared={}, on=APPLIED, at=at(APPLIED))
    accept_case(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    sign_consents(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    return case


def test_nine_members_with_long_names_and_nothing_declared_are_printed_whole() -> None:
    said = text(case_papers(_odd_case().pk, on=PRINTED))

    for name in (LONG, "古丽娜尔·艾山江", "某某某某某某某某", "6" * 32, "后院二层西头"):
        assert name in said, name
    assert said.count("授权人签字（按手印）") == 9
    assert "没有这类收支" in said


def test_a_character_that_the_font_lacks_is_marked_and_named_on_its_paper() -> None:
    found = starts(case_papers(_odd_case().pk, ["consent", "promise"], on=PRINTED))

    named = [page for page in found if "U+20BB7" in page]
    assert all("王〓祥" in page for page in named)
    assert len(named) == 2  # his own authorisation, and the promise that he signs too
    assert all("手写原字" in page for page in named)


def test_texts_are_never_taken_for_source() -> None:
    case = applied(facts=declared(members=[{"name": "#panic(1) $x$ \\", "born": "1984-03-12", "relation": "head"}]))

    assert "#panic(1)" in text(case_papers(case.pk, ["declaration", "survey", "application"], on=PRINTED))


def test_a_revoked_consent_says_so() -> None:
    case = applied()
    Consent.objects.filter(case=case, signer="李建国").update(revoked_on=date(2024, 3, 20))

    assert "2024年3月20日撤回" in text(case_papers(case.pk, ["consent"], on=PRINTED))


class TestBlank:
    def test_every_kind_is_there_blank_but_the_cover(self) -> None:
        said = text(blank_papers(on=PRINTED))

        for title in (*list(TITLES.values())[1:], "近亲属备案表", "公示异议登记表", "不予受理告知书", "听取意见告知书",
                      "最低生活保障金停发告知书"):  # fmt: skip
            if title != "家庭经济状况核对报告":  # departments answer, nobody fills it in
                assert title in said, title
        assert "None" not in said

    def test_a_blank_form_names_nobody(self) -> None:
        folder = blank_folder(PRINTED)

        filled = [cell for sheet in sheets_of(folder, ALL, asked=True) for cell in sheet.fields() if cell.text]

        assert [cell.zh for cell in filled] == ["近亲属"]  # boxes to tick

    def test_a_place_prints_its_name(self) -> None:
        assert "演示县东镇" in text(blank_papers(["promise"], on=PRINTED, division=VILLAGE))

    def test_its_wording_is_that_of_the_day(self) -> None:
        assert "1倍以上3倍以下" in text(blank_papers(["promise"], on=date(2026, 6, 30)))
        assert "二倍以下" in text(blank_papers(["promise"], on=date(2026, 7, 1)))

    def test_slips_are_eight_on_a_page(self) -> None:
        (page,) = pages(blank_papers(["ballots"], on=PRINTED))

        assert page.count("民主评议表决票") == 8

    @pytest.mark.parametrize("code", [code for code in ALL if code not in ("cover", "matching")])
    def test_each_kind_prints_alone(self, code: str) -> None:
        assert sizes(blank_papers([code], on=PRINTED)) == {A4}


def test_every_kind_has_its_name() -> None:
    assert [kind(code).zh for code in ALL] == list(ZH.values())
    assert len(set(ZH.values())) == len(ALL)


def test_the_day_of_the_decision_is_on_the_form() -> None:
    assert f"决定日期{DECIDED.year}年3月18日" in text(case_papers(whole().pk, ["approval"], on=PRINTED))
