"""坏数据进不了登记簿: what the registry refuses, the database refuses too, whoever writes by SQL."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from opendibao.kernel.ids import check_digit
from tests.conftest import ActAs
from tests.registry.builders import CHILD, FAR_VILLAGE, LONER, MOTHER, TOWN, VILLAGE, divisions, household

KNOWN = "'[2024-01-02 09:00+08,)'"


def run(sql: str) -> int:
    """One statement in a savepoint; how many rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def person(id_number: str, born: str, sex: str, *, name: str = "某人", division: str = VILLAGE) -> str:
    return (
        "INSERT INTO registry_person (id_number, name, initials, sex, born, division)"
        f" VALUES ('{id_number}', '{name}', 'mr', '{sex}', '{born}', '{division}')"
    )


def membership(file: str, id_number: str, relation: str = "child", valid: str = "[2024-02-01,)") -> str:
    return (
        "INSERT INTO registry_membership (household_id, person_id, relation, division, valid, recorded)"
        f" SELECT h.id, p.id, '{relation}', h.division, '{valid}', {KNOWN}"
        f" FROM registry_household h, registry_person p WHERE h.number = '{file}' AND p.id_number = '{id_number}'"
    )


@pytest.fixture(params=["app", "owner"])
def families(request: pytest.FixtureRequest, act_as: ActAs) -> Iterator[None]:
    """Two households; the test then writes as the app's role or as the owner, whom no policy holds."""
    with act_as("360429"):
        divisions()
        household()
        household("999999-00002", LONER)
        if request.param == "app":
            yield
            return
    yield


@pytest.mark.usefixtures("families")
class TestNumbers:
    @pytest.mark.parametrize(
        ("id_number", "born", "sex", "constraint"),
        [
            ("999999198001010013", "1980-01-01", "male", "id_number_is_true"),  # last place
            ("999999198402300028", "1984-02-29", "female", "id_number_is_true|born_as"),  # 30 February
            ("99999919800101001", "1980-01-01", "male", "id_number_is_true"),  # 17 places
            ("99999919800101001x", "1980-01-01", "male", "id_number_is_true"),  # small x
            ("99999919801301001X", "1980-01-01", "male", "id_number_is_true|born_as"),  # month 13
            (LONER.id_number, "1950-01-21", "male", "born_as|id_number_key"),  # another birth date
            (LONER.id_number, "1950-01-20", "female", "sex_as|id_number_key"),  # another sex
            (LONER.id_number, "1950-01-20", "male", "id_number_key"),  # the same person twice
        ],
    )
    def test_a_number_that_lies_is_refused(self, id_number: str, born: str, sex: str, constraint: str) -> None:
        persons = count("registry_person")

        with pytest.raises(IntegrityError, match=constraint):
            run(person(id_number, born, sex))

        assert count("registry_person") == persons

    def test_birth_date_and_sex_cannot_be_changed_against_the_number(self) -> None:
        with pytest.raises(IntegrityError, match="born_as_the_number_says"):
            run("UPDATE registry_person SET born = born + 1")
        with pytest.raises(IntegrityError, match="sex_as_the_number_says"):
            run("UPDATE registry_person SET sex = 'male'")

    @pytest.mark.parametrize("name", ["", "   "])
    def test_a_person_has_a_name(self, name: str) -> None:
        with pytest.raises(IntegrityError, match="person_has_a_name"):
            run(f"UPDATE registry_person SET name = '{name}'")

    def test_nobody_dies_before_birth_or_without_the_time_we_learnt_of_it(self) -> None:
        with pytest.raises(IntegrityError, match="death_after_birth"):
            run("UPDATE registry_person SET died = born - 1, died_recorded_at = now()")
        with pytest.raises(IntegrityError, match="death_has_both_times"):
            run("UPDATE registry_person SET died = '2024-02-01'")


@pytest.mark.parametrize(
    ("first17", "is_valid"),
    [
        ("11010519491231002", True),  # the example of GB 11643, whose last place is X
        ("99999920000229001", True),
        ("99999919000229001", False),  # 1900 was no leap year
        ("99999919840230002", False),
        ("99999919840431002", False),
        ("99999919840010002", False),
        ("99999919841301002", False),
        ("99999917991231002", False),
    ],
)
def test_the_database_knows_which_numbers_are_true(db: None, first17: str, is_valid: bool) -> None:
    number = first17 + check_digit(first17)

    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number_is_valid(%s)", [number])
        assert cursor.fetchone() == (is_valid,)


