"""政策宣传的三个问题: who applies and is not entitled, which villages nobody told, whom an action was for."""

from dataclasses import replace

from opendibao.evaluation.figure import Figure, Total
from opendibao.evaluation.figures.work import HOTLINE_CODES, HOTLINE_HEADS, PUBLICITY_CODES, PUBLICITY_HEADS, TICKETS
from opendibao.evaluation.indicators.awareness.indicator import KNOWN

APPLICATIONS = """
SELECT c.number, village.name AS village, d.decided_on, d.kind, d.facts -> 'refusal' ->> 0 AS reason,
  CASE d.kind WHEN 'refuse' THEN 1 ELSE 0 END AS n, 1 AS d
FROM decision_decision d JOIN intake_case c ON c.id = d.case_id
LEFT JOIN registry_division village ON village.code = d.division
WHERE d.cause = 'application' AND d.kind IN ('confirm', 'refuse') AND d.decided_on BETWEEN %(first)s AND %(last)s
  AND d.decided_on <= %(known_on)s AND d.voided_on IS NULL ORDER BY n DESC, d.decided_on, c.number
"""
VILLAGES = """
WITH told AS (
  SELECT a.division, count(*) AS actions,
    count(*) FILTER (WHERE a.target_group IN ('elderly', 'remote')) AS special
  FROM outreach_publicityaction a
  WHERE a.held_on BETWEEN %(first)s AND %(last)s AND a.held_on <= %(known_on)s GROUP BY a.division)
SELECT town.name AS town, village.name AS village, coalesce(told.actions, 0) AS actions,
  coalesce(told.special, 0) AS special, CASE WHEN coalesce(told.special, 0) = 0 THEN 1 ELSE 0 END AS n, 1 AS d
FROM registry_division village LEFT JOIN told ON told.division = village.code
LEFT JOIN registry_division town ON town.code = village.parent_id
WHERE village.level = 'village' ORDER BY n DESC, actions, village.code
"""
TARGETED = """
SELECT place.name AS place, a.held_on, a.channel, a.target_group, a.reached,
  CASE a.target_group WHEN 'all' THEN 0 ELSE 1 END AS n, 1 AS d
FROM outreach_publicityaction a LEFT JOIN registry_division place ON place.code = a.division
WHERE a.held_on BETWEEN %(first)s AND %(last)s AND a.held_on <= %(known_on)s ORDER BY n, a.held_on, a.id
"""

FIGURES = (
    Figure(
        "problem.10", "申请不予确认的比例", "%", Total.RATIO, APPLICATIONS,
        ("案号", "村社区", "决定日期", "结果", "主要理由"),
        "本年作出决定的申请中不予确认同意的比例：不知道条件的人会白跑一趟", "不予确认同意的申请", "本年作出决定的申请",
        coded={"结果": "decision.Decision.kind"},
    ),
    Figure(
        "problem.10.b", "热线咨询", "件", Total.COUNT, TICKETS.format(only=" AND t.kind = 'question'"), HOTLINE_HEADS,
        "本年热线接到的政策咨询", coded=HOTLINE_CODES,
    ),
    replace(KNOWN, id="problem.10.c"),
    Figure(
        "problem.11", "没有面向老年人和偏远村组宣传的村社区占比", "%", Total.RATIO, VILLAGES,
        ("乡镇", "村社区", "宣传场次", "面向老年人或偏远村组"),
        "本年没有在本村（社区）办过面向老年人或偏远村组的宣传活动的村社区：宣传的死角", "没有办过的村社区",
        "全部村社区",
        exclusions="登记在乡镇、县一级的宣传活动，不知道到了哪个村",
    ),
    Figure(
        "problem.12", "有特定对象的宣传活动占比", "%", Total.RATIO, TARGETED, PUBLICITY_HEADS,
        "本年宣传活动中登记了特定对象（老年人、偏远村组、残疾人家庭、因病困难家庭）的比例", "有特定对象的活动",
        "全部宣传活动", coded=PUBLICITY_CODES,
    ),
)  # fmt: skip
