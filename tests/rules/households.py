"""Random households for the engines: every kind of fact the contract knows, often at a line or one fen beside it."""

from typing import Any

from hypothesis import strategies as st

from opendibao.rules import vocabulary as v

_DAYS = st.sampled_from(["2023-01-01", "2024-05-20", "2024-09-30", "2024-10-01", "2025-12-31"])
_PLAIN = ("land_rent", "interest", "employee_pension", "old_age_allowance", "preferential_pension", "scholarship",
          "social_assistance", "other")  # fmt: skip
_SPENDING = ("social_insurance", "tax", "medical_self_paid", "disability_care", "education")
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


_INCOME = st.one_of(
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
        {"kind": st.just("support_received"), "amount": _yuan(500), "per": _PER, "basis": st.just("court")}
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
}
_CURRENT = st.one_of(
    st.none(),
    st.fixed_dictionaries({"benefit": _yuan(2000), "exit_cause": st.sampled_from(["employment", "income"])}),
)


@st.composite
def households(draw: st.DrawFn) -> dict[str, Any]:
    """One case as a CASE file gives it."""
    count = draw(st.integers(1, 5))
    relations = ["head", *draw(st.lists(st.sampled_from(v.RELATIONS[1:]), min_size=count - 1, max_size=count - 1))]
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
        {"kind": st.sampled_from(["car", "motorcycle"]), "use": st.sampled_from(v.VEHICLE_USES)}
    )
    return {
        "decision_date": draw(_DAYS),
        "policy": "jx-demo-2024",
        "area": draw(st.sampled_from(["rural", "urban"])),
        "benefit_mode": draw(st.sampled_from(["gap", "tier"])),
        "members": members,
        "supporters": supporters,
        "property": {
            "financial_assets": draw(_yuan(120_000)),
            "dwellings": draw(st.integers(0, 2)),
            "vehicles": draw(st.lists(vehicle, max_size=1)),
            "companies": draw(st.sampled_from([0, 0, 0, 1])),
        },
        "current": draw(_CURRENT),
    }
