"""评价: all that is done to a year's evaluation, each in the module of its own thing; others take it from here."""

from opendibao.evaluation.given_scores import give_score, judge_row
from opendibao.evaluation.locking import NotFinal, lock_final, lock_snapshot, lock_year, sign_note
from opendibao.evaluation.questionnaires import record_answers
from opendibao.evaluation.refusal import BadSheet, NoReason
from opendibao.evaluation.resurveys import record_accuracy_check
from opendibao.evaluation.sampling import draw_accuracy_sample, draw_satisfaction_sample
from opendibao.evaluation.sheet_entry import change_sheet, load_sheet, load_sheet_from_policy, undo_sheet
from opendibao.evaluation.year_sheets import SheetEntry, SheetTerms

__all__ = [
    "BadSheet",
    "NoReason",
    "NotFinal",
    "SheetEntry",
    "SheetTerms",
    "change_sheet",
    "draw_accuracy_sample",
    "draw_satisfaction_sample",
    "give_score",
    "judge_row",
    "load_sheet",
    "load_sheet_from_policy",
    "lock_final",
    "lock_snapshot",
    "lock_year",
    "record_accuracy_check",
    "record_answers",
    "sign_note",
    "undo_sheet",
]
