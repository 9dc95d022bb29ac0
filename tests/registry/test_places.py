"""区划登记: codes, levels and parents must agree; households live in villages."""

import pytest

from opendibao.audit.queries import events_of
from opendibao.registry.places import load_divisions, village_faults
from opendibao.registry.queries import division_names, full_name
from opendibao.registry.queries import divisions as all_divisions
from opendibao.registry.refusal import RegistryRefused
from tests.conftest import ActAs
from tests.registry.builders import COUNTY, FAR_VILLAGE, NEW_YEAR, PLACES, TOWN, VILLAGE, at, divisions


@pytest.mark.usefixtures("county")
class TestLoading:
    def test_divisions_are_entered_with_their_parents(self) -> None:
        assert load_divisions(PLACES, at=at(NEW_YEAR)) == 6

        assert [(d.code, d.level, d.parent) for d in all_divisions()][:2] == [
            (COUNTY, "county", ""),
            (TOWN, "town", COUNTY),
        ]
        assert division_names()[VILLAGE] == "月亮村民委员会"
        assert events_of(f"区划 {COUNTY}")[0].payload == {"divisions": 6}

    def test_entering_them_again_changes_nothing(self) -> None:
        divisions()

        assert load_divisions(PLACES, at=at(NEW_YEAR)) == 0
        assert len(all_divisions()) == 6

    def test_a_village_is_named_with_its_township(self) -> None:
        divisions()

        assert full_name(VILLAGE) == "东镇月亮村民委员会"
        assert full_name(TOWN) == "东镇"

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (("village", "36042910020", "短码村", TOWN), "12位"),
            (("village", "360429100203", " ", TOWN), "缺少名称"),
            (("town", "360429100203", "错层村", COUNTY), "层级"),
            (("village", "360429100203", "孤村", "360429109000"), "上级"),
            (("village", "360429100203", "越级村", COUNTY), "上级"),
            (PLACES[3], "重复"),
        ],
    )
    def test_a_faulty_row_refuses_all(self, row: tuple[str, str, str, str], reason: str) -> None:
        with pytest.raises(RegistryRefused, match=reason):
            load_divisions([*PLACES, row], at=at(NEW_YEAR))

        assert all_divisions() == []


def test_only_villages_within_reach_take_households(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
    with act_as("360429100"):
        faults = village_faults([VILLAGE, TOWN, FAR_VILLAGE, "360429100999"])

    assert set(faults) == {TOWN, FAR_VILLAGE, "360429100999"}
    assert "不是村" in faults[TOWN]
    assert "不在本人办理" in faults[FAR_VILLAGE]
    assert "不存在" in faults["360429100999"]
