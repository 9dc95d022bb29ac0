"""计入的收入: what of a household's calculation counted as income, kind by kind."""

from collections.abc import Iterator

from opendibao.rules.answer import Answer


def incomes(answer: Answer) -> Iterator[tuple[str, int]]:
    """What counted as income and what was paid away, kind by kind, fen a year, signed; nothing for zero."""
    steps = {step.name: step for step in answer.trace}
    own, whole = steps.get("own_income"), steps.get("income_before_deduction")
    if own is None or whole is None:
        return
    counted = next((one.values for one in own.inputs if one.name == "is_counted"), ())
    for one in own.inputs:
        total = sum(v for v, counts in zip(one.values, counted, strict=True) if counts) if one.unit == "fen" else 0
        if total:
            yield one.zh, -total if f"− {one.zh}" in own.formula else total
    for one in whole.inputs:
        if one.name != own.name and one.values[0]:
            yield one.zh, one.values[0]
