"""调查的页: dispatch, interviews, letters, refusals, the signed form, corrections, matches, attachments."""

from datetime import date
from io import BytesIO

import pytest
from django.test import override_settings
from PIL import Image

from opendibao.intake.attachments import keep_attachment
from opendibao.intake.models import Case
from opendibao.intake.queries import attachments_of
from opendibao.kernel.duties import Duty
from opendibao.verification.queries import matches_of
from opendibao.verification.survey_queries import (
    evidence_letters_of,
    interviews_of,
    orders_of,
    refused_visits_of,
    surveys_of,
)
from tests.intake.pictures import jpeg, pdf
from tests.registry.builders import at, divisions
from tests.web.desk import OTHER_TOWN, Desk, hired
from tests.web.verification.forms import fields_of, photo, surveyed
from tests.web.verification.test_survey_form import ACCEPTED, case_of


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk81", "王经办"))


class TestOrder:
    def test_two_are_sent(self, clerk: Desk) -> None:
        case = case_of()
        page = clerk.does(f"/cases/{case.pk}/order-survey/", second="黄走访", first="陈走访", from_day="2025-01-06",
                          to_day="2025-01-08")  # fmt: skip

        assert "已派单：陈走访、黄走访，2025-01-06 至 2025-01-08 入户" in clerk.follows(page).words
        assert orders_of(case.pk)[0].ordered_by == "王经办"
        assert fields_of(clerk.reads(f"/cases/{case.pk}/survey/"))["first"] == "陈走访"

    def test_a_day_that_is_past_is_refused(self, clerk: Desk) -> None:
        case = case_of()
        page = clerk.does(f"/cases/{case.pk}/order-survey/", first="陈走访", second="黄走访", from_day="2025-01-03",
                          to_day="2025-01-08")  # fmt: skip

        assert page.status == 422
        assert "“从哪天起”2025-01-03 已经过去" in page.words
        assert orders_of(case.pk) == []

    def test_two_clerks_send_at_once(self, clerk: Desk) -> None:
        case = case_of()
        address = f"/cases/{case.pk}/order-survey/"
        typed = {"first": "陈走访", "second": "黄走访", "from_day": "2025-01-06", "to_day": "2025-01-07"}
        other = Desk(hired("clerk82", "赵经办"))
        opened = other.opens(address)
        clerk.does(address, **typed)

        page = other.sends(address, **{**opened, **typed, "second": "张走访"})

        assert page.status == 409
        assert "王经办" in page.words
        assert "黄走访" in page.words
        assert "张走访" in page.words
        assert len(orders_of(case.pk)) == 1


class TestAsking:
    def test_a_neighbour_is_asked(self, clerk: Desk) -> None:
        case = case_of()
        page = clerk.does(f"/cases/{case.pk}/neighbour/", on="2025-01-03", interviewer="陈走访", neighbour="周邻居",
                          words="日子紧巴", view="agrees")  # fmt: skip

        assert "周邻居 日子紧巴（与申报相符，陈走访 访问）" in clerk.follows(page).words
        assert len(interviews_of(case.pk)) == 1

    def test_a_letter_goes_out_and_its_reply_comes_back(self, clerk: Desk) -> None:
        case = case_of()
        page = clerk.does(f"/cases/{case.pk}/evidence/", on="2025-01-02", addressee="某劳务公司", asks="做工几天")
        assert "已等 2 个工作日" in clerk.follows(page).words
        (letter,) = evidence_letters_of(case.pk)
        address = f"/cases/{case.pk}/evidence/{letter.id}/reply/"

        page = clerk.does(address, on="2025-01-06", answer="六十天", paper=photo("reply.jpg"))  # type: ignore[arg-type]

        shown = clerk.follows(page)
        (letter,) = evidence_letters_of(case.pk)
        assert (letter.answer, letter.answered_on) == ("六十天", date(2025, 1, 6))
        assert shown.link("看复函") == f"/attachments/{letter.paper_id}/"
        assert "已经复函，不能改写" in clerk.reads(address).words

    def test_a_letter_without_a_reply_is_said_to_be_late(self, clerk: Desk) -> None:
        case = case_of()
        clerk.does(f"/cases/{case.pk}/evidence/", on="2025-01-02", addressee="某劳务公司", asks="做工几天")

        with override_settings(OPENDIBAO_TODAY=date(2025, 1, 20)):
            page = clerk.reads(f"/cases/{case.pk}/")

        assert "已等 12 个工作日，超过 10 个，请催" in page.words

    def test_a_bad_reply_keeps_nothing(self, clerk: Desk) -> None:
        case = case_of()
        clerk.does(f"/cases/{case.pk}/evidence/", on="2025-01-02", addressee="某劳务公司", asks="做工几天")
        (letter,) = evidence_letters_of(case.pk)

        page = clerk.does(
            f"/cases/{case.pk}/evidence/{letter.id}/reply/", on="2025-01-06", answer="六十天",
            paper=photo("x.jpg", b"<svg/>"),
        )  # type: ignore[arg-type]  # fmt: skip

        assert page.status == 422
        assert "复函“x.jpg”：打不开这个文件" in page.words
        assert evidence_letters_of(case.pk)[0].answered_on is None
        assert attachments_of(case.pk) == []

    def test_a_letter_of_another_case_is_not_there(self, clerk: Desk) -> None:
        case = case_of()
        assert clerk.reads(f"/cases/{case.pk}/evidence/77/reply/").status == 404

    def test_a_family_that_will_not_be_asked(self, clerk: Desk) -> None:
        case = case_of()
        page = clerk.does(f"/cases/{case.pk}/refused-visit/", on="2025-01-03", first="陈走访", second="黄走访",
                          witness="村干部甲", words="不开门")  # fmt: skip

        assert "不开门（陈走访、黄走访，见证人 村干部甲）" in clerk.follows(page).words
        assert len(refused_visits_of(case.pk)) == 1


