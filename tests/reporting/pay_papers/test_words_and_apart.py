"""词和进程: what papers say of codes are the words of the tables; a paper that fails says why."""

from pathlib import Path

import pytest

from opendibao.payment.models import Hold, LedgerLeg, PayLine
from opendibao.payment.paper_queries import CHECKS, HeldRow
from opendibao.payment.states import RunState
from opendibao.reporting.apart import NotTypeset, typeset_apart
from opendibao.reporting.pay_papers import county_run, funds, reconciled, roster


def choices(model: type, field: str) -> dict[str, str]:
    return {code: str(zh) for code, zh in model._meta.get_field(field).flatchoices}  # type: ignore[attr-defined]


def test_words_are_those_of_the_tables() -> None:
    assert choices(LedgerLeg, "level") == {code: county_run.LEVELS[code] for code in choices(LedgerLeg, "level")}
    assert choices(PayLine, "area") == county_run.AREAS
    assert set(choices(Hold, "outcome")) == set(roster.HOLDS)
    assert set(choices(PayLine, "kind")) == set(roster.KINDS)
    assert set(RunState.values) >= {*funds.STAGES, *reconciled.UNSENT}


def test_a_check_that_is_not_known_has_a_name() -> None:
    assert HeldRow("account_missing", 1, 1).zh == CHECKS["account_missing"] == "没有银行账户"
    assert HeldRow("", 1, 1).zh == "其他原因"


def test_a_form_is_typeset_in_a_process_of_its_own(tmp_path: Path) -> None:
    form = tmp_path / "form.typ"
    form.write_text('#set text(font: "Noto Sans SC")\n#sys.inputs.told', "utf-8")

    assert typeset_apart(form, "told", "低保").startswith(b"%PDF")


def test_a_form_that_fails_says_why(tmp_path: Path) -> None:
    form = tmp_path / "form.typ"
    form.write_text("#panic(sys.inputs.told)", "utf-8")

    with pytest.raises(NotTypeset, match="排版没有成功"):
        typeset_apart(form, "told", "低保")
