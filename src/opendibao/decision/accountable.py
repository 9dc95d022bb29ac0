"""责任链: who accepted, surveyed, chaired, proposed, visited and approved a decision, each with his day."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read

# the order of the procedure; a decision of the opening has only its two last hands
HANDS = """
WITH d AS (SELECT * FROM decision_decision WHERE id = %(decision)s OR case_id = %(case)s AND voided_on IS NULL),
c AS (SELECT c.* FROM intake_case c WHERE c.id = %(case)s OR c.id IN (SELECT case_id FROM d))
SELECT 1, 'accepted', c.accepted_by, c.accepted_on FROM c WHERE c.accepted_by <> ''
UNION SELECT 2, 'surveyed', w.name, s.surveyed_on FROM verification_survey s JOIN c ON c.id = s.case_id
  CROSS JOIN LATERAL (VALUES (s.first_surveyor), (s.second_surveyor)) w (name)
UNION SELECT 3, 'entered', s.entered_by, s.surveyed_on FROM verification_survey s JOIN c ON c.id = s.case_id
UNION SELECT 4, 'met', w.name, m.held_on FROM decision_reviewvote v JOIN c ON c.id = v.case_id
  JOIN decision_reviewmeeting m ON m.id = v.meeting_id
  CROSS JOIN LATERAL (VALUES (m.chair), (m.recorder)) w (name)
UNION SELECT 5, 'proposed', o.handler, o.given_on FROM decision_firstopinion o JOIN c ON c.id = o.case_id
UNION SELECT 6, 'led', o.leader, o.given_on FROM decision_firstopinion o JOIN c ON c.id = o.case_id
UNION SELECT 7, 'visited', w.name, v.visited_on FROM decision_countyvisit v JOIN c ON c.id = v.case_id
  CROSS JOIN LATERAL (VALUES (v.first_visitor), (v.second_visitor)) w (name)
UNION SELECT 8, 'made', d.maker, d.decided_on FROM d
UNION SELECT 9, 'approved', d.approver, d.decided_on FROM d
ORDER BY 1, 4, 3
"""
DID = {
    "accepted": "受理", "surveyed": "入户调查", "entered": "录入调查表", "met": "评议主持、记录",
    "proposed": "初审经办", "led": "初审负责人", "visited": "县级入户核查", "made": "决定经办", "approved": "审核确认",
}  # fmt: skip


@dataclass(frozen=True)
class Hand:
    """Who did what for a decision on which day; `did` is a code of DID."""

    place: int
    did: str
    name: str
    day: date

    @property
    def did_zh(self) -> str:
        """What he did, in words."""
        return DID[self.did]


def hands_on(decision_id: int) -> list[Hand]:
    """Everybody who had a hand in a decision, in the order of the procedure."""
    return _hands(decision_id, 0)


def hands_of_case(case_id: int) -> list[Hand]:
    """Everybody who has had a hand in a case so far, and in the decision on it that holds."""
    return _hands(0, case_id)


def _hands(decision_id: int, case_id: int) -> list[Hand]:
    return [hand for hand in read(Hand, HANDS, {"decision": decision_id, "case": case_id}) if hand.name]
