"""A year that is final and may be sent to finance: two families, a sheet of ninety, its open errors signed for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opendibao.audit.session import acting
from opendibao.evaluation.actions import give_score
from opendibao.evaluation.conclusion import conclude
from opendibao.evaluation.finance_review import ask_question, score_row
from opendibao.evaluation.locking import lock_final, sign_note
from opendibao.evaluation.models import Snapshot, Submission
from opendibao.evaluation.rectifying import Point, close_rectification, take_points
from opendibao.evaluation.snapshot import content_of
from opendibao.evaluation.submitting import submit_result
from opendibao.kernel.duties import Duty
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY

EVALUATOR, FINANCE = "文评价", "钱财政"


@contextmanager
def evaluator() -> Iterator[None]:
    """The county's evaluator at work."""
    with acting(EVALUATOR, COUNTY[:6], {Duty.EVALUATE}):
        yield


@contextmanager
def finance() -> Iterator[None]:
    """An officer of the finance bureau at work."""
    with acting(FINANCE, COUNTY[:6], {Duty.FINANCE}):
        yield


def lived() -> None:
    """The small county's year, with every error of its sheet signed for."""
    small_county.whole()
    with evaluator():
        for one in {one.id: one for one in conclude(year()).findings if one.is_open}.values():
            sign_note(YEAR, COUNTY, one.id, "表式由上级规定", at=LOCKED)


def finalised(text: str = "甲") -> Snapshot:
    """The year made final as it stands; the eleven months in which nobody is paid are taken as closed."""
    content = content_of(year())
    content["conclusion"]["open_months"] = ()  # type: ignore[index]
    with evaluator():
        return lock_final(year(), content, {"text": text, "findings": []}, at=LOCKED)


def sent() -> Submission:
    """The year lived, made final and sent."""
    lived()
    finalised()
    with evaluator():
        return submit_result(YEAR, COUNTY, at=LOCKED)


def mended() -> Snapshot:
    """The row of urban persons scored again, and the year made final anew."""
    with evaluator():
        give_score(YEAR, COUNTY, "urban_persons", Decimal(10), reason="达到指标值，不扣分", at=LOCKED)
    return finalised("乙")


@dataclass(frozen=True)
class Received:
    """What lies at finance, for pages: a submission with an open question, a point of the list, a closed one."""

    submission: int
    question: int
    point: int
    closed_point: int


def whole() -> Received:
    """The small county's sheet as the year before, final, sent, asked about and scored otherwise; a list of two."""
    asked = year(of=YEAR - 1)
    content = content_of(year())
    content["conclusion"] |= {"open_months": (), "findings": ()}  # type: ignore[operator]
    with evaluator():
        lock_final(asked, content, {"text": "甲", "findings": []}, at=LOCKED)
        sent_one = submit_result(YEAR - 1, COUNTY, at=LOCKED)
        points = take_points(
            YEAR - 1, COUNTY,
            [Point("own", one, "年初排定日程，逐场签到", "民政局") for one in ("培训少一次", "宣传偏少")],
            due_on=date(2025, 4, 30), at=LOCKED,
        )  # fmt: skip
        close_rectification(points[1].pk, outcome="已补两场", on=LOCKED.date(), at=LOCKED)
    with finance():
        question = ask_question(sent_one.pk, "indicator:staff_trainings", "少一次培训，为什么", at=LOCKED)
        score_row(sent_one.pk, "urban_persons", Decimal(10), reason="达到指标值，不应扣分", at=LOCKED)
    return Received(sent_one.pk, question.pk, points[0].pk, points[1].pk)
