"""低收入家庭告知书: what a family is told of its recognition, or that it ended, in plain words, the result first."""

from datetime import date

from opendibao.decision.assessing import against
from opendibao.decision.letter import REMEDY, REMEDY_BEFORE
from opendibao.decision.models import LowIncomeEntry, LowIncomeKind
from opendibao.intake.case_letters import day_words, letter_text
from opendibao.intake.models import Case
from opendibao.policy.reader import pack_of_division
from opendibao.rules.answer import Answer

LAW = "R3"
BASIS = {
    LowIncomeKind.EDGE: "社会救助法第二十一条和本省的认定办法",
    LowIncomeKind.RIGID: "社会救助法第二十二条和本省的认定办法",
}
BASIS_BEFORE = "本省低收入家庭的认定办法"
REPORT = "家里的人口、收入、财产、支出有变化，请及时告诉乡镇；变得更困难的，随时可以申请低保。"


def recognised_text(case: Case, entry: LowIncomeEntry, answer: Answer, on: date) -> str:
    """That the family is recognised, until when, and what it may ask for now."""
    kind = LowIncomeKind(entry.kind)
    parts = [
        ("结果", f"认定你家为{kind.label}，共{entry.persons}人，登记号{entry.number}。这一项没有按月的低保金。"),
        ("依据", f"{_basis(kind, case.division, on)}；按查明的收入、财产和支出计算。"),
        (
            "有效期",
            f"到{day_words(entry.valid_until)}为止。{day_words(entry.recheck_by)}起我们会上门复查，不用你家跑。",
        ),
        ("还可以申请什么", also_words(answer)),
        ("情况变了要告诉我们", REPORT),
        ("不服怎么办", _remedy(case.division, on)),
    ]
    return letter_text(case, "low_income", parts, on=on)


def ended_text(case: Case, entry: LowIncomeEntry, answer: Answer, on: date) -> str:
    """That the family is not recognised any more, and why."""
    reasons = "；".join(reason.zh for reason in against(answer)) or "收入、财产或支出不再符合规定"
    parts = [
        ("结果", f"你家的{LowIncomeKind(entry.kind).label}登记（{entry.number}）从{day_words(on)}起终止。"),
        ("为什么", f"{reasons}。"),
        ("以后", REPORT),
        ("不服怎么办", _remedy(case.division, on)),
    ]
    return letter_text(case, "low_income", parts, on=on)


def also_words(answer: Answer) -> str:
    """What else the law offers the family, for a letter; who decides is said once."""
    said = "；".join(f"{one.zh}（{one.because}）" for one in answer.also if one.code not in ("edge", "rigid"))
    return f"{said}。由主管部门认定，乡镇可以帮你转办。" if said else "现在没有查到别的项目；情况变了再问。"


def _regime(division: str, on: date) -> str:
    return pack_of_division(division).word("regime.name", on)


def _basis(kind: LowIncomeKind, division: str, on: date) -> str:
    return BASIS[kind] if _regime(division, on) == LAW else BASIS_BEFORE


def _remedy(division: str, on: date) -> str:
    clause = REMEDY.get(_regime(division, on), REMEDY_BEFORE)
    return f"可以依法申请行政复议，也可以依法提起行政诉讼（{clause}）。"
