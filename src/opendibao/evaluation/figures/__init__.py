"""The figures of the report's text; each is a query of rows."""

from opendibao.evaluation.figure import Figure
from opendibao.evaluation.figures import deviations, movements, payments, problems, stock, work

ALL: tuple[Figure, ...] = (
    *stock.FIGURES, *movements.FIGURES, *payments.FIGURES, *work.FIGURES, *deviations.FIGURES, *problems.FIGURES,
)  # fmt: skip
