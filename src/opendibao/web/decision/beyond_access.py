"""低收入、转介、核查的门: who refers families, and who looks into decisions that were found wrong."""

from opendibao.kernel.duties import CASEWORK, READ_ONLY, Duty

CASEWORKERS = CASEWORK
"""Who refers families and notes what came of it."""
INQUIRERS = frozenset({Duty.CONFIRM, Duty.EVALUATE})
"""Who looks into decisions that were found wrong."""
INQUIRY_READERS = INQUIRERS | READ_ONLY
