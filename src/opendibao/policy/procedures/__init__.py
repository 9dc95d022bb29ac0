"""办理程序: which steps a case takes, what is asked before the next, by when, and who confirms, per place and day."""

from opendibao.policy.procedures.profile import CLOCKS, Procedure, Source, Step, procedure_from
from opendibao.policy.procedures.reader import procedure_in, procedure_names, procedure_of, said_of

__all__ = [
    "CLOCKS",
    "Procedure",
    "Source",
    "Step",
    "procedure_from",
    "procedure_in",
    "procedure_names",
    "procedure_of",
    "said_of",
]
