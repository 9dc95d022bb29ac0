"""文书种类: every paper of a case by its code, in the order of the procedure, and who makes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from opendibao.reporting.case_papers import application, archive, decided, letters, matched, reviewed, surveyed
from opendibao.reporting.case_papers.folder import Folder
from opendibao.reporting.case_papers.sheet import Sheet

Made = Sheet | Sequence[Sheet] | None


class NoSuchPaper(LookupError):
    """There is no paper of this kind."""


@dataclass(frozen=True)
class Kind:
    """A kind of paper; `made` makes it from a folder, `needs` says whether a case has it (else it is left out)."""

    code: str
    zh: str
    made: Callable[[Folder], Made]
    blank: Callable[[Folder], Made] | None = None
    needs: Callable[[Folder], bool] = lambda folder: True

    def sheets(self, folder: Folder) -> list[Sheet]:
        """The papers of a folder, none where the case has none; forms to fill in for the blank folder."""
        maker = self.blank if folder.is_blank and self.blank else self.made
        made = maker(folder)
        if made is None:
            return []
        return [made] if isinstance(made, Sheet) else list(made)


KINDS = (
    Kind("cover", "归档卷皮和目录", archive.cover),
    Kind("application", "最低生活保障申请书", application.application),
    Kind("declaration", "家庭成员及收入财产申报表", application.declaration),
    Kind("promise", "承诺书", application.promise),
    Kind("consent", "核对授权书（含义务人同意书）", application.consents),
    Kind("mandate", "委托书", application.mandate, needs=lambda folder: folder.mandate is not None),
    Kind("relatives", "近亲属备案表", application.relatives, needs=lambda folder: bool(folder.relatives)),
    Kind("letters", "程序文书（受理、补正、延长、听取意见等）", letters.case_letters,
         lambda folder: letters.blank_letters(letters.CASE_TITLES, folder)),
    Kind("matching", matched.TITLE, matched.matching),
    Kind("survey", "入户调查表", surveyed.surveys),
    Kind("item_sheets", "隐性收入和财产价值核查单", surveyed.item_sheets),
    Kind("neighbours", "邻里访问表", surveyed.neighbours),
    Kind("evidence", "信函索证函", surveyed.evidence),
    Kind("review", "民主评议表", reviewed.review, needs=lambda folder: folder.needs_review),
    Kind("ballots", "表决票", reviewed.ballots, needs=lambda folder: folder.needs_review),
    Kind("notice", "公示榜", reviewed.case_notice, reviewed.blank_notice),
    Kind("objections", "公示异议登记表", reviewed.objections),
    Kind("no_objection", "公示无异议证明", reviewed.no_objection),
    Kind("approval", "最低生活保障审核确认表", decided.approval),
    Kind("decision_letters", "决定文书（确认、不予确认、增发、减发、停发、渐退）", letters.decision_letters,
         lambda folder: letters.blank_letters(letters.DECISION_TITLES, folder)),
)  # fmt: skip
BY_CODE = {one.code: one for one in KINDS}
ALL = tuple(BY_CODE)
ZH = {one.code: one.zh for one in KINDS}


def kind(code: str) -> Kind:
    """A kind by its code. Raises NoSuchPaper."""
    if code not in BY_CODE:
        raise NoSuchPaper(f"没有“{code}”这种文书，可用的有：{'、'.join(ALL)}")
    return BY_CODE[code]


def sheets_of(folder: Folder, codes: Sequence[str], *, asked: bool) -> list[Sheet]:
    """The papers of these kinds in the order of the procedure; `asked` prints also what the case does not need yet."""
    wanted = {kind(code).code for code in codes}
    return [
        sheet
        for one in KINDS
        if one.code in wanted and (asked or folder.is_blank or one.needs(folder))
        for sheet in one.sheets(folder)
    ]
