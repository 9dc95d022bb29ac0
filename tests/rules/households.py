"""Random households for the engines: every kind of fact the contract knows, often at a line or one fen beside it."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from opendibao.rules import vocabulary as v

_DAYS = st.sampled_from(["2023-01-01", "2024-05-20", "2024-09-30", "2024-10-01", "2025-12-31"])
_PLAIN = ("land_rent", "interest", "employee_pension", "old_age_allowance", "preferential_pension", "scholarship",
          "social_assistance", "other")  # fmt: skip
_SPENDING = ("social_insurance", "tax", "medical_self_paid", "disability_care", "education", "support_paid")
_RECEIVED = ("dividends", "unemployment_benefit", "survivor_benefit", "donation", "remittance", "family_planning_award",
             "bravery_award")  # fmt: skip
_PER = st.sampled_from(["month", "year"])


def _yuan(most: int) -> st.SearchStrategy[str]:
    return st.integers(0, most * 100).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")


# the lines of one to four heads, rural and urban, dibao and edge, and one fen beside each
_AT_A_LINE = st.builds(
    lambda standard, heads, tenths, beside: f"{(standard * 120 * heads * tenths + beside) / 100:.2f}",
    st.sampled_from([740, 945]), st.integers(1, 4), st.sampled_from([10, 15]), st.integers(-1, 1),
)  # fmt: skip


def _born() -> st.SearchStrategy[str]:
    # birthdays on, before and after the days of decision
    return st.builds(
        lambda year, day: f"{year}-{day}",
        st.integers(1930, 2022),
        st.sampled_from(["05-19", "05-20", "05-21", "12-31"]),
    )


_MU = st.integers(1, 3000).map(lambda n: f"{n / 100:.2f}")
_ESTIMATED = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("odd_jobs"), "trade": st.sampled_from(v.WORK_TRADES), "days": st.integers(1, 366),
            "day_wage": st.sampled_from([11, "11.99", 12, "12.01", 90, 144, 162, 300]),
            "evidence": st.sampled_from(v.EVIDENCES),
        }
    ),
    st.fixed_dictionaries(
        {"kind": st.just("seasonal_wages"), "trade": st.sampled_from(v.WORK_TRADES), "months": st.integers(1, 12)},
        optional={"amount": st.sampled_from(["199.99", 200, "200.01", 3000])},
    ),
    st.fixed_dictionaries({"kind": st.just("crops"), "crop": st.sampled_from(v.CROPS), "mu": _MU}),
    st.fixed_dictionaries(
        {"kind": st.just("livestock"), "animal": st.sampled_from(v.ANIMALS), "sold": st.integers(1, 40)}
    ),
    st.fixed_dictionaries(
        {"kind": st.just("self_employed"), "trade": st.sampled_from(v.SHOP_TRADES), "months": st.integers(1, 12)}
    ),
    st.fixed_dictionaries(
        {"kind": st.just("land_transfer"), "mu": _MU}, optional={"amount": st.sampled_from([1, "99.99"])}
    ),
)  # fmt: skip
_INCOME = st.one_of(
    _ESTIMATED,
    st.fixed_dictionaries({"kind": st.sampled_from(_RECEIVED), "amount": _yuan(900), "per": _PER}),
    st.fixed_dictionaries({"kind": st.just("rent"), "amount": _yuan(500), "cost": _yuan(500), "per": _PER}),
    st.fixed_dictionaries({"kind": st.just("asset_sale"), "amount": _yuan(9000), "cost": _yuan(9000)}),
    st.fixed_dictionaries(
        {
            "kind": st.just("compensation"),
            "amount": st.sampled_from(["0.01", 36000, 60000]),
            "received": st.dates(date(2018, 1, 1), date(2022, 12, 31)).map(str),
        }
    ),
    st.fixed_dictionaries({"kind": st.sampled_from(_PLAIN), "amount": _yuan(900), "per": _PER}),
    st.fixed_dictionaries({"kind": st.just("other"), "amount": _AT_A_LINE, "per": st.just("year")}),
    st.fixed_dictionaries(
        {"kind": st.just("wages"), "amount": _yuan(3000), "per": st.just("month"), "months": st.integers(1, 12)}
    ),
    st.fixed_dictionaries({"kind": st.just("farming"), "mu": st.integers(0, 3000).map(lambda n: f"{n / 100:.2f}")}),
    st.fixed_dictionaries(
        {"kind": st.just("business"), "revenue": _yuan(9000), "cost": _yuan(9000), "per": st.just("year")}
    ),
    st.fixed_dictionaries({"kind": st.just("resident_pension"), "amount": _yuan(300), "per": st.just("month")}),
    st.just({"kind": "resident_pension", "amount": 150, "basic": 123, "per": "month"}),
    st.fixed_dictionaries(
        {"kind": st.just("support_received"), "amount": _yuan(500), "per": _PER, "basis": st.just("court")},
        optional={"owed": _yuan(600)},
    ),
)
_DISABILITY = st.one_of(
    st.none(),
    st.fixed_dictionaries({"kind": st.sampled_from(v.DISABILITIES[1:]), "grade": st.integers(1, 4)}),
)
_MEMBER: dict[str, st.SearchStrategy[Any]] = {
    "born": _born(),
    "lives_together": st.booleans(),
    "married_out": st.sampled_from([False, False, False, True]),
    "study": st.sampled_from([None, None, *v.STUDIES[1:]]),
    "absent": st.sampled_from([None, None, None, None, *v.ABSENCES[1:]]),
    "already": st.sampled_from([None, None, None, None, *v.ALREADY[1:]]),
    "disability": _DISABILITY,
    "severe_illness": st.sampled_from([False, False, True]),
    "died": st.sampled_from([None, None, None, "2022-12-31"]),
    "work_refusals": st.integers(0, 4),
    "special_hardship": st.sampled_from([False, False, True]),
    "excluded_by_province": st.sampled_from([False, False, False, False, True]),
    "income": st.lists(_INCOME, max_size=3),
    "spending": st.lists(
        st.fixed_dictionaries({"kind": st.sampled_from(_SPENDING), "amount": _yuan(20_000), "per": st.just("year")}),
        max_size=2,
    ),
}
_SUPPORTER = {
    "born": _born(),
    "area": st.sampled_from(["rural", "urban"]),
    "household_size": st.integers(1, 5),
    "income": st.fixed_dictionaries({"amount": _yuan(12_000), "per": st.just("month")}),
    "supports": st.integers(1, 3),
    "status": st.sampled_from([None, None, *v.SUPPORTER_STATUSES[1:]]),
    "disability": _DISABILITY,
    "property": st.fixed_dictionaries({"financial_assets": _yuan(90_000), "dwellings": st.integers(0, 2)}),
    "pays": st.one_of(st.none(), st.fixed_dictionaries({"amount": _yuan(600), "per": _PER})),
}
_PRICES = st.lists(st.integers(1, 9000), min_size=3, max_size=5)
_HOUSE = st.fixed_dictionaries(
    {
        "kind": st.just("self_built"), "area_m2": st.integers(1, 300), "built": st.integers(1930, 2022),
        "structure": st.sampled_from(v.STRUCTURES), "comparables": st.one_of(st.none(), _PRICES),
    }
)  # fmt: skip
_EXEMPT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(v.EXEMPT_ASSETS), "amount": st.integers(1, 2000),
        "received": st.dates(date(2020, 1, 1), date(2022, 12, 31)).map(str),
    }
)  # fmt: skip
_KINDS_OF_MONEY = st.fixed_dictionaries({"deposits": _yuan(60_000), "funds": _yuan(60_000), "online": _yuan(100)})
_CURRENT = st.one_of(
    st.none(),
    st.fixed_dictionaries({"benefit": _yuan(2000), "exit_cause": st.sampled_from(["employment", "income"])}),
)


def _one_spouse(relations: list[str]) -> list[str]:
    first = relations.index("spouse") if "spouse" in relations else -1
    return ["sibling" if r == "spouse" and place != first else r for place, r in enumerate(relations)]


@st.composite
def households(draw: st.DrawFn) -> dict[str, Any]:
    """One case as a CASE file gives it."""
    count = draw(st.integers(1, 5))
    others = draw(st.lists(st.sampled_from(v.RELATIONS[1:]), min_size=count - 1, max_size=count - 1))
    relations = ["head", *_one_spouse(others)]
    members = [
        {"name": f"成员{place}", "relation": relation, **draw(st.fixed_dictionaries(_MEMBER))}
        for place, relation in enumerate(relations)
    ]
    supporters = [
        {
            "name": f"义务人{place}",
            "of": f"成员{draw(st.integers(0, count - 1))}",
            **draw(st.fixed_dictionaries(_SUPPORTER)),
        }
        for place in range(draw(st.integers(0, 3)))
    ]
    vehicle = st.fixed_dictionaries(
        {"kind": st.sampled_from(["car", "motorcycle"]), "use": st.sampled_from(v.VEHICLE_USES)},
        optional={"comparables": _PRICES},
    )
    exempt = draw(st.lists(_EXEMPT, max_size=2))
    assets = draw(st.one_of(_yuan(120_000), _KINDS_OF_MONEY)) if not exempt else draw(st.integers(4_000, 60_000))
    houses = draw(st.lists(_HOUSE, max_size=2))
    return {
        "decision_date": draw(_DAYS),
        "policy": draw(st.sampled_from(["jx-demo-2024", "jx-demo-2024", "demo-coast-2024"])),
        "area": draw(st.sampled_from(["rural", "urban"])),
        "benefit_mode": draw(st.sampled_from(["gap", "tier"])),
        "members": members,
        "supporters": supporters,
        "property": {
            "financial_assets": assets,
            "exempt_assets": exempt,
            "dwellings": draw(st.integers(len(houses), 2)),
            "houses": houses,
            "vehicles": draw(st.lists(vehicle, max_size=1)),
            "companies": draw(st.sampled_from([0, 0, 0, 1])),
        },
        "current": draw(_CURRENT),
    }
