"""归档卷皮: one family, one file: whose it is, and what lies in it with pages."""

from opendibao.intake.states import CaseState
from opendibao.reporting.case_papers.dating import day
from opendibao.reporting.case_papers.folder import Folder
from opendibao.reporting.case_papers.heading import full_place, paper
from opendibao.reporting.case_papers.sheet import COVER, Block, Contents, Fields, Sheet, Sign, Signatures, by_pen, known

CASE_KINDS = {"application": "申请", "review": "复核"}


def cover(folder: Folder) -> Sheet:
    """The cover of a case's file with its contents."""
    case = folder.case
    row = folder.county.decision
    blocks: list[Block] = [
        Fields([
            [known("户主（申请人）", folder.applicant), known("户编号", folder.household)],
            [known("案号", folder.number), known("种类", CASE_KINDS[case.kind] if case else "")],
            [known("户籍所在地", full_place(folder))],
            [known("申请日期", day(case.applied_on) if case else ""),
             by_pen("受理日期", day(case.accepted_on) if case else "")],
            [by_pen("办结日期", day(case.closed_on) if case else ""),
             known("结果", str(CaseState(case.state).label) if case else "")],
            [by_pen("决定文号", row.number if row else ""), by_pen("存放位置")],
            [by_pen("保管期限"), by_pen("全宗号、卷号")],
        ]),
        Contents(),
        Signatures([Sign("立卷人签字"), Sign("检查人签字")]),
    ]  # fmt: skip
    return paper(folder, "cover", "最低生活保障档案", blocks, layout=COVER)
