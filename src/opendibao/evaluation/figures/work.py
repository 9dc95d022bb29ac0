"""工作: what was done in the year besides money: surveys, matching, reviews, leads, publicity, hotline.

What happened after the day of knowledge (known_on) is not known to a figure.
"""

from opendibao.evaluation.figure import Figure, Total
from opendibao.payment.coverage import COVERAGE
from opendibao.verification.sources import SOURCES

SURVEYED = """
SELECT c.number, village.name AS village, c.accepted_on, s.surveyed_on, s.first_surveyor, s.second_surveyor,
  CASE WHEN s.id IS NULL THEN 0 ELSE 1 END AS n, 1 AS d
FROM intake_case c LEFT JOIN registry_division village ON village.code = c.division
LEFT JOIN LATERAL (SELECT id, surveyed_on, first_surveyor, second_surveyor FROM verification_survey
  WHERE case_id = c.id ORDER BY sequence DESC LIMIT 1) s ON true
WHERE c.kind = 'application' AND c.state IN ('confirmed', 'refused') AND c.closed_on BETWEEN %(first)s AND %(last)s
ORDER BY c.number
"""
REFUSED = """
SELECT c.number, village.name AS village, d.decided_on, d.facts -> 'refusal' ->> 0 AS reason, 1 AS n, 1 AS d
FROM decision_decision d JOIN intake_case c ON c.id = d.case_id
LEFT JOIN registry_division village ON village.code = d.division
WHERE d.kind = 'refuse' AND d.voided_on IS NULL AND d.decided_on BETWEEN %(first)s AND %(last)s ORDER BY c.number
"""
MATCHED = """
SELECT c.number, m.source, m.answered_on, m.outcome, m.disposition, CASE m.outcome WHEN 'hit' THEN 1 ELSE 0 END AS n,
  1 AS d FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id
WHERE m.requested_on BETWEEN %(first)s AND %(last)s ORDER BY c.number, m.source, m.id
"""
REVIEWED = f"""
WITH {COVERAGE} SELECT h.number, village.name AS village, r.review_class,
  r.due_on, r.done_on, r.result, CASE WHEN r.done_on <= least(r.due_on, %(known_on)s) THEN 1 ELSE 0 END AS n, 1 AS d
FROM reviews_reverification r JOIN registry_household h ON h.id = r.household_id
LEFT JOIN coverage ON coverage.household_id = r.household_id
LEFT JOIN registry_division village ON village.code = r.division
WHERE r.due_on BETWEEN %(first)s AND %(last)s AND (r.done_on IS NOT NULL OR coverage.spans @> r.due_on)
ORDER BY r.due_on, h.number
"""
LEADS = """
SELECT village.name AS village, l.source, l.found_on, l.contacted_on, l.outcome,
  CASE WHEN l.outcome = 'applied' AND l.contacted_on <= %(known_on)s THEN 1 ELSE 0 END AS n, 1 AS d
FROM intake_lead l LEFT JOIN registry_division village ON village.code = l.division
WHERE l.found_on BETWEEN %(first)s AND %(last)s ORDER BY l.found_on, l.id
"""
PUBLICITY = """
SELECT place.name AS place, a.held_on, a.channel, a.target_group, a.reached, a.reached AS n, 1 AS d
FROM outreach_publicityaction a LEFT JOIN registry_division place ON place.code = a.division
WHERE a.held_on BETWEEN %(first)s AND %(last)s ORDER BY a.held_on, a.id
"""
TICKETS = """
SELECT t.number, place.name AS place, t.kind, t.received_on, t.due_on, t.answered_on,
  CASE WHEN t.answered_on <= least(t.due_on, %(known_on)s) THEN 1 ELSE 0 END AS n,
  CASE WHEN least(t.due_on, t.answered_on) <= %(known_on)s THEN 1 ELSE 0 END AS d
FROM outreach_hotlineticket t LEFT JOIN registry_division place ON place.code = t.division
WHERE t.received_on BETWEEN %(first)s AND %(last)s{only} ORDER BY t.received_on, t.number
"""
HOTLINE = TICKETS.format(only="")
MEETINGS = """
WITH last_vote AS (  -- a contested case is voted on again
  SELECT DISTINCT ON (v.case_id) v.case_id, v.division, v.issued, v.votes_for, v.votes_against, m.held_on
  FROM decision_reviewvote v JOIN decision_reviewmeeting m ON m.id = v.meeting_id
  WHERE m.held_on <= %(last)s ORDER BY v.case_id, m.held_on DESC, v.id DESC)
SELECT village.name AS village, v.held_on, c.number, v.issued, v.votes_for, v.votes_against, 1 AS n, 1 AS d
FROM last_vote v JOIN intake_case c ON c.id = v.case_id
LEFT JOIN registry_division village ON village.code = v.division
WHERE v.held_on BETWEEN %(first)s AND %(last)s ORDER BY v.held_on, c.number
"""
BUDGETED = """
SELECT CASE b.area WHEN 'rural' THEN '农村' ELSE '城镇' END AS area, b.last_year_persons, b.standard_fen,
  b.average_benefit_fen, b.price_factor_bp, b.expected_entries, b.reserve_bp, b.proposed_fen, b.approved_fen,
  b.{column} AS n, 1 AS d
FROM budget_budgetline b WHERE b.year = %(year)s ORDER BY b.area
"""
MATCH_HEADS = ("案号", "来源", "答复日期", "核对结果", "处置")
MATCH_CODES: dict[str, str | dict[str, str]] = {
    "来源": {name: source.zh for name, source in SOURCES.items()},
    "核对结果": "verification.MatchResult.outcome",
    "处置": "verification.MatchResult.disposition",
}
LEAD_HEADS = ("村社区", "来源", "发现日期", "联系日期", "结果")
LEAD_CODES = {"来源": "intake.Lead.source", "结果": "intake.Lead.outcome"}
PUBLICITY_HEADS = ("地点", "日期", "渠道", "对象", "覆盖人数")
PUBLICITY_CODES = {"渠道": "outreach.PublicityAction.channel", "对象": "outreach.PublicityAction.target_group"}
HOTLINE_HEADS = ("工单号", "地点", "种类", "接收日期", "期限", "答复日期")
HOTLINE_CODES = {"种类": "outreach.HotlineTicket.kind"}
BUDGET_HEADS = (
    "城乡",
    "上年人数",
    "月标准（分）",
    "人均月补助（分）",
    "物价系数（万分比）",
    "预计新增人数",
    "预备比例（万分比）",
    "测算数（分）",
    "批复数（分）",
)

