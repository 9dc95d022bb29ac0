"""别的乡镇: an officer with the right duty but of another township acts on nothing here and leaves no trace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from opendibao.accounts.actions import create_officer
from opendibao.audit.session import acting
from opendibao.budget.actions import propose_budget
from opendibao.decision.actions import confirm_case, hold_meeting, post_notice, stop_benefit
from opendibao.evaluation.actions import draw_accuracy_sample, record_accuracy_check
from opendibao.intake.actions import contact_lead, record_lead
from opendibao.intake.completeness import return_for_supplement
from opendibao.intake.ending import withdraw_case
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.outreach.actions import answer_ticket, approve_post, fill_post, open_ticket
from opendibao.payment.actions import approve_run, check_run, close_run, compute_run, reissue, send_run, take_return
from opendibao.registry.actions import (
    ask_account_change,
    change_account,
    end_membership,
    hand_over_card,
    move_household,
    record_death,
    register_proxy,
)
from opendibao.registry.queries import person_id
from opendibao.reviews.actions import open_review_case, record_reverifications_kept, schedule_reverifications
from opendibao.reviews.queries import due
from opendibao.verification.actions import Answer, dispose_match, file_match_results, open_hits, record_survey
from tests.conftest import ActAs
from tests.decision.builders import HANDS, SURVEYORS, confirm, family, noticed
from tests.intake.builders import authorised, submitted
from tests.registry.agreements import custody_entry, proxy_entry
from tests.registry.builders import (
    ACCOUNT,
    COUNTY,
    FAR_VILLAGE,
    LONER,
    MOTHER,
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    at,
    divisions,
    household,
)
from tests.registry.changed import asked

DAY = date(2024, 6, 20)
NOW = at(DAY)
REFUSED = (ValueError, DatabaseError)
BEYOND = "不在本人可见的区划内|不在本人办理的区划内|不存在|row-level security"
Act = Callable[[dict[str, int]], object]


@pytest.fixture
def ids(act_as: ActAs) -> Iterator[dict[str, int]]:
    """A covered family and a loner who applies, in the eastern township, with everything that hangs on them."""
    with act_as("360429"):
        divisions()
        home, loner = household(), household("999999-00002", LONER)
        decided = confirm(noticed(home=home))
        schedule_reverifications([(home, VILLAGE, "yearly")], year=2024, at=NOW)
        found = {
            "home": home,
            "loner": loner,
            "mother": person_id(MOTHER.id_number),
            "case": asked_about(loner),
            "lead": record_lead(VILLAGE, source="grid", on=DAY, at=NOW, summary="独居").pk,
            "decided": decided.case_id or 0,
            "review": due(upto=date(2024, 12, 31))[0].pk,
            "hit": 0,
            "post": approve_post(TOWN, title="经办", needed_since=DAY, due_on=date(2024, 8, 1), at=NOW).pk,
            "run": compute_run(date(2024, 4, 1), on=date(2024, 3, 29), at=NOW, maker="周编制").pk,
            "check": draw_accuracy_sample(2024, size=1, seed=1, on=DAY, at=NOW)[0],
        }
        found["hit"] = open_hits(found["case"])[0].pk
        open_ticket(
            VILLAGE, number="热1", kind="report", is_named=True, received_on=DAY, summary="反映", at=NOW
        )  # fmt: skip
        yield found


def asked_about(home: int) -> int:
    """A case of the loner that waits for an answer to a hit."""
    case, on = authorised(home).pk, date(2024, 3, 5)
    hit = Answer(person_id(LONER.id_number), "tax", "hit", {"found": "有纳税记录"})
    file_match_results(case, [hit], requested_on=on, answered_on=on, at=at(on))
    return case


@contextmanager
def western_clerk() -> Iterator[None]:
    """He holds every duty, in the western township."""
    with acting("西镇经办", "360429101", EVERY_DUTY):
        yield


def rows() -> dict[str, object]:
    """How many rows every table of ours holds, and what they come to, past the walls."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("opendibao.")]
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        counted: dict[str, object] = {}
        for table in tables:
            cursor.execute(f"SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t")
            counted[table] = cursor.fetchone()
        cursor.execute("SET ROLE opendibao_app")
    return counted


