"""词: the words of pages are those of the tables, code by code."""

import pytest
from django.apps import apps

from opendibao.decision.accountable import DID
from opendibao.decision.inquiries import CONDITIONS
from opendibao.decision.minutes import RESULTS
from opendibao.decision.referrals import OFFICES
from opendibao.decision.uprating_queries import STEPS
from opendibao.evaluation.conclusion import READINGS
from opendibao.evaluation.grading import BASES
from opendibao.evaluation.problem_ledger import catalogue
from opendibao.evaluation.rectifications import KINDS, Standing
from opendibao.kernel.duties import Duty
from opendibao.payment.back_pay import LEFT
from opendibao.payment.equation import TERMS
from opendibao.policy.shares import LEVELS
from opendibao.registry.models import Risk
from opendibao.rules.vocabulary import DISABILITIES, OUTCOME_ZH, WORDS
from opendibao.verification.linkage.id_numbers import FLAGS
from opendibao.verification.linkage.model import FIELDS
from opendibao.verification.sources import SOURCES
from opendibao.web import labels
from opendibao.web.verification import match_words


@pytest.mark.parametrize(
    ("words", "model", "field"),
    [
        (labels.AREAS, "decision.Decision", "area"),
        (labels.RELATIONS, "registry.Membership", "relation"),
        (labels.ACCOUNT_CAUSES, "registry.AccountChange", "cause"),
        (labels.ASKERS, "registry.AccountChange", "asker_is"),
        (labels.ASK_CHANNELS, "registry.AccountChange", "channel"),
        (labels.EVIDENCE, "registry.AccountChange", "evidence"),
        (labels.ACCOUNT_CHANGES, "registry.AccountChange", "state"),
        (labels.LOOKS, "registry.AccountChange", "how"),
        (labels.PROXY_RELATIONS, "registry.Proxy", "relation"),
        (labels.PROXY_REASONS, "registry.Proxy", "reason"),
        (labels.REVIEW_WAYS, "registry.ProxyReview", "way"),
        (labels.REVIEW_WAYS, "registry.CustodyCheck", "way"),
        (labels.CUSTODIANS, "registry.Custody", "custodian_is"),
        (labels.HANDED, "registry.Custody", "handed"),
        (labels.DECISIONS, "decision.Decision", "kind"),
        (labels.CAUSES, "decision.Decision", "cause"),
        ({code: word for code, word in labels.ATTEMPTS.items() if code}, "payment.Attempt", "state"),
        (labels.LINES, "payment.PayLine", "kind"),
        (labels.UPRATING_STATES, "decision.Uprating", "state"),
        (labels.UPRATING_RESULTS, "decision.UpratingLine", "result"),
        (labels.PRICE_STATES, "decision.PriceSupplement", "state"),
        (labels.RUNS, "payment.PayRun", "state"),
        (labels.CHECKS, "payment.Finding", "kind"),
        (labels.FINDINGS, "payment.Finding", "outcome"),
        (labels.HOLDS, "payment.Hold", "outcome"),
        (labels.FILES, "payment.BankFile", "kind"),
        (labels.EXCEPTIONS, "payment.ReconException", "kind"),
        (labels.RESOLUTIONS, "payment.ReconException", "resolution"),
        (labels.MOVEMENTS, "payment.StatementLine", "movement"),
        (labels.RECOVERY_CAUSES, "payment.Receivable", "cause"),
        (labels.CASE_KINDS, "intake.Case", "kind"),
        (labels.LOOKUP_PURPOSES, "verification.Lookup", "purpose"),
        (labels.EXCHANGE_FORMS, "verification.Exchange", "form"),
        (labels.CHANNELS, "intake.Case", "channel"),
        (labels.CASE_STATES, "intake.Case", "state"),
        (labels.CASE_LETTERS, "intake.CaseLetter", "kind"),
        (labels.DELIVERIES, "intake.CaseLetter", "delivered_how"),
        (labels.DELIVERIES, "decision.Letter", "delivered_how"),
        (labels.ATTACHMENTS, "intake.Attachment", "kind"),
        (labels.MANDATE_RELATIONS, "intake.Mandate", "relation"),
        (labels.MEETING_PARTS, "decision.MeetingMember", "part"),
        (labels.OBJECTION_OUTCOMES, "decision.Objection", "outcome"),
        (labels.LOW_INCOME_ENDS, "decision.LowIncomeEntry", "end_reason"),
        (labels.REFERRAL_OUTCOMES, "decision.Referral", "outcome"),
        (labels.INQUIRY_FINDINGS, "decision.Inquiry", "finding"),
        (labels.INQUIRY_SOURCES, "decision.Inquiry", "source"),
        (labels.INQUIRY_OUTCOMES, "decision.Inquiry", "outcome"),
        (labels.MATCHES, "verification.MatchResult", "outcome"),
        (labels.DISPOSITIONS, "verification.MatchResult", "disposition"),
        (labels.LEAD_SOURCES, "intake.Lead", "source"),
        (labels.LEAD_OUTCOMES, "intake.Lead", "outcome"),
        (labels.REVIEW_CLASSES, "reviews.Reverification", "review_class"),
        (labels.REVIEW_RESULTS, "reviews.Reverification", "result"),
        (labels.GOAL_STATES, "evaluation.Goal", "state"),
        (labels.STAGES, "evaluation.Goal", "horizon"),
        (labels.MATERIAL_KINDS, "evaluation.Material", "kind"),
        (labels.SUBMISSION_STATES, "evaluation.Submission", "state"),
    ],
)
def test_every_code_of_a_table_has_its_word(words: dict[str, str], model: str, field: str) -> None:
    assert words == dict(apps.get_model(model)._meta.get_field(field).flatchoices)


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (labels.DUTIES, {duty: duty.zh for duty in Duty}),
        (labels.ACCOUNT_RISKS, {risk.value: risk.label for risk in Risk}),
        (labels.VOTE_RESULTS, RESULTS),
        (labels.EXEMPTIONS, CONDITIONS),
        (labels.HANDS, DID),
        (labels.REFERRAL_KINDS, {kind: zh for kind, (zh, _office) in OFFICES.items()}),
        (labels.TERMS, TERMS),
        (labels.LEVELS, LEVELS),
        (labels.STANDINGS, {each: each.zh for each in Standing}),
        (labels.ORIGINS, KINDS),
        (labels.READINGS, READINGS),
        (labels.OUTCOMES, OUTCOME_ZH),
        (labels.DISABILITIES, {kind: WORDS["disability_kind"][at] for at, kind in enumerate(DISABILITIES) if kind}),
        (labels.DEPARTMENTS, {name: source.zh for name, source in SOURCES.items()}),
    ],
)
def test_every_code_of_a_package_has_its_word(words: dict[str, str], known: dict[str, str]) -> None:
    assert words == known


def test_every_ground_of_a_grade_has_its_word() -> None:
    assert set(BASES.values()) < set(labels.GRADES)


def test_every_title_of_the_problem_ledger_has_its_word() -> None:
    assert {word for one in catalogue() for word in (one.group, one.title)} == set(labels.PROBLEMS)


def test_every_step_of_a_difference_is_said() -> None:
    assert tuple(labels.UPRATING_STEPS) == STEPS


def test_every_reason_why_back_pay_is_not_ordered_is_said() -> None:
    assert set(labels.BACK_PAY_LEFT) == set(LEFT)


def test_fields_and_levels_of_a_link_have_their_words() -> None:
    assert set(match_words.FIELDS) == set(FIELDS)
    assert set(match_words.LEVELS) == {level for levels in FIELDS.values() for level in levels}
    assert set(labels.ID_FLAGS) == set(FLAGS)
