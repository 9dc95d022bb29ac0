"""应保尽保、应退尽退: eligible families admitted within the clock, known stop causes stopped by the next run."""

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.indicator import Indicator, case_runner, worse_of
from opendibao.payment.coverage import COVERAGE

# found eligible: confirmed, or posted and by the end of its clock neither confirmed nor refused
ADMITTED = Figure(
    "entitled_covered.admitted",
    "应保尽保率",
    "%",
    Total.RATIO,
    """
WITH eligible AS (
  SELECT c.number, c.division, c.channel, c.accepted_on, d.decided_on, d.kind,
    (SELECT w FROM unnest(%(workdays)s::date[]) w WHERE w > c.accepted_on ORDER BY w
      OFFSET %(decide_workdays)s - 1 LIMIT 1) AS due_on
  FROM intake_case c LEFT JOIN decision_decision d ON d.case_id = c.id AND d.kind IN ('confirm', 'refuse')
    AND d.decided_on <= %(known_on)s AND d.voided_on IS NULL
  WHERE c.kind = 'application' AND c.state NOT IN ('withdrawn', 'not_accepted', 'discontinued')
    AND coalesce(d.kind, '') <> 'refuse' AND (d.id IS NOT NULL OR EXISTS (
      SELECT FROM decision_publicnotice posted WHERE posted.case_id = c.id AND posted.posted_on <= %(known_on)s)))
SELECT e.number, village.name AS village, e.channel, e.accepted_on, e.decided_on,
  (SELECT count(*) FROM unnest(%(workdays)s::date[]) w WHERE w > e.accepted_on AND w <= e.decided_on) AS workdays,
  CASE WHEN e.decided_on <= e.due_on THEN 1 ELSE 0 END AS n, 1 AS d
FROM eligible e LEFT JOIN registry_division village ON village.code = e.division
WHERE coalesce(e.decided_on, e.due_on) BETWEEN %(first)s AND %(last)s ORDER BY e.decided_on, e.number
""",
    ("案号", "村社区", "渠道", "受理日期", "决定日期", "工作日数"),
    "查明符合条件的家庭中，在审核确认时限（受理后30个工作日）内确认同意的比例（57号第二十二条）",
    "时限内确认",
    "查明符合条件的全部家庭",
    coded={"渠道": "intake.Case.channel"},
)
# known stop causes: stopped by decision, or every member gone while the household is still in force
STOPPED = Figure(
    "entitled_covered.stopped",
    "应退尽退率",
    "%",
    Total.RATIO,
    f"""
WITH {COVERAGE}, stopped AS (
  SELECT d.household_id, d.division, d.cause, c.applied_on, d.decided_on,
    (SELECT min(r.frozen_on) FROM payment_payrun r WHERE r.frozen_on > c.applied_on) AS next_freeze
  FROM decision_decision d JOIN intake_case c ON c.id = d.case_id
  WHERE d.kind = 'stop' AND d.voided_on IS NULL AND d.decided_on BETWEEN %(first)s AND %(last)s
  UNION ALL
  SELECT k.household_id, h.division, 'death', NULL, NULL, NULL
  FROM coverage k JOIN registry_household h ON h.id = k.household_id
  WHERE k.spans @> %(last)s::date AND NOT EXISTS (
    SELECT 1 FROM registry_membership m WHERE m.household_id = k.household_id AND m.valid @> %(last)s::date
      AND m.recorded @> %(known_at)s::timestamptz))
SELECT h.number, village.name AS village, s.cause, s.applied_on, s.decided_on, s.next_freeze,
  CASE WHEN s.decided_on <= coalesce(s.next_freeze, %(last)s::date) THEN 1 ELSE 0 END AS n, 1 AS d
FROM stopped s JOIN registry_household h ON h.id = s.household_id
LEFT JOIN registry_division village ON village.code = s.division ORDER BY s.decided_on, h.number
""",
    ("户编号", "村社区", "事由", "获知日期", "停发决定", "下一批冻结日"),
    "已知停发事由中，在下一批发放冻结前作出停发决定的比例",
    "下一批冻结前停发",
    "全部已知停发事由（含全家已无成员仍在保的）",
    coded={"事由": "decision.Decision.cause"},
)
INDICATOR = Indicator(
    "entitled_covered", "产出指标", "质量指标", "使困难群众应保尽保、应退尽退", (ADMITTED, STOPPED), worse_of,
    source="57号第二十二条；57号第三十一条",
)  # fmt: skip
run_case = case_runner(INDICATOR)
