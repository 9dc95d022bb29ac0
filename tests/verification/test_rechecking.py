"""说明、异议、复查: what cannot stand is refused, and the database itself keeps what was said."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from opendibao.intake.attachments import keep_attachment
from opendibao.intake.models import Case
from opendibao.intake.refusal import NoConsent
from opendibao.registry.queries import person_id
from opendibao.verification.actions import Answer, VerificationRefused, dispose_match, file_match_results
from opendibao.verification.disposing import dispose_matches
from opendibao.verification.linking import link_delivery
from opendibao.verification.match_letters import tell_mismatch
from opendibao.verification.models import (
    HitLink,
    Link,
    MatchExplanation,
    MatchRecheck,
    MatchResult,
    NotSamePerson,
)
from opendibao.verification.queries import matches_of
from opendibao.verification.reasons import reason_of, reasons, reasons_on
from opendibao.verification.rechecking import hear_explanation, object_to_match, settle_recheck
from opendibao.verification.settling import settle_link
from tests.intake.builders import ASKED, VISITED, accepted, authorised
from tests.intake.pictures import jpeg
from tests.registry.builders import FATHER, LONER, MOTHER, at, household
from tests.verification.delivered import CAME, delivered, deposit

pytestmark = pytest.mark.usefixtures("places")
DUE = date(2024, 3, 20)
"""Ten working days after Wednesday 6 March."""


def hit(case: Case, source: str = "bank_deposits") -> int:
    answers = [Answer(person_id(MOTHER.id_number), source, "hit", {"found": "存款98000元"})]
    file_match_results(case.pk, answers, requested_on=ASKED, answered_on=ASKED, at=at(ASKED))
    return next(row.id for row in matches_of(case.pk) if row.source == source)


def objected(match: int, **said: Any) -> MatchRecheck:
    given = {"objector": "王秀英", "ground": "是代人保管的", "on": VISITED, "at": at(VISITED), **said}
    return object_to_match(match, **given)


def settled(recheck: MatchRecheck, **said: Any) -> MatchRecheck:
    given = {"outcome": "upheld", "findings": "银行回函", "on": VISITED, "at": at(VISITED), **said}
    return settle_recheck(recheck.pk, **given)


class TestWords:
    def test_they_are_kept_with_their_paper(self) -> None:
        case = authorised()
        match = hit(case)
        paper = keep_attachment(case.pk, kind="evidence", name="x.jpg", content=jpeg(), on=VISITED, at=at(VISITED)).pk

        hear_explanation(match, said_by="王秀英", words="是代人保管的", on=VISITED, at=at(VISITED), paper_id=paper)

        (kept,) = MatchExplanation.objects.all()
        assert (kept.said_by, kept.words, kept.heard_by, kept.paper_id) == ("王秀英", "是代人保管的", "张经办", paper)

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"said_by": " "}, "请填写说明人"), ({"words": ""}, "300字以内写明说明内容"),
            ({"words": "长" * 301}, "300字以内"), ({"on": date(2024, 3, 4)}, "早于核到信息的日期2024-03-05"),
            ({"paper_id": 0}, "没有这张材料"),
        ],
    )  # fmt: skip
    def test_what_cannot_stand_is_refused(self, said: dict[str, Any], words: str) -> None:
        given = {"said_by": "王秀英", "words": "说明", "on": VISITED, "at": at(VISITED), **said}
        match = hit(authorised())
        with pytest.raises(VerificationRefused, match=words):
            hear_explanation(match, **given)
        with pytest.raises(VerificationRefused, match="没有这条核对结果"):
            hear_explanation(0, **{**given, "on": VISITED, "paper_id": None})

    def test_nothing_found_is_nothing_to_explain(self) -> None:
        case = authorised()
        answers = [Answer(person_id(MOTHER.id_number), "tax", "no_hit")]
        file_match_results(case.pk, answers, requested_on=ASKED, answered_on=ASKED, at=at(ASKED))
        with pytest.raises(VerificationRefused, match="没有核到信息"):
            objected(matches_of(case.pk)[0].id)


class TestObjection:
    def test_it_is_due_after_ten_working_days(self) -> None:
        assert objected(hit(authorised())).due_on == DUE

    def test_meanwhile_nobody_answers_the_hit_or_objects_again(self) -> None:
        match = hit(authorised())
        objected(match)
        with pytest.raises(VerificationRefused, match="正在复查，复查办结后再处置"):
            dispose_match(match, disposition="accept_record", reason="属实", at=at(VISITED))
        with pytest.raises(VerificationRefused, match="正在复查，请先办结"):
            objected(match)

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"outcome": "maybe"}, "不在可选项内"), ({"findings": " "}, "写明查了什么"),
            ({"on": date(2024, 3, 5)}, "早于异议日期"), ({"outcome": "changed"}, "请写明更正成什么"),
            ({"found": {"found": "多余"}}, "其他结果不用写"),
        ],
    )  # fmt: skip
    def test_a_result_that_cannot_stand_is_refused(self, said: dict[str, Any], words: str) -> None:
        recheck = objected(hit(authorised()))
        with pytest.raises(VerificationRefused, match=words):
            settled(recheck, **said)
        settled(recheck)
        with pytest.raises(VerificationRefused, match="已于2024-03-06办结"):
            settled(recheck)
        with pytest.raises(VerificationRefused, match="没有这项复查"):
            settle_recheck(0, outcome="upheld", findings="无", on=VISITED, at=at(VISITED))


class TestReasons:
    def test_every_disposition_has_its_reasons_and_words_of_ones_own(self) -> None:
        for disposition in ("accept_record", "keep_declaration", "recheck", "propose_end"):
            codes = [one.code for one in reasons_on(VISITED, disposition)]
            assert len(codes) == len(set(codes)) > 1
            assert codes[-1] == "other"
        assert all(one.since <= (one.until or one.since) for one in reasons())

    def test_before_the_list_nothing_can_be_chosen(self) -> None:
        assert reason_of("recheck", "visit", date(2014, 4, 30)) is None

    def test_the_code_is_kept_and_says_enough_or_not(self) -> None:
        match = hit(authorised())
        with pytest.raises(VerificationRefused, match="理由代码“visit”不能用于“采信”"):
            dispose_match(match, disposition="accept_record", reason="", code="visit", at=at(VISITED))
        with pytest.raises(VerificationRefused, match="写明“已注销、过户、支取，有凭证”的情况"):
            dispose_match(match, disposition="keep_declaration", reason=" ", code="gone", at=at(VISITED))
        dispose_match(match, disposition="accept_record", reason="", code="papers", at=at(VISITED))
        row = MatchResult.objects.get(pk=match)
        assert (row.reason_code, row.reason) == ("papers", "看过凭证属实")

    def test_several_are_answered_all_or_none(self) -> None:
        case = authorised()
        both = [hit(case), hit(case, "vehicles")]
        dispose_match(both[1], disposition="accept_record", reason="属实", at=at(VISITED))
        with pytest.raises(VerificationRefused, match="已处置为“采信”"):
            dispose_matches(both, disposition="accept_record", code="declared", reason="", at=at(VISITED))
        assert MatchResult.objects.get(pk=both[0]).disposition == ""


class TestLetter:
    def test_there_is_nothing_to_tell(self) -> None:
        case = authorised()
        hit(case)
        with pytest.raises(VerificationRefused, match="没有处置为“建议终止”还没告知的"):
            tell_mismatch(case.pk, on=VISITED, at=at(VISITED))

    def test_it_names_each_hit_once(self) -> None:
        case = authorised()
        dispose_match(hit(case), disposition="propose_end", code="over_property", reason="", at=at(VISITED))

        letter = tell_mismatch(case.pk, on=VISITED, at=at(VISITED))

        assert "1.王秀英：银行存款核到：存款98000元" in letter.text
        assert "10个工作日内复查并书面告诉你" in letter.text
        with pytest.raises(VerificationRefused, match="不用制作"):
            tell_mismatch(case.pk, on=VISITED, at=at(VISITED))


def test_nobody_is_typed_in_without_consent() -> None:
    with pytest.raises(NoConsent):
        hit(accepted())


class TestTheDatabase:
    """Each promise is broken past every action and refuses by its name."""

    def refuses(self, name: str, change: Any) -> None:
        with pytest.raises(DatabaseError, match=name), transaction.atomic():
            change()

    def test_explanations(self) -> None:
        match = MatchResult.objects.get(pk=hit(authorised()))
        given = {"match": match, "division": match.division, "said_on": VISITED, "heard_by": "甲"}
        self.refuses("an_explanation_says_something", lambda: MatchExplanation.objects.create(
            **given, said_by="乙", words=" "))  # fmt: skip
        kept = MatchExplanation.objects.create(**given, said_by="乙", words="说明")
        self.refuses("只能追加|不能改", lambda: MatchExplanation.objects.filter(pk=kept.pk).update(words="改"))

    def test_rechecks(self) -> None:
        recheck = objected(hit(authorised()))
        copy = {
            "match": recheck.match, "division": recheck.division, "objector": "甲", "objected_on": VISITED,
            "ground": "乙", "registered_by": "丙", "due_on": DUE,
        }  # fmt: skip
        make = MatchRecheck.objects.create
        self.refuses("one_open_recheck_of_a_match", lambda: make(**copy))
        self.refuses("an_objection_says_why", lambda: make(**{**copy, "ground": " "}))
        self.refuses("recheck_is_due_after_the_objection", lambda: make(**{**copy, "due_on": date(2024, 3, 5)}))
        self.refuses("a_recheck_is_settled_whole", lambda: make(**{**copy, "outcome": "upheld"}))
        self.refuses("异议内容不能改写", lambda: MatchRecheck.objects.update(ground="改"))
        self.refuses("只能追加|不能删|不能改", lambda: MatchRecheck.objects.all().delete())

    def test_answers(self) -> None:
        match = MatchResult.objects.filter(pk=hit(authorised()))
        self.refuses("a_disposition_has_a_code", lambda: match.update(disposition="recheck", reason="查"))
        self.refuses("matching_begins_after_the_request", lambda: match.update(begun_on=date(2024, 3, 1)))
        self.refuses("only_the_unchecked_say_why", lambda: match.update(why="stale"))

    def test_links(self) -> None:
        household()
        household("999999-00002", LONER)
        link_delivery(delivered("bank_deposits", [deposit(MOTHER), deposit(FATHER, name="赵大海")]), at=at(CAME))
        sure, doubt = Link.objects.order_by("row_no")
        links = Link.objects.filter(pk=sure.pk)
        self.refuses("a_doubtful_link_is_settled_by_somebody", lambda: links.update(state="waiting"))
        self.refuses("a_doubtful_link_is_settled_by_somebody", lambda: links.update(state="same", settled_on=CAME))
        self.refuses("认人的依据不能改写", lambda: links.update(score=1))
        self.refuses("one_link_per_record_and_person", lambda: Link.objects.create(
            **{name: getattr(sure, name) for name in (
                "record_id", "person_id", "division", "source", "row_key", "row_no", "tier", "score", "margin",
                "evidence", "model", "linked_at", "state")}))  # fmt: skip
        settle_link(doubt.pk, is_same=False, note="不是", on=CAME, at=at(CAME))
        said = NotSamePerson.objects.get()
        copy = {
            "person": said.person,
            "division": said.division,
            "source": said.source,
            "said_by": "甲",
            "said_on": CAME,
        }
        make = NotSamePerson.objects.create
        self.refuses("not_same_is_said_once", lambda: make(**copy, row_key=said.row_key, reason="又"))
        self.refuses("not_same_has_a_reason", lambda: make(**copy, row_key="x", reason=" "))
        self.refuses("not_same_is_taken_back_later", lambda: make(
            **copy, row_key="x", reason="是", taken_back_on=date(2024, 1, 1)))  # fmt: skip
        self.refuses("不能改写，只能撤回一次", lambda: NotSamePerson.objects.update(reason="改"))

    def test_a_row_bears_an_answer_once(self) -> None:
        match = MatchResult.objects.get(pk=hit(authorised()))
        link_delivery(delivered("bank_deposits", [deposit(MOTHER)]), at=at(CAME))
        link = Link.objects.get()
        HitLink.objects.create(match=match, link=link)
        self.refuses("a_row_bears_an_answer_once", lambda: HitLink.objects.create(match=match, link=link))
