"""Twenty-two rules three times over: traced for our engine, by hand for OpenFisca-core, and as a plain Python loop.

All of them read the same columns group by group and give the same `benefit` and `is_dibao`; rules.py compares the sums.
"""

import pathlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from opendibao.formula.graph import Fact, RuleBook, rule, rules_of
from opendibao.formula.symbols import Expr, choose, divide_half_up, divide_up, floor_at_zero, max_, total

Columns = dict[str, Any]
HOUSEHOLD = ("is_urban", "financial_assets", "dwellings", "cars")
MEMBER = (
    "born", "farm_mu", "business_revenue", "business_cost", "land_rent", "interest", "resident_pension",
    "basic_pension", "employee_pension", "other_income", "social_insurance", "tax", "medical", "disability_kind",
    "disability_grade", "severe_illness",
)  # fmt: skip
YES_NO = ("is_urban", "severe_illness")
TODAY = 20240531
URBAN, RURAL, MONTHS, PER_MU, SHARE = 94_500, 74_000, 24, 50_000, 8_000
DISABLED, ILL, ELDER, MINOR = 2_000, 2_000, 1_000, 1_000


def groups(folder: pathlib.Path) -> Iterator[tuple[Columns, Columns, Any]]:
    """Household columns, member columns with `age`, and the place of each member's household."""
    homes, people = (pq.ParquetFile(folder / f"{name}.parquet") for name in ("household", "member"))
    for group in range(homes.num_row_groups):
        home = homes.read_row_group(group, columns=list(HOUSEHOLD), use_threads=False)
        many = people.read_row_group(group, columns=["household", *MEMBER], use_threads=False)
        household = {name: home[name].to_numpy() for name in HOUSEHOLD}
        member = {name: many[name].to_numpy() for name in MEMBER}
        member["age"] = np.maximum(TODAY - member.pop("born"), 0) // 10_000
        yield household, member, many["household"].to_numpy()


def _traced(entity: str, unit: str = "fen") -> Callable[[Callable[..., object]], Callable[..., object]]:
    return rule(entity, zh="试验", clause="测速", since="2020-01-01", unit=unit)


@_traced("member")
def farming(farm_mu: Expr) -> Expr:
    return farm_mu * PER_MU // 100


@_traced("member")
def business(business_revenue: Expr, business_cost: Expr) -> Expr:
    return floor_at_zero(business_revenue - business_cost)


@_traced("member")
def property_income(land_rent: Expr, interest: Expr) -> Expr:
    return land_rent + interest


@_traced("member")
def pension(resident_pension: Expr, basic_pension: Expr, employee_pension: Expr) -> Expr:
    return resident_pension - basic_pension + employee_pension


@_traced("member")
def transfers_paid(social_insurance: Expr, tax: Expr) -> Expr:
    return social_insurance + tax


@_traced("member")
def deductible(medical: Expr) -> Expr:
    return medical * SHARE // 10_000


@_traced("member")
def own_income(
    farming: Expr, business: Expr, property_income: Expr, pension: Expr, other_income: Expr, transfers_paid: Expr,
    deductible: Expr,
) -> Expr:  # fmt: skip
    return farming + business + property_income + pension + other_income - transfers_paid - deductible


@_traced("member", "bool")
def is_severe(disability_kind: Expr, disability_grade: Expr) -> Expr:
    of_mind = (disability_kind == 5) | (disability_kind == 6)
    return ((disability_grade >= 1) & (disability_grade <= 2)) | ((disability_grade == 3) & of_mind)


@_traced("member", "bp")
def supplement_rate(age: Expr, is_severe: Expr, severe_illness: Expr) -> Expr:
    by_health = max_(choose(is_severe, DISABLED, 0), choose(severe_illness, ILL, 0))
    return max_(by_health, max_(choose(age >= 70, ELDER, 0), choose(age < 18, MINOR, 0)))


@_traced("member")
def supplement(standard: Expr, supplement_rate: Expr) -> Expr:
    return divide_half_up(standard * supplement_rate, 1_000_000) * 100


@_traced("household", "count")
def members() -> Expr:
    return total("member", "one")


@_traced("household")
def standard(is_urban: Expr) -> Expr:
    return choose(is_urban, URBAN, RURAL)


@_traced("household")
def line_year(standard: Expr, members: Expr) -> Expr:
    return standard * 12 * members


@_traced("household")
def income_year() -> Expr:
    return floor_at_zero(total("member", "own_income"))


@_traced("household", "bool")
def is_below_line(income_year: Expr, line_year: Expr) -> Expr:
    return income_year < line_year


@_traced("household", "bool")
def assets_ok(financial_assets: Expr, standard: Expr, members: Expr) -> Expr:
    return financial_assets <= standard * members * MONTHS


@_traced("household", "bool")
def things_ok(dwellings: Expr, cars: Expr) -> Expr:
    return (dwellings <= 1) & (cars == 0)


