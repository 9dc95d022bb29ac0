"""变异检查: whatever is removed from a rule or loosened in it, a case beside it or a worked household notices."""

from tests.rules.mutations import scores


def test_nearly_every_change_of_a_rule_is_noticed_layer_by_layer() -> None:
    for one in scores():
        told = [f"{m.rule.name}: {m.change}" for m in one.survivors]

        assert one.count > 0, one.layer
        assert len(one.survivors) * 100 <= one.count * 5, (one.layer, told)


def test_no_rule_can_be_removed_unnoticed_but_those_that_say_no_anyway() -> None:
    removed = {m.rule.name for one in scores() for m in one.survivors if m.change.startswith("removed")}

    # their texts before the law of 2026, and before October 2024, are "no": removing them is no change
    assert removed <= {"stays_tekun", "is_rigid"}