def _named(**acts: Act) -> list[object]:
    return [pytest.param(act, id=name) for name, act in acts.items()]


ACTS = _named(
    account=lambda i: change_account(i["home"], ACCOUNT, on=DAY, at=NOW),
    ask=lambda i: ask_account_change(i["home"], asked(ACCOUNT, MOTHER.name, DAY), on=DAY, at=NOW),
    proxy=lambda i: register_proxy(i["home"], proxy_entry(), on=DAY, at=NOW),
    custody=lambda i: hand_over_card(i["home"], custody_entry(), on=DAY, at=NOW),
    move=lambda i: move_household(i["home"], division=FAR_VILLAGE, area="rural", address="1组", on=DAY, at=NOW),
    membership=lambda i: end_membership(i["home"], i["mother"], last_day=DAY, at=NOW),
    death=lambda i: record_death(i["mother"], died=DAY, at=NOW),
    application=lambda i: submitted(i["home"], on=DAY),
    supplement=lambda i: return_for_supplement(i["case"], items=["核对授权书"], on=DAY, at=NOW),
    withdrawal=lambda i: withdraw_case(i["case"], reason="不申请了", on=DAY, at=NOW),
    lead=lambda i: contact_lead(i["lead"], outcome="informed", on=DAY, at=NOW),
    lead_elsewhere=lambda i: record_lead(VILLAGE, source="grid", on=DAY, at=NOW, summary="独居"),
    match=lambda i: dispose_match(i["hit"], disposition="accept_record", reason="属实", at=NOW),
    survey=lambda i: record_survey(
        i["case"], on=DAY, at=NOW, surveyors=SURVEYORS, respondent="单有福", found=family()
    ),
    meeting=lambda i: hold_meeting(
        VILLAGE, on=DAY, at=NOW, chair="甲", recorder="乙", villagers=1, party_members=1, cadres=1,
        votes=[(i["case"], 3, 0, 0, 0)],
    ),
    notice=lambda i: post_notice(i["case"], on=DAY, at=NOW),
    confirmation=lambda i: confirm_case(i["case"], on=DAY, at=NOW, **HANDS),
    stop=lambda i: stop_benefit(i["decided"], cause="moved", on=DAY, at=NOW, **HANDS),
    review_case=lambda i: open_review_case(i["home"], on=DAY, at=NOW, declared=family()),
    review_kept=lambda i: record_reverifications_kept([i["review"]], on=DAY, surveyors="甲、乙", at=NOW),
    check=lambda i: check_run(i["run"], on=DAY, at=NOW, checker="李审核"),
    approval=lambda i: approve_run(i["run"], on=DAY, at=NOW, finance="钱财政"),
    sending=lambda i: send_run(i["run"], on=DAY, at=NOW, out_dir=Path("/nowhere")),
    closing=lambda i: close_run(i["run"], on=DAY, at=NOW),
    result=lambda i: take_return(i["run"], b"", on=DAY, at=NOW),
    second_sending=lambda i: reissue(i["run"], on=DAY, at=NOW, out_dir=Path("/nowhere")),
    post=lambda i: fill_post(i["post"], on=DAY, at=NOW),
    ticket=lambda i: answer_ticket("热1", answer="已答复", on=DAY, at=NOW),
    accuracy=lambda i: record_accuracy_check(i["check"], facts=family(), on=DAY, at=NOW),
    budget=lambda i: propose_budget(
        2024, "rural", division=COUNTY, last_year_persons=1, standard_fen=1, average_benefit_fen=1,
        price_factor_bp=10_000, expected_entries=0, reserve_bp=0, approved_fen=1, approved_on=DAY, at=NOW,
    ),
    officer=lambda i: create_officer("mole", "内应", division=COUNTY, duties=[], at=NOW),
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_an_officer_of_another_township_cannot_act_here(ids: dict[str, int], act: Act) -> None:
    before = rows()

    with western_clerk(), pytest.raises(REFUSED, match=BEYOND), transaction.atomic():
        act(ids)

    assert rows() == before


def test_he_may_act_in_his_own_township(ids: dict[str, int]) -> None:
    with western_clerk():
        lead = record_lead(FAR_VILLAGE, source="grid", on=DAY, at=NOW, summary="独居")

    assert lead.division.startswith(OTHER_TOWN[:9])
