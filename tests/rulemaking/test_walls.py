"""规则的墙: what the procedure refuses is tried by plain SQL, past every action, and the database refuses it."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from opendibao.policy.pack import BadPolicy
from opendibao.policy.reader import load_pack
from opendibao.rulemaking.actions import keep_rule_set
from opendibao.rulemaking.models import Revision
from opendibao.rulemaking.queries import archived_law, policy_in_force, rule_sets
from opendibao.rules.law import law_of
from tests.conftest import ActAs
from tests.rulemaking.builders import approved, drafted, scheduled

pytestmark = pytest.mark.usefixtures("county")
DRAFT = (
    "INSERT INTO rulemaking_parameterchange (division, pack, path, since, value, source, is_verified, reason, state,"
    " drafted_by, drafted_at, approved_by, withdrawn_by, withdrawn_reason) VALUES ('360429000000', 'jx-demo-2024',"
    " 'standard.rural', '2024-07-01', %s, '某文件第一条', false, '调标', %s, '甲', now(), %s, '', '')"
)
MOVE = "UPDATE rulemaking_parameterchange SET state = %s, approved_by = %s, approved_at = {} WHERE id = %s"


def sql(text: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


def step(change: int, number: int, *, kind: str = "scheduled", on: str = "2024-05-08", cases: int = 20) -> None:
    sql(
        "INSERT INTO rulemaking_revision (division, pack, number, change_id, step, taken_on, officer, taken_at,"
        " digest, rule_set, cases, moved) VALUES ('360429000000', 'jx-demo-2024', %s, %s, %s, %s, '乙', now(), 'd',"
        " 'r', %s, '')",
        number, change, kind, on, cases,
    )  # fmt: skip


class TestAChange:
    def test_is_not_negative(self) -> None:
        with pytest.raises(IntegrityError, match="change_not_negative"):
            sql(DRAFT, -1, "draft", "")

    @pytest.mark.parametrize(("state", "by"), [("approved", "乙"), ("scheduled", "乙"), ("draft", "乙")])
    def test_does_not_begin_approved(self, state: str, by: str) -> None:
        with pytest.raises(IntegrityError, match="要先起草，再由另一人批准"):
            sql(DRAFT, 1, state, by)

    def test_is_not_approved_by_its_drafter(self) -> None:
        made = drafted()

        with pytest.raises(IntegrityError, match="drafter_is_not_approver"):
            sql(MOVE.format("now()"), "approved", made.drafted_by, made.pk)

    @pytest.mark.parametrize(("by", "when"), [("", "now()"), ("乙", "NULL")])
    def test_is_not_approved_by_nobody_or_at_no_time(self, by: str, when: str) -> None:
        with pytest.raises(IntegrityError, match="scheduled_after_approval"):
            sql(MOVE.format(when), "approved", by, drafted().pk)

    def test_is_not_withdrawn_without_a_reason(self) -> None:
        with pytest.raises(IntegrityError, match="withdrawn_with_reason"):
            sql("UPDATE rulemaking_parameterchange SET state = 'withdrawn' WHERE id = %s", drafted().pk)

    @pytest.mark.parametrize(
        "edit", ["value = 1", "since = '2030-01-01'", "source = '另一份文件'", "drafted_by = '丙'"]
    )
    def test_is_never_edited(self, edit: str) -> None:
        with pytest.raises(IntegrityError, match="参数调整不能改写"):
            sql(f"UPDATE rulemaking_parameterchange SET {edit} WHERE id = %s", drafted().pk)

    def test_keeps_its_approval(self) -> None:
        with pytest.raises(IntegrityError, match="参数调整不能改写"):
            sql(MOVE.format("now()"), "scheduled", "丙", approved().pk)

    def test_does_not_skip_approval(self) -> None:
        with pytest.raises(IntegrityError, match="参数调整不能改写"):
            sql(MOVE.format("now()"), "scheduled", "乙", drafted().pk)

    def test_is_never_deleted(self) -> None:
        with pytest.raises(IntegrityError):
            sql("DELETE FROM rulemaking_parameterchange WHERE id = %s", drafted().pk)


class TestARevision:
    def test_takes_the_next_number(self) -> None:
        with pytest.raises(IntegrityError, match="修订号要按顺序"):
            step(approved().pk, 2)

    def test_has_a_number_once(self) -> None:
        made, other = scheduled(), approved("grace.months", value=9)

        with pytest.raises(IntegrityError, match="修订号要按顺序"):
            step(other.pk, 1)
        with pytest.raises(IntegrityError, match="one_step_of_a_kind"):
            _past_the_order(made.pk, 2)
        with pytest.raises(IntegrityError, match="one_revision_a_number"):
            _past_the_order(other.pk, 1)

    def test_is_of_an_approved_change(self) -> None:
        with pytest.raises(IntegrityError, match="只有批准的调整可以排定"):
            step(drafted().pk, 1)

    def test_takes_back_only_what_is_scheduled(self) -> None:
        with pytest.raises(IntegrityError, match="只有排定的调整可以撤出"):
            step(approved().pk, 1, kind="withdrawn")

    def test_does_not_reach_back(self) -> None:
        with pytest.raises(IntegrityError, match="参数调整不能追溯"):
            step(approved().pk, 1, on="2024-07-01")

    def test_ran_the_worked_cases(self) -> None:
        with pytest.raises(IntegrityError, match="revision_ran_cases"):
            step(approved().pk, 1, cases=0)

    def test_is_never_changed(self) -> None:
        scheduled()

        with pytest.raises(IntegrityError):
            sql("UPDATE rulemaking_revision SET cases = 1")


@transaction.atomic
def _past_the_order(change: int, number: int) -> None:
    """The owner sets the guard of the order aside; the unique rules still stand."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("ALTER TABLE rulemaking_revision DISABLE TRIGGER in_order")
    step(change, number)


