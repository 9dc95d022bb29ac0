"""程序文书的话: what the letters around acceptance say: short sentences, the result first, each with its clause."""

from collections.abc import Sequence
from datetime import date

from opendibao.intake.case_letters import day_words, letter_text
from opendibao.intake.models import Case
from opendibao.intake.paper_lists import Ground
from opendibao.kernel.workdays import add_workdays
from opendibao.policy.procedures import Procedure
from opendibao.policy.reader import pack_of_division

REMEDY = {"R3": "社会救助法第七十六条"}
REMEDY_BEFORE = "社会救助暂行办法第六十五条"


def acceptance_words(case: Case, procedure: Procedure, on: date) -> str:
    """受理通知书: taken, what happens next, by when, and what the family does meanwhile."""
    by = day_words(add_workdays(on, procedure.clock("decide")))
    latest = day_words(add_workdays(on, procedure.clock("decide_extended")))
    parts = [
        ("结果", f"你家的最低生活保障申请材料齐了，{day_words(on)}受理（民发〔2021〕57号第十条）。"),
        (
            "接下来",
            f"{procedure.clock('survey_start')}个工作日内开始调查家庭经济状况，会有两名工作人员到家里来；"
            f"提出初审意见后在村（社区）公示{procedure.clock('notice')}天（第十五条、第十六条、第十九条）。",
        ),
        ("时间", f"{by}以前作出决定；情况特殊的，可以延到{latest}以前，延长会书面告诉你（第二十二条）。"),
        ("你要做的", "如实说明情况，配合上门调查和信息核对（第九条）。家里人口、收入、财产变了，及时告诉我们。"),
    ]
    return letter_text(case, "accepted", parts, on=on)


def supplement_words(case: Case, items: Sequence[str], on: date) -> str:
    """一次性告知补正通知书: everything that is missing, and that nothing else will be asked for."""
    missing = "；".join(f"{place}.{item}" for place, item in enumerate(items, 1))
    parts = [
        ("结果", "你家的最低生活保障申请还缺材料，补齐后受理。"),
        ("要补的", f"{missing}。"),
        ("说明", "这是一次性告知，列出的就是全部；部门查得到的证明不用你交（民发〔2021〕57号第十条）。"),
        ("怎么补", "送到申请的窗口，也可以请人代送。补齐的当天就再看一遍。不想申请了，告诉我们一声就行。"),
    ]
    return letter_text(case, "supplement", parts, on=on)


def refusal_words(case: Case, ground: Ground, said: str, on: date) -> str:
    """不予受理告知书: not taken, on which ground of the law, what the family can do instead."""
    parts = [
        ("结果", "你家的最低生活保障申请不予受理。"),
        ("理由", f"{ground.zh}（{ground.source}）。{said}"),
        ("你可以这样做", f"{ground.remedy}。"),
        ("不同意怎么办", _remedy(case, on)),
    ]
    return letter_text(case, "not_accepted", parts, on=on)


def withdrawal_words(case: Case, said: str, on: date) -> str:
    """终止办理告知书 after the family took its application back."""
    parts = [
        ("结果", "按你家的意思，这次最低生活保障申请撤回，不再办理。"),
        ("理由", said),
        ("以后", "需要的时候随时可以再申请，这次撤回没有不利影响。"),
    ]
    return letter_text(case, "ended", parts, on=on)


def discontinuation_words(case: Case, said: str, on: date) -> str:
    """终止办理告知书 after the family refused to co-operate (57号 第二十九条)."""
    parts = [
        ("结果", "你家的最低生活保障申请终止办理。"),
        ("理由", f"家庭成员没有正当理由，不配合审核确认工作（民发〔2021〕57号第二十九条）。{said}"),
        ("以后", "愿意配合时，随时可以再申请。"),
        ("不同意怎么办", _remedy(case, on)),
    ]
    return letter_text(case, "ended", parts, on=on)


def _remedy(case: Case, on: date) -> str:
    """Review or suit, by the law of the day."""
    law = REMEDY.get(pack_of_division(case.division).word("regime.name", on), REMEDY_BEFORE)
    return f"可以依法申请行政复议，也可以依法提起行政诉讼（{law}）。"
