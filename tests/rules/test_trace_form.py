"""答复的格式: every answer obeys the schema; a step says where each of its inputs comes from."""

import json
import pathlib
from datetime import date
from typing import Any

import jsonschema
import pytest

import opendibao.rules
from opendibao.formula.trace import NOT_STATED
from opendibao.rules.answer import TRACE_VERSION
from opendibao.rules.assess import assess
from opendibao.rules.case import parse_case
from opendibao.rules.origins import Places
from tests.rules.worked_cases import NAMES, worked

SCHEMA = json.loads((pathlib.Path(opendibao.rules.__file__).parent / "trace.schema.json").read_text("utf-8"))


def step(name: str, of: str, **more: Any) -> dict[str, Any]:
    answer = assess(parse_case(worked(name)["case"]), **more).as_json()
    return next(one for one in answer["trace"] if one["step"] == of)


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_obeys_the_schema(name: str) -> None:
    answer = assess(parse_case(worked(name)["case"])).as_json()

    jsonschema.validate(answer, SCHEMA)
    assert answer["trace_version"] == TRACE_VERSION == SCHEMA["properties"]["trace_version"]["const"]


def test_an_answer_with_a_float_or_without_a_source_is_refused() -> None:
    answer = assess(parse_case(worked("G01")["case"])).as_json()
    answer["monthly_benefit"] = 1378.0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer, SCHEMA)

    answer = assess(parse_case(worked("G01")["case"])).as_json()
    del answer["trace"][0]["sources"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer, SCHEMA)


def test_an_input_names_the_rule_or_the_place_in_the_case() -> None:
    # the husband's wages are the one job of the household
    assert step("G01", "net_pay")["sources"]["一年劳动报酬"] == {"fact": "pay", "from": "members[0].income（wages）"}
    assert step("G01", "line_year")["sources"]["月保障标准"] == {"rule": "standard"}
    assert step("G01", "companies_ok")["sources"]["名下经营主体数"]["from"] == "property.companies"


def test_every_input_has_a_source() -> None:
    answer = assess(parse_case(worked("G02")["case"])).as_json()

    assert all(set(one["sources"]) == set(one["inputs"]) for one in answer["trace"])


def test_a_supporter_is_named() -> None:
    said = step("G02", "surplus")["sources"]["义务人家庭年收入"]["from"]

    assert said == "supporters（长子）.income；supporters（次子）.income"


def test_an_amount_that_nobody_declared_is_said_to_be_so() -> None:
    assert step("G01", "business")["sources"]["经营收入"] == {"fact": "business_revenue", "from": NOT_STATED}


def test_a_document_leads_the_places() -> None:
    said = step("G01", "net_pay", document="2024年3月6日入户调查表")["sources"]["一年劳动报酬"]["from"]

    assert said == "2024年3月6日入户调查表·members[0].income（wages）"


def test_a_number_says_whether_anybody_checked_it() -> None:
    numbers = {one["name"]: one["verified"] for one in step("G01", "is_minor")["parameters"]}

    assert numbers == {"age.adult": True}


def test_where_a_number_is_missing_the_rest_is_still_told() -> None:
    # on 2026-03-01 no row says whether the basic pension counts; this family has no pension and needs none
    case = worked("G01")["case"] | {"decision_date": date(2026, 3, 1).isoformat()}

    answer = assess(parse_case(case))

    assert answer.outcome == "dibao"
    told = {one.name: one for one in answer.trace}
    assert told["income_year"].values == (1_100_000,)
    assert told["standing"].owners == ["夫", "妻", "子"]


def test_a_thing_that_is_owned_is_named() -> None:
    case = parse_case(worked("G01")["case"] | {"property": {"financial_assets": 6000, "dwellings": 1, "exempt_assets": [
        {"kind": "relief_savings", "amount": 600, "received": "2024-05-01"}]}})  # fmt: skip

    assert Places(case).of("exempt_asset", "exempt_amount", 0).startswith("property.exempt_assets（")
    assert Places(case).of("household", "exempt_cars", 0) == "property.vehicles"