class TestWhoSeesAndWrites:
    def test_a_township_reads_the_numbers_and_writes_none(self, act_as: ActAs) -> None:
        scheduled()

        with act_as("360429100", "镇经办"):
            assert policy_in_force().startswith("jx-demo-2024@1-")
            with pytest.raises(ProgrammingError, match="row-level security"):
                sql(DRAFT, 1, "draft", "")


class TestTheNameOfARevision:
    def test_says_what_the_numbers_are(self) -> None:
        scheduled()
        name = policy_in_force()

        assert load_pack(name).name == name
        with pytest.raises(BadPolicy, match="第1次修订的内容与名称不符"):
            load_pack("jx-demo-2024@1-000000000000")
        with pytest.raises(BadPolicy, match="没有第9次修订"):
            load_pack(name.replace("@1-", "@9-"))

    @pytest.mark.parametrize("name", ["jx-demo-2024@", "jx-demo-2024@x-1", "jx-demo-2024@-"])
    def test_is_refused_when_it_is_none(self, name: str) -> None:
        with pytest.raises(BadPolicy, match="没有参数包"):
            load_pack(name)


class TestTheArchive:
    def test_a_rule_set_is_kept_once(self) -> None:
        law = law_of("jx-demo-2024")

        keep_rule_set(law, on=date(2024, 5, 6))
        keep_rule_set(law, on=date(2024, 5, 7))

        assert [(row.hash, row.kept_on) for row in rule_sets()] == [(law.rule_set, date(2024, 5, 6))]
        found = archived_law(law.rule_set)
        assert found is not None
        assert found.law.rule_set == law.rule_set

    def test_what_is_kept_is_never_changed(self) -> None:
        keep_rule_set(law_of("jx-demo-2024"), on=date(2024, 5, 6))

        with pytest.raises(IntegrityError):
            sql("UPDATE rulemaking_ruleset SET kept_on = '2020-01-01'")

    def test_what_was_never_used_is_not_there(self) -> None:
        assert archived_law("0" * 64) is None


def test_a_revision_bears_the_hash_that_decisions_will_bear() -> None:
    scheduled()

    assert Revision.objects.get().rule_set == law_of(policy_in_force()).rule_set