@pytest.mark.usefixtures("families")
class TestTimes:
    def test_a_person_belongs_to_one_household_at_a_time(self) -> None:
        with pytest.raises(IntegrityError, match="one_household_at_a_time"):
            run(membership("999999-00002", CHILD.id_number))

    def test_even_on_one_day(self) -> None:
        with pytest.raises(IntegrityError, match="one_household_at_a_time"):
            run(membership("999999-00002", CHILD.id_number, valid="[2024-02-01,2024-02-02)"))

    def test_a_household_has_one_head_at_a_time(self) -> None:
        closed = "tstzrange(lower(recorded), '2024-01-03')"
        run(f"UPDATE registry_membership SET recorded = {closed} WHERE relation = 'child'")

        with pytest.raises(IntegrityError, match="one_head_at_a_time"):
            run(membership("999999-00001", CHILD.id_number, "head").replace("09:00", "10:00").replace("01-02", "01-03"))

    @pytest.mark.parametrize(
        ("table", "columns", "values", "constraint"),
        [
            ("registry_householdplace", "area, address, phone", "'urban', '', ''", "one_place_at_a_time"),
            ("registry_bankaccount", "holder, bank, number", "'别人', '某行', '1'", "one_account_at_a_time"),
        ],
    )
    def test_a_household_has_one_place_and_one_account_at_a_time(
        self, table: str, columns: str, values: str, constraint: str
    ) -> None:
        with pytest.raises(IntegrityError, match=constraint):
            run(
                f"INSERT INTO {table} (household_id, division, valid, recorded, {columns})"
                f" SELECT id, division, '[2024-02-01,)', {KNOWN}, {values} FROM registry_household"
            )

    @pytest.mark.parametrize("table", ["registry_householdplace", "registry_membership", "registry_bankaccount"])
    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ("valid = '[2020-01-01,)'", "旧记录不能改写"),
            ("division = '360429100202'", "旧记录不能改写"),
            ("recorded = 'empty'", "旧记录不能改写"),
            ("recorded = '[2020-01-01,)'", "旧记录不能改写"),
            ("recorded = '(,)'", "旧记录不能改写"),
        ],
    )
    def test_what_was_known_is_closed_never_rewritten(self, table: str, change: str, reason: str) -> None:
        with pytest.raises(IntegrityError, match=reason):
            run(f"UPDATE {table} SET {change}")

    def test_what_is_closed_stays_closed(self) -> None:
        run("UPDATE registry_membership SET recorded = tstzrange(lower(recorded), '2024-02-01')")

        with pytest.raises(IntegrityError, match="旧记录不能改写"):
            run("UPDATE registry_membership SET recorded = tstzrange(lower(recorded), NULL)")

    @pytest.mark.parametrize("valid", ["empty", "(,2024-02-01)"])
    def test_times_are_real(self, valid: str) -> None:
        with pytest.raises(IntegrityError, match="times_are_real"):
            run(membership("999999-00002", CHILD.id_number, valid=valid))

    @pytest.mark.parametrize("table", ["household", "person", "householdplace", "membership", "bankaccount"])
    def test_nothing_is_deleted(self, table: str) -> None:
        with pytest.raises(DatabaseError, match="不能修改或删除"):
            run(f"DELETE FROM registry_{table}")
        assert count(f"registry_{table}") > 0


@pytest.mark.usefixtures("families")
class TestPlaces:
    @pytest.mark.parametrize(
        ("division", "constraint"),
        [("360429100999", "known_division"), (TOWN, "in_a_village"), ("360429000000", "in_a")],
    )
    def test_a_household_lives_in_a_known_village(self, division: str, constraint: str) -> None:
        columns = "number, division, opened_on"

        with pytest.raises(IntegrityError, match=constraint):
            run(f"INSERT INTO registry_household ({columns}) VALUES ('X', '{division}', '2024-01-02')")

    def test_a_level_fits_its_code(self) -> None:
        with pytest.raises(IntegrityError, match="division_level_as_its_code"):
            run("INSERT INTO registry_division (code, name, level) VALUES ('360429109000', '假村', 'village')")
        with pytest.raises(IntegrityError, match="division_code_has_12_digits"):
            run("INSERT INTO registry_division (code, name, level) VALUES ('36042910900X', '假村', 'village')")


class TestReach:
    """An officer of one township neither reads nor writes another's rows, in no table and at no time."""

    TABLES = ("household", "person", "householdplace", "membership", "bankaccount")

    @pytest.fixture
    def far_family(self, act_as: ActAs) -> None:
        with act_as("360429"):
            divisions()
            household("999999-00009", LONER, division=FAR_VILLAGE)

    @pytest.mark.parametrize("table", TABLES)
    def test_another_township_reads_nothing(self, far_family: None, act_as: ActAs, table: str) -> None:
        with act_as("360429101"):
            assert count(f"registry_{table}") == 1
        with act_as("360429100"):
            assert count(f"registry_{table}") == 0
        with act_as(""):
            assert count(f"registry_{table}") == 0

    @pytest.mark.parametrize("table", TABLES)
    def test_another_township_changes_nothing(self, far_family: None, act_as: ActAs, table: str) -> None:
        column = "recorded" if table in ("householdplace", "membership", "bankaccount") else "division"
        with act_as("360429100"):
            assert run(f"UPDATE registry_{table} SET {column} = {column}") == 0

    def test_history_stays_closed_to_another_township(self, far_family: None, act_as: ActAs) -> None:
        with act_as("360429101"):
            run("UPDATE registry_membership SET recorded = tstzrange(lower(recorded), '2024-02-01')")
        with act_as("360429100"):
            assert count("registry_membership WHERE NOT upper_inf(recorded)") == 0

    def test_nobody_writes_into_another_township(self, far_family: None, act_as: ActAs) -> None:
        with act_as("360429100"), pytest.raises(DatabaseError, match="row-level security"):
            run(person(MOTHER.id_number, "1984-03-12", "female", division=FAR_VILLAGE))

    def test_nobody_sends_his_own_rows_to_another_township(self, act_as: ActAs) -> None:
        with act_as("360429"):
            divisions()
            household()
        with act_as("360429100"), pytest.raises(DatabaseError, match="row-level security"):
            run(f"UPDATE registry_household SET division = '{FAR_VILLAGE}'")

    def test_the_app_cannot_switch_the_walls_off(self, far_family: None, act_as: ActAs) -> None:
        for sql in (
            "ALTER TABLE registry_person DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE registry_person DISABLE TRIGGER USER",
            "ALTER TABLE registry_person DROP CONSTRAINT id_number_is_true",
            "TRUNCATE registry_person CASCADE",
        ):
            with act_as("360429"), pytest.raises(DatabaseError, match=r"must be owner|permission denied"):
                run(sql)