@_traced("household", "bool")
def is_dibao(is_below_line: Expr, assets_ok: Expr, things_ok: Expr) -> Expr:
    return is_below_line & assets_ok & things_ok


@_traced("household")
def gap_year(line_year: Expr, income_year: Expr) -> Expr:
    return floor_at_zero(line_year - income_year)


@_traced("household")
def gap_benefit(gap_year: Expr) -> Expr:
    return divide_up(gap_year, 1_200) * 100


@_traced("household")
def supplements() -> Expr:
    return total("member", "supplement")


@_traced("household")
def benefit(is_dibao: Expr, gap_benefit: Expr, supplements: Expr) -> Expr:
    return choose(is_dibao, gap_benefit + supplements, 0)


def _fact(name: str) -> Fact:
    return Fact(name, "bool" if name in YES_NO else "fen")


FACTS = {
    "household": {name: _fact(name) for name in HOUSEHOLD},
    "member": {name: _fact(name) for name in ("one", "age", *MEMBER[1:])},
}


def ours(folder: pathlib.Path) -> tuple[int, int]:
    """(households in dibao, sum of the benefits in fen) by our columns."""
    from opendibao.formula.column_text import Known
    from opendibao.formula.columns import Program, Table, kinds_of

    plan = RuleBook({"household": None, "member": "household"}, FACTS, rules_of(__name__)).on(date(2024, 5, 31))
    program, found = None, (0, 0)
    for household, member, of in groups(folder):
        member["one"] = np.ones(len(of), np.bool_)
        table = Table({"household": household, "member": member}, {"member": of}, {
            "household": len(household["cars"]), "member": len(of)})  # fmt: skip
        program = program or Program(plan, Known(kinds_of(table), {}, 30), ["is_dibao", "benefit"])
        values, _ = program.run(table, {})
        found = found[0] + int(values["is_dibao"].sum()), found[1] + int(values["benefit"].sum())
    return found


def python_loop(folder: pathlib.Path) -> tuple[int, int]:
    """The same by a loop over rows, as one would write it for one household."""
    count = paid = 0
    for household, member, of in groups(folder):
        people: list[list[tuple[int, ...]]] = [[] for _ in range(len(household["cars"]))]
        names = ("age", *MEMBER[1:])
        for place, row in zip(of.tolist(), zip(*(member[name].tolist() for name in names), strict=True), strict=True):
            people[place].append(row)
        rows = zip(*(household[name].tolist() for name in HOUSEHOLD), people, strict=True)
        for amount in (_one_household(*row) for row in rows):
            count += amount is not None
            paid += amount or 0
    return count, paid


def _one_household(is_urban: bool, assets: int, dwellings: int, cars: int, people: list[Any]) -> int | None:
    monthly = URBAN if is_urban else RURAL
    line, income, extra = monthly * 12 * len(people), 0, 0
    for (
        age,
        mu,
        revenue,
        cost,
        rent,
        interest,
        resident,
        basic,
        employee,
        other,
        social,
        tax,
        medical,
        *health,
    ) in people:
        income += mu * PER_MU // 100 + max(revenue - cost, 0) + rent + interest + resident - basic + employee
        income += other - social - tax - medical * SHARE // 10_000
        kind, grade, is_ill = health
        severe = grade in (1, 2) or (grade == 3 and kind in (5, 6))
        rate = max(DISABLED * severe, ILL * is_ill, ELDER * (age >= 70), MINOR * (age < 18))
        extra += (monthly * rate * 2 + 1_000_000) // 2_000_000 * 100
    income = max(income, 0)
    is_let_in = income < line and assets <= monthly * len(people) * MONTHS and dwellings <= 1 and cars == 0
    return -(-(line - income) // 1_200) * 100 + extra if is_let_in else None


def openfisca(folder: pathlib.Path) -> tuple[int, int]:
    """The same by OpenFisca-core, one simulation a group, every product cast to int64 by hand."""
    system, count, paid = _system(), 0, 0
    for household, member, of in groups(folder):
        simulation = _simulation(system, household, member, of)
        count += int(simulation.calculate("is_dibao", _PERIOD).sum())
        paid += int(simulation.calculate("benefit", _PERIOD).astype("i8").sum())
    return count, paid


_PERIOD = "2024-06"


def _simulation(system: Any, household: Columns, member: Columns, of: Any) -> Any:
    from openfisca_core.simulations import SimulationBuilder

    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(len(of)))
    homes = builder.declare_entity("household", np.arange(len(household["cars"])))
    builder.join_with_persons(homes, of.astype(np.int64), ["member"] * len(of))
    simulation = builder.build(system)
    for name, column in {**household, **member}.items():
        simulation.set_input(name, _PERIOD, column)
    return simulation


