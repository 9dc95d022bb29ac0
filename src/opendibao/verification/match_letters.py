"""核对文书: what the family is told of what departments know, and of the re-check it asked for (57号 第十八条)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.intake.actions import locked_case
from opendibao.intake.case_letters import day_words, letter_text, write_letter
from opendibao.intake.models import Case, CaseLetter
from opendibao.kernel.duties import Duty
from opendibao.policy.reader import value
from opendibao.verification.models import MatchRecheck, MatchResult
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.sources import SOURCES

RESULTS = {
    "upheld": "经复查，原来核对到的信息属实，维持核对结果。",
    "changed": "经复查，原来核对到的信息有误，已经更正。",
    "withdrawn": "经复查，原来核对到的信息不成立，已经撤销，不作为审核的依据。",
}


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def tell_mismatch(case_id: int, *, on: date, at: datetime) -> CaseLetter:
    """制作核对不符告知书: one letter about all hits answered 建议终止 and not told of yet (57号 第十八条).

    Raises VerificationRefused where there is nothing to tell.
    """
    case = locked_case(case_id)
    hits = untold(case.pk)
    if not hits:
        raise VerificationRefused(f"案件{case.number}没有处置为“建议终止”还没告知的核对信息，不用制作")
    return write_letter(case, "mismatch", mismatch_words(case, hits, on), on=on, at=at)


def untold(case_id: int) -> list[MatchResult]:
    """Hits of a case answered 建议终止 that no letter names yet."""
    hits = MatchResult.objects.filter(case=case_id, outcome="hit", disposition="propose_end")
    letters = "\n".join(CaseLetter.objects.filter(case=case_id, kind="mismatch").values_list("text", flat=True))
    return [hit for hit in hits.select_related("person").order_by("person_id", "source") if said(hit) not in letters]


def said(hit: MatchResult) -> str:
    """What a department knows, in a sentence."""
    source = SOURCES[hit.source].zh if hit.source in SOURCES else hit.source
    as_of = f"（数据截至{day_words(hit.as_of)}）" if hit.as_of else ""
    return f"{hit.person.name}：{source}{as_of}核到：{hit.detail.get('found', '')}"


def mismatch_words(case: Case, hits: Sequence[MatchResult], on: date) -> str:
    """核对不符告知书: what was found, that it does not fit the conditions, and how to object."""
    days = value("match.recheck_workdays", on=on, division=case.division)
    found = "；".join(f"{place}.{said(hit)}" for place, hit in enumerate(hits, 1))
    parts = [
        ("结果", "你家申报的情况和部门的信息不一致，照核对到的情况不符合最低生活保障条件。现在还没有作出决定。"),
        ("核对到的", f"{found}。"),
        ("为什么", "；".join(f"{hit.person.name}：{hit.reason}" for hit in hits) + "。"),
        (
            "不同意怎么办",
            f"可以带证明材料到窗口提出异议，也可以请人代办；登记后{days}个工作日内复查并书面告诉你"
            "（民发〔2021〕57号第十八条）。复查办结以前不会作出决定。",
        ),
        ("接下来", "没有异议的，按调查核实的情况提出审核意见；作出决定会书面告诉你，并写明理由。"),
    ]
    return letter_text(case, "mismatch", parts, on=on)


def recheck_words(recheck: MatchRecheck, match: MatchResult, on: date) -> str:
    """异议复查结果告知书: the result, what was looked at, what counts now, what the family can do."""
    now = {"upheld": said(match), "changed": said(match), "withdrawn": "这一条不再计算。"}[recheck.outcome]
    parts = [
        ("结果", RESULTS[recheck.outcome]),
        ("你提出的", f"{recheck.objector}{day_words(recheck.objected_on)}提出：{recheck.ground}"),
        ("查了什么", recheck.findings),
        ("现在认定的", now),
        (
            "不同意怎么办",
            "这不是最后的决定。作出决定后会书面告诉你并说明理由；不服的，可以依法申请行政复议或者提起行政诉讼。",
        ),
    ]
    return letter_text(match.case, "recheck", parts, on=on)
