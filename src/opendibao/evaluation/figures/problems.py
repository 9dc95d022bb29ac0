"""问题台账的数字: each of the twelve usual problems of dibao work as one figure with its rows, others beside it."""

from opendibao.evaluation.figure import Figure
from opendibao.evaluation.figures import problems_households, problems_money, problems_publicity, problems_staff

FIGURES: tuple[Figure, ...] = (
    *problems_households.FIGURES, *problems_money.FIGURES, *problems_staff.FIGURES, *problems_publicity.FIGURES,
)  # fmt: skip