def _system() -> Any:
    from openfisca_core.entities import build_entity
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    person = build_entity("person", "persons", "人", is_person=True)
    home = build_entity("household", "households", "户", roles=[{"key": "member", "plural": "members"}])
    system = TaxBenefitSystem([person, home])
    for name in HOUSEHOLD:
        _variable(system, home, name, None, name in YES_NO)
    for name in ("age", *MEMBER[1:]):
        _variable(system, person, name, None, name in YES_NO)
    for name, (formula, is_yes_no) in _person_formulas().items():
        _variable(system, person, name, formula, is_yes_no)
    for name, (formula, is_yes_no) in _household_formulas().items():
        _variable(system, home, name, formula, is_yes_no)
    return system


def _variable(system: Any, entity: Any, name: str, formula: Any, is_yes_no: bool) -> None:
    from openfisca_core.periods import DateUnit
    from openfisca_core.variables import Variable

    body = {
        "value_type": bool if is_yes_no else int,
        "entity": entity,
        "definition_period": DateUnit.MONTH,
        "label": name,
    }
    system.add_variable(type(name, (Variable,), {**body, "formula": formula} if formula else body))


def _wide(column: Any) -> Any:
    return column.astype("i8")  # OpenFisca keeps int32, and a product would silently run over


def _person_formulas() -> dict[str, tuple[Any, bool]]:
    def severe(x: Any, t: Any, p: Any) -> Any:
        kind, grade = x("disability_kind", t), x("disability_grade", t)
        return ((grade >= 1) & (grade <= 2)) | ((grade == 3) & ((kind == 5) | (kind == 6)))

    def rate(x: Any, t: Any, p: Any) -> Any:
        health = np.maximum(np.where(x("is_severe", t), DISABLED, 0), np.where(x("severe_illness", t), ILL, 0))
        age = x("age", t)
        return np.maximum(health, np.maximum(np.where(age >= 70, ELDER, 0), np.where(age < 18, MINOR, 0)))

    def own(x: Any, t: Any, p: Any) -> Any:
        kinds = ("farming", "business", "property_income", "pension", "other_income")
        return sum(_wide(x(name, t)) for name in kinds) - x("transfers_paid", t) - x("deductible", t)

    def extra(x: Any, t: Any, p: Any) -> Any:
        return (_wide(x.household("standard", t)) * x("supplement_rate", t) * 2 + 1_000_000) // 2_000_000 * 100

    return {
        "farming": (lambda x, t, p: _wide(x("farm_mu", t)) * PER_MU // 100, False),
        "business": (lambda x, t, p: np.maximum(x("business_revenue", t) - x("business_cost", t), 0), False),
        "property_income": (lambda x, t, p: x("land_rent", t) + x("interest", t), False),
        "pension": (lambda x, t, p: x("resident_pension", t) - x("basic_pension", t) + x("employee_pension", t), False),
        "transfers_paid": (lambda x, t, p: x("social_insurance", t) + x("tax", t), False),
        "deductible": (lambda x, t, p: _wide(x("medical", t)) * SHARE // 10_000, False),
        "own_income": (own, False), "is_severe": (severe, True), "supplement_rate": (rate, False),
        "supplement": (extra, False),
    }  # fmt: skip


def _household_formulas() -> dict[str, tuple[Any, bool]]:
    def let_in(x: Any, t: Any, p: Any) -> Any:
        return x("is_below_line", t) & x("assets_ok", t) & x("things_ok", t)

    def limit(x: Any, t: Any, p: Any) -> Any:
        return x("financial_assets", t) <= _wide(x("standard", t)) * x("members", t) * MONTHS

    def paid(x: Any, t: Any, p: Any) -> Any:
        return np.where(x("is_dibao", t), x("gap_benefit", t) + x("supplements", t), 0)

    return {
        "members": (lambda x, t, p: x.nb_persons(), False),
        "standard": (lambda x, t, p: np.where(x("is_urban", t), URBAN, RURAL), False),
        "line_year": (lambda x, t, p: _wide(x("standard", t)) * 12 * x("members", t), False),
        "income_year": (lambda x, t, p: np.maximum(x.sum(_wide(x.members("own_income", t))), 0), False),
        "is_below_line": (lambda x, t, p: x("income_year", t) < x("line_year", t), True),
        "assets_ok": (limit, True),
        "things_ok": (lambda x, t, p: (x("dwellings", t) <= 1) & (x("cars", t) == 0), True),
        "is_dibao": (let_in, True),
        "gap_year": (lambda x, t, p: np.maximum(x("line_year", t) - x("income_year", t), 0), False),
        "gap_benefit": (lambda x, t, p: (x("gap_year", t) + 1_199) // 1_200 * 100, False),
        "supplements": (lambda x, t, p: x.sum(x.members("supplement", t)), False),
        "benefit": (paid, False),
    }  # fmt: skip
