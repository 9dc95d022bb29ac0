"""办理程序: which profile holds where and when, what it takes over, and what a wrong file is told."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from opendibao.kernel.duties import Duty
from opendibao.policy.pack import BadPolicy, RuleGap
from opendibao.policy.procedures import (
    CLOCKS,
    Procedure,
    procedure_from,
    procedure_in,
    procedure_names,
    procedure_of,
    said_of,
)
from opendibao.policy.reader import load_pack, pack_names

DEMO, COAST = "360429100001", "980101100000"
OLD, NEW = date(2024, 3, 4), date(2026, 7, 1)


class TestWhichHolds:
    @pytest.mark.parametrize(
        ("division", "day", "name"),
        [
            (DEMO, OLD, "hukou-2024"), (DEMO, date(2026, 6, 30), "hukou-2024"), (DEMO, NEW, "hukou-2026"),
            (COAST, OLD, "national-2021"), (COAST, date(2026, 6, 30), "national-2021"), (COAST, NEW, "national-2026"),
        ],
    )  # fmt: skip
    def test_the_place_and_the_day_choose_it(self, division: str, day: date, name: str) -> None:
        assert procedure_of(division, day).name == name

    def test_before_the_first_one_there_is_a_gap(self) -> None:
        with pytest.raises(RuleGap, match="办理程序"):
            procedure_of(DEMO, date(2021, 6, 30))

    def test_every_pack_names_a_procedure_that_exists_through_the_years(self) -> None:
        named = {procedure_in(load_pack(pack), day).name for pack in pack_names() for day in (OLD, NEW)}
        assert named <= set(procedure_names())

    def test_an_unknown_one_is_refused_with_those_there_are(self) -> None:
        with pytest.raises(BadPolicy, match="没有程序“moon”，现有：hukou-2024"):
            procedure_in(load_pack("jx-demo-2024"), OLD, "moon")


class TestWhatItAsks:
    def test_the_demonstration_reviews_every_case_and_the_nation_on_objection(self) -> None:
        assert procedure_of(DEMO, OLD).democratic_review == "ALWAYS"
        assert procedure_of(COAST, OLD).democratic_review == "ON_OBJECTION"

    def test_the_family_is_heard_from_the_new_law_on(self) -> None:
        assert [procedure_of(DEMO, day).has_hearing for day in (OLD, NEW)] == [False, True]
        assert procedure_of(DEMO, NEW).democratic_review == "ALWAYS"

    def test_the_township_confirms_where_the_province_handed_it_down(self) -> None:
        pack = load_pack("jx-demo-2024")
        assert procedure_in(pack, NEW).confirming_authority == "county"
        assert procedure_in(pack, NEW, "national-2026-township").confirming_authority == "township"

    def test_a_quorum_is_optional(self) -> None:
        pack = load_pack("jx-demo-2024")
        assert procedure_in(pack, OLD).quorum_percent is None
        assert procedure_in(pack, OLD, "review-2012").quorum_percent == 66

    def test_steps_name_their_clause_and_an_officers_duty(self) -> None:
        for name in procedure_names():
            for step in procedure_in(load_pack("jx-demo-2024"), NEW, name).steps:
                assert step.clause
                assert Duty(step.who)

    def test_no_step_comes_before_what_it_needs(self) -> None:
        steps = procedure_of(DEMO, OLD)
        assert steps.step("notice") == procedure_in(load_pack("jx-demo-2024"), OLD).step("notice")
        notice = steps.step("notice")
        assert notice
        assert notice.after == ("review", "opinion")
        assert steps.step("hearing") is None


class TestClocks:
    @pytest.mark.parametrize(
        ("name", "days"),
        [("national-2021", (30, 45)), ("workdays-25-40", (25, 40)), ("workdays-20-30", (20, 30))],
    )
    def test_a_procedure_may_set_its_own_and_else_takes_the_packs(self, name: str, days: tuple[int, int]) -> None:
        found = procedure_in(load_pack("jx-demo-2024"), OLD, name)
        assert (found.clock("decide"), found.clock("decide_extended")) == days
        assert (found.clock("survey_start"), found.clock("notice"), found.clock("county_opinion")) == (3, 7, 10)

    def test_it_says_where_a_number_is_written_and_whether_it_was_checked(self) -> None:
        pack = load_pack("jx-demo-2024")
        assert procedure_in(pack, OLD).sources["decide"].text == "民发〔2021〕57号第二十二条"
        assert procedure_in(pack, OLD).sources["decide"].is_verified
        assert not procedure_in(pack, OLD, "workdays-25-40").sources["decide"].is_verified

    def test_a_clock_that_nobody_sets_is_a_gap(self) -> None:
        found = replace(procedure_of(DEMO, OLD), clocks={"decide": 30})
        with pytest.raises(RuleGap, match=r"家庭提出意见的时限”（clock\.hearing）在2024-03-04"):
            found.clock("hearing")

    def test_the_law_names_no_ground_for_a_pause_and_local_ones_say_so(self) -> None:
        assert procedure_of(COAST, OLD).pauses == {}
        assert set(procedure_of(DEMO, OLD).pauses) == {"elsewhere", "hospital", "recheck"}
        assert all("没有规定可以扣除时间" in words for words in procedure_of(DEMO, OLD).pauses.values())


def test_what_is_kept_with_a_case_is_read_back_whole() -> None:
    found = procedure_of(DEMO, OLD)

    kept = json.loads(json.dumps(found.gates()))

    assert procedure_from(kept) == found
    assert (kept["democratic_review"], kept["confirming_authority"], kept["clocks"]["decide"]) == (
        "ALWAYS",
        "county",
        30,
    )


GATES = """democratic_review: {value: ON_OBJECTION, source: 试验来源, verified: false}
confirming_authority: {value: county, source: 试验来源, verified: false}
has_hearing: {value: false, source: 试验来源, verified: false}
quorum_percent: {value: 0, source: 试验来源, verified: false}
county_sample_percent: {value: 0, source: 试验来源, verified: false}
"""


def file(name: str, more: str = "", *, gates: str = GATES) -> str:
    return f"name: {name}\nzh: 试验程序\nsource: 试验来源\nverified: false\n{gates}{more}"


def clocks(name: str, days: int) -> str:
    return f"clocks: {{{name}: {{value: {days}, source: 试验来源, verified: false}}}}\n"


def step(key: str, who: str = "review", after: str = "") -> str:
    return f"steps: [{{key: {key}, zh: 一步, clause: 试验来源, who: {who}, needed: always, after: [{after}]}}]\n"


def read(**texts: str) -> dict[str, Any]:
    return said_of({f"{name}.yaml": text for name, text in texts.items()})


class TestFiles:
    def test_one_takes_over_what_it_does_not_say(self) -> None:
        first = file("first", "clocks: {decide: {value: 25, source: 试验来源, verified: false}}\n")
        second = file(
            "second", "above: first\nclocks: {notice: {value: 9, source: 试验来源, verified: false}}\n", gates=""
        )

        found = read(first=first, second=second)["second"]

        assert {name: clock["value"] for name, clock in found["clocks"].items()} == {"decide": 25, "notice": 9}
        assert found["democratic_review"]["value"] == "ON_OBJECTION"

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (file("first", gates=""), "first.yaml 的 democratic_review：没有写"),
            (file("other"), "first.yaml 的 name：应与文件名相同"),
            (file("first", "above: moon\n"), "没有程序“moon”"),
            (file("first", "above: first\n"), "绕成了圈"),
            (
                file("first", clocks("lunch", 1)),
                "first.yaml 第10行 的 clocks",
            ),
            (file("first", clocks("decide", 0)), "clocks.decide.value"),
            (file("first", "clocks: {decide: {value: 9, verified: false}}\n"), "clocks.decide"),
            (file("first", gates=GATES.replace("ON_OBJECTION", "SOMETIMES")), "democratic_review.value"),
            (file("first", gates=GATES.replace("value: county", "value: village")), "confirming_authority.value"),
            (file("first", "colour: red\n"), "colour"),
            (
                file("first", step("a", "pay")),
                "who",
            ),
            (
                file(
                    "first", "steps: [{key: a, zh: 一步, clause: 试验来源, who: accept, needed: always, after: [b]}]\n"
                ),
                "steps.a.after：没有步骤“b”",
            ),
            (
                file(
                    "first",
                    "steps: [{key: review, zh: 评议, clause: 试验来源, who: review, needed: always, after: []}]\n",
                ),
                "steps.review.needed：democratic_review 要求写 on_objection",
            ),
        ],
    )
    def test_a_wrong_file_is_told_file_and_place(self, text: str, said: str) -> None:
        with pytest.raises(BadPolicy, match=r"first\.yaml") as refusal:
            read(first=text)
        assert said in str(refusal.value)

    def test_the_long_limit_is_not_shorter_than_the_short_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        wrong = read(first=file("first", clocks("decide", 46)))
        monkeypatch.setattr("opendibao.policy.procedures.reader._profiles", lambda: wrong)

        with pytest.raises(BadPolicy, match="比 decide 还短"):
            procedure_in(load_pack("jx-demo-2024"), OLD, "first")


def test_the_clocks_that_can_be_set_are_those_that_are_named() -> None:
    from importlib.resources import files

    schema = json.loads((files("opendibao.policy.procedures") / "schema.json").read_text("utf-8"))

    assert schema["properties"]["clocks"]["propertyNames"]["enum"] == list(CLOCKS)
    assert {"national-2021", "national-2026", "hukou-2024"} <= set(procedure_names())
    assert isinstance(procedure_of(DEMO, OLD), Procedure)