class TestForm:
    def test_the_signed_form_is_shown_with_sheets_and_pictures(self, clerk: Desk) -> None:
        case = case_of()
        surveyed(
            clerk, case, photo1=photo("home.jpg", jpeg(80, 80)), k0_what="odd_jobs:construction", k0_of="1",
            k0_number="60", k0_grade="C", k0_evidence="两名工友证言",
        )  # fmt: skip

        page = clerk.reads(f"/cases/{case.pk}/surveys/1/")

        assert page.status == 200
        assert "零工，建筑，60 天" in page.words
        assert "C 两人以上证言一致：两名工友证言" in page.words
        assert "两间砖房，自有" in page.words
        assert "李建国 · 打零工" in page.words
        home = attachments_of(case.pk, "home")[0].id
        assert f'src="/attachments/{home}/"' in page.html
        assert clerk.reads(f"/cases/{case.pk}/surveys/2/").status == 404

    def test_the_paper_of_the_last_visit_is_none_of_the_next(self, clerk: Desk) -> None:
        case = case_of()
        assert surveyed(clerk, case, on="2025-01-03").status == 303  # its paper was kept on the 6th
        Case.objects.filter(pk=case.pk).update(state="accepted")

        page = surveyed(clerk, case, on="2025-01-06", paper=None)

        assert page.status == 422
        assert "请选择“签字的调查表”" in page.words
        assert len(surveys_of(case.pk)) == 1

    def test_once_the_case_went_on_no_picture_is_kept(self, clerk: Desk) -> None:
        case = case_of()
        surveyed(clerk, case)
        Case.objects.filter(pk=case.pk).update(state="refused")
        kept = attachments_of(case.pk)

        page = clerk.sends(f"/cases/{case.pk}/survey/", photo1=photo("late.jpg", jpeg(90, 90)))  # type: ignore[arg-type]

        assert page.status != 303
        assert attachments_of(case.pk) == kept

    def test_a_correction_shows_both_versions(self, clerk: Desk) -> None:
        case = case_of()
        surveyed(clerk, case)
        address = f"/cases/{case.pk}/survey/correct/"
        known = fields_of(clerk.reads(address))

        page = clerk.sends(address, **{**known, "i0-0_amount": "700", "reason": "抄错了", "agreed_by": "王秀英"})

        assert page.status == 303, page.words
        shown = clerk.reads(f"/cases/{case.pk}/surveys/1/")
        assert "第 1 次更正：2025-01-06 王经办，王秀英 确认" in shown.words
        assert "每月620.50元，6个月 ▲ 每月700.00元，6个月" in shown.words
        (kept,) = surveys_of(case.pk)
        assert kept.signed["members"][0]["income"][0]["amount"] == "620.50"
        assert kept.found["members"][0]["income"][0]["amount"] == "700"

    def test_a_correction_without_a_change_is_none(self, clerk: Desk) -> None:
        case = case_of()
        surveyed(clerk, case)
        address = f"/cases/{case.pk}/survey/correct/"

        page = clerk.sends(address, **{**fields_of(clerk.reads(address)), "reason": "看看", "agreed_by": "王秀英"})

        assert page.status == 422
        assert "更正前后一样" in page.words
        assert clerk.reads("/cases/999/survey/correct/").status == 404

    def test_once_posted_it_is_closed(self, clerk: Desk) -> None:
        case = case_of()
        surveyed(clerk, case)
        Case.objects.filter(pk=case.pk).update(state="noticed")

        assert "公示以前才能更正" in clerk.reads(f"/cases/{case.pk}/survey/correct/").words

    def test_the_case_says_what_differs_and_what_it_makes(self, clerk: Desk) -> None:
        case = case_of()
        surveyed(clerk, case, nv0_kind="car", nv0_use="private")

        page = clerk.reads(f"/cases/{case.pk}/")

        assert "车辆 — — 小轿车 自用 −" in page.words
        assert "合计（按规则各算一遍）" in page.words


