"""审核确认的门: who hands over letters and who gives and reports the first opinion."""

from opendibao.kernel.duties import Duty

DELIVERERS = frozenset({Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM})
"""Letters go through the township to the family (57号 第二十一条)."""
OPINION_GIVERS = frozenset({Duty.REVIEW})
HIT_ANSWERERS = frozenset({Duty.ACCEPT, Duty.CONFIRM})