FIGURES = (
    Figure(
        "surveys",
        "办结申请的入户调查率",
        "%",
        Total.RATIO,
        SURVEYED,
        ("案号", "村社区", "受理日期", "调查日期", "调查人", "第二调查人"),
        "本年办结的申请中有双方签字入户调查表的比例（57号第十六条）",
        "有入户调查表的案件",
        "本年办结的申请",
    ),
    Figure(
        "refused",
        "不予确认户数",
        "户",
        Total.COUNT,
        REFUSED,
        ("案号", "村社区", "决定日期", "主要理由"),
        "本年作出不予确认同意决定的申请",
    ),
    Figure(
        "matches",
        "信息核对人次",
        "人次",
        Total.COUNT,
        MATCHED,
        MATCH_HEADS,
        "本年向各部门提请核对的人次",
        coded=MATCH_CODES,
    ),
    Figure(
        "matches.hit",
        "核到信息人次",
        "人次",
        Total.SUM,
        MATCHED,
        MATCH_HEADS,
        "部门答复核到信息的人次，逐条处置",
        coded=MATCH_CODES,
    ),
    Figure(
        "review.votes",
        "民主评议案件",
        "件",
        Total.COUNT,
        MEETINGS,
        ("村社区", "日期", "案号", "发出票", "同意票", "不同意票"),
        "经村（社区）民主评议会表决的案件，表决结果仅供参考",
    ),
    Figure(
        "reverified",
        "定期复核按期率",
        "%",
        Total.RATIO,
        REVIEWED,
        ("户编号", "村社区", "类别", "期限", "完成日期", "结果"),
        "应复核的户次中按期完成的比例（57号第三十一条：每年一次或每半年一次）",
        "按期完成的户次",
        "本年应复核的户次",
        exclusions="到期前已停发的家庭",
        coded={"类别": "reviews.Reverification.review_class", "结果": "reviews.Reverification.result"},
    ),
    Figure(
        "leads",
        "主动发现线索",
        "条",
        Total.COUNT,
        LEADS,
        LEAD_HEADS,
        "网格员、村社区干部等报告的线索（57号第六条）",
        coded=LEAD_CODES,
    ),
    Figure(
        "leads.applied",
        "线索转为申请",
        "户",
        Total.SUM,
        LEADS,
        LEAD_HEADS,
        "线索中已帮助提出申请的家庭",
        coded=LEAD_CODES,
    ),
    Figure(
        "publicity",
        "宣传活动",
        "场",
        Total.COUNT,
        PUBLICITY,
        PUBLICITY_HEADS,
        "登记在册的政策宣传活动",
        coded=PUBLICITY_CODES,
    ),
    Figure(
        "publicity.reached",
        "宣传覆盖人次",
        "人次",
        Total.SUM,
        PUBLICITY,
        PUBLICITY_HEADS,
        "各场宣传登记的覆盖人数之和",
        coded=PUBLICITY_CODES,
    ),
    Figure(
        "hotline",
        "热线工单",
        "件",
        Total.COUNT,
        HOTLINE,
        HOTLINE_HEADS,
        "本年接到的咨询、投诉和举报（57号第三十六条）",
        coded=HOTLINE_CODES,
    ),
    Figure(
        "hotline.on_time",
        "热线按期答复率",
        "%",
        Total.RATIO,
        HOTLINE,
        HOTLINE_HEADS,
        "在期限内答复的工单比例",
        "按期答复",
        "已答复或期限已到的工单",
        exclusions="期限未到、尚未答复的工单",
        coded=HOTLINE_CODES,
    ),
    Figure(
        "budget.approved",
        "批复预算",
        "万元",
        Total.FEN,
        BUDGETED.format(column="approved_fen"),
        BUDGET_HEADS,
        "当年批复的城乡低保金预算",
    ),
    Figure(
        "budget.proposed",
        "测算预算",
        "万元",
        Total.FEN,
        BUDGETED.format(column="proposed_fen"),
        BUDGET_HEADS,
        "按公式测算：（上年人数×12＋预计新增×6）×人均月补助×物价系数×（1＋预备比例）",
    ),
)