class TestMatch:
    def test_it_is_asked_for_and_answered_one_by_one(self, clerk: Desk) -> None:
        case = case_of()
        page = clerk.follows(clerk.does(f"/cases/{case.pk}/match/request/", on="2025-01-03"))
        assert "已提请核对 42 项" in page.words
        row = next(one for one in matches_of(case.pk) if (one.person, one.source) == ("李建国", "vehicles"))
        address = f"/cases/{case.pk}/match/answer/"

        page = clerk.does(address, question=str(row.id), on="2025-01-06", outcome="hit", found="")
        assert "核到信息的，请写明核到什么" in page.words
        page = clerk.does(address, question=str(row.id), on="2025-01-06", outcome="hit", found="小轿车一辆")

        assert "已录入答复：车辆 · 李建国" in clerk.follows(page).words
        found = next(one for one in matches_of(case.pk) if one.id == row.id)
        assert (found.outcome, found.requested_on, found.answered_on) == ("hit", date(2025, 1, 3), date(2025, 1, 6))
        assert "已经提请过" in clerk.reads(f"/cases/{case.pk}/match/request/").words
        assert "还有 1 条核到的信息没有处置" in clerk.reads(f"/cases/{case.pk}/survey/").words

    def test_without_a_question_there_is_no_answer(self, clerk: Desk) -> None:
        assert "没有在等的答复" in clerk.reads(f"/cases/{case_of().pk}/match/answer/").words


class TestAttachment:
    def kept(self, case: Case, content: bytes, name: str = "证.jpg", kind: str = "evidence") -> int:
        return keep_attachment(case.pk, kind=kind, name=name, content=content, on=ACCEPTED, at=at(ACCEPTED)).pk

    def test_a_picture_is_shown_and_can_do_nothing(self, clerk: Desk) -> None:
        made = self.kept(case_of(), jpeg(gps=True))

        response = clerk.client.get(f"/attachments/{made}/")

        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert response["Content-Disposition"].startswith("inline")
        assert Image.open(BytesIO(response.content)).format == "JPEG"

    def test_a_pdf_is_handed_out_to_be_opened_elsewhere(self, clerk: Desk) -> None:
        response = clerk.client.get(f"/attachments/{self.kept(case_of(), pdf(), 'x.pdf')}/")

        assert response["Content-Disposition"] == "attachment; filename*=UTF-8''x.pdf"

    def test_who_looked_is_on_record(self, clerk: Desk) -> None:
        from opendibao.audit.models import Viewing

        case = case_of()
        clerk.client.get(f"/attachments/{self.kept(case, jpeg())}/")

        assert Viewing.objects.filter(subject=f"案件 {case.number}", page="附件 证.jpg", actor="王经办").exists()

    def test_another_township_and_other_duties_see_none(self, clerk: Desk) -> None:
        made = self.kept(case_of(), jpeg())
        stranger = Desk(hired("clerk83", "外镇", division=OTHER_TOWN))
        payer = Desk(hired("payer81", "发放", division="360429000000", duties=(Duty.PAY,)))

        assert stranger.client.get(f"/attachments/{made}/").status_code == 404
        assert payer.client.get(f"/attachments/{made}/").status_code == 403
        assert clerk.client.get("/attachments/9999/").status_code == 404


class TestTooLarge:
    def test_it_is_refused_before_it_is_read(self, clerk: Desk) -> None:
        case = case_of()
        response = clerk.client.generic(
            "POST", f"/cases/{case.pk}/survey/", b"--x", content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(200 * 1024 * 1024),
        )  # fmt: skip

        assert response.status_code == 413
        assert "一次最多传 60 MB" in response.content.decode()
        assert attachments_of(case.pk) == []

    def test_a_length_that_is_none_is_read_as_nothing(self, clerk: Desk) -> None:
        response = clerk.client.generic("GET", "/today/", CONTENT_LENGTH="viel")

        assert response.status_code == 200
