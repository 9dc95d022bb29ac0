"""精准识别的三个问题: income beyond what was declared, property no register knows, departments that do not answer."""

from opendibao.evaluation.figure import Figure, Total


def _income(facts: str) -> str:
    """Fen a year of all incomes with an amount in a case's facts; yields by area of land are the policy's, not told."""
    return f"""
(SELECT coalesce(round(100 * sum(
   coalesce((i ->> 'amount')::numeric, (i ->> 'revenue')::numeric - coalesce((i ->> 'cost')::numeric, 0), 0)
   * CASE i ->> 'per' WHEN 'year' THEN 1 ELSE coalesce((i ->> 'months')::int, 12) END)), 0)::bigint
 FROM jsonb_array_elements(coalesce({facts} -> 'members', '[]')) AS m,
   jsonb_array_elements(coalesce(m -> 'income', '[]')) AS i)"""


# a case may be surveyed again, and a signed form corrected: what counts is the last as it stands corrected on the day
LAST_SURVEY = """
last_survey AS (
  SELECT DISTINCT ON (s.case_id) s.case_id, s.division, s.surveyed_on, coalesce(k.after, s.found) AS found
  FROM verification_survey s LEFT JOIN LATERAL (
    SELECT after FROM verification_surveycorrection WHERE survey_id = s.id AND corrected_on <= %(known_on)s
    ORDER BY sequence DESC LIMIT 1) k ON true
  WHERE s.surveyed_on <= %(known_on)s ORDER BY s.case_id, s.sequence DESC)"""
# a survey is held against the declaration, a re-survey of the sample against the facts of the decision
INCOMES = f"""
WITH {LAST_SURVEY}, told AS (
  SELECT '入户调查' AS source, c.number, c.household_id, s.division, s.surveyed_on AS found_on,
    {_income("c.declared")} AS declared, {_income("s.found")} AS found
  FROM last_survey s JOIN intake_case c ON c.id = s.case_id
  WHERE s.surveyed_on BETWEEN %(first)s AND %(last)s AND c.declared ? 'members'
  UNION ALL
  SELECT '抽样复查', '', d.household_id, k.division, k.checked_on, {_income("d.facts")}, {_income("k.facts")}
  FROM evaluation_accuracycheck k JOIN decision_decision d ON d.id = k.decision_id
  WHERE k.year = %(year)s AND k.checked_on <= %(known_on)s AND d.facts ? 'members')
SELECT told.source, told.number, h.number AS household, village.name AS village, told.found_on, told.declared,
  told.found, CASE WHEN told.found > told.declared THEN 1 ELSE 0 END AS n, 1 AS d
FROM told LEFT JOIN registry_household h ON h.id = told.household_id
LEFT JOIN registry_division village ON village.code = told.division ORDER BY n DESC, told.found_on, h.number
"""
DWELLINGS = f"""
WITH {LAST_SURVEY}, asked AS (
  SELECT m.case_id, bool_and(m.outcome = 'no_hit') AS is_unknown, max(m.answered_on) AS answered_on
  FROM verification_matchresult m
  WHERE m.source = 'real_estate' AND m.province = '' AND m.requested_on BETWEEN %(first)s AND %(last)s
  GROUP BY m.case_id HAVING bool_and(m.answered_on <= %(known_on)s) AND bool_and(m.outcome <> 'not_checked')),
housed AS (
  SELECT c.number, c.household_id, c.division, asked.answered_on, asked.is_unknown,
    coalesce((coalesce(s.found, c.declared) -> 'property' ->> 'dwellings')::int, 0) AS dwellings
  FROM asked JOIN intake_case c ON c.id = asked.case_id
  LEFT JOIN last_survey s ON s.case_id = c.id)
SELECT housed.number, h.number AS household, village.name AS village, housed.answered_on, housed.dwellings,
  CASE WHEN housed.is_unknown THEN 1 ELSE 0 END AS n, 1 AS d
FROM housed LEFT JOIN registry_household h ON h.id = housed.household_id
LEFT JOIN registry_division village ON village.code = housed.division
WHERE housed.dwellings > 0 ORDER BY n DESC, housed.answered_on, housed.number
"""
UNSETTLED = """
SELECT c.number, m.source, m.answered_on, m.disposition, 1 AS n, 1 AS d
FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id
WHERE m.source IN ('real_estate', 'vehicles', 'bank_deposits') AND m.outcome = 'hit'
  AND m.disposition IN ('', 'recheck') AND m.requested_on BETWEEN %(first)s AND %(last)s
  AND m.answered_on <= %(known_on)s ORDER BY m.answered_on, c.number
"""
REQUESTS = """
WITH asked AS (
  SELECT m.case_id, m.person_id, m.division, min(m.requested_on) AS requested_on, count(*) AS requests,
    count(*) FILTER (WHERE m.outcome = 'not_checked' OR m.answered_on > %(known_on)s) AS silent
  FROM verification_matchresult m WHERE m.requested_on BETWEEN %(first)s AND %(last)s
  GROUP BY m.case_id, m.person_id, m.division)
SELECT c.number, p.name AS person, village.name AS village, asked.requested_on, asked.requests, asked.silent,
  CASE WHEN asked.silent > 0 THEN 1 ELSE 0 END AS n, 1 AS d
FROM asked LEFT JOIN intake_case c ON c.id = asked.case_id LEFT JOIN registry_person p ON p.id = asked.person_id
LEFT JOIN registry_division village ON village.code = asked.division ORDER BY n DESC, asked.requested_on, c.number
"""
APART = """
SELECT c.number, village.name AS village, c.applied_on, e ->> 'name' AS person, 1 AS n, 1 AS d
FROM intake_case c CROSS JOIN LATERAL jsonb_array_elements(coalesce(c.declared -> 'members', '[]')) AS e
LEFT JOIN registry_division village ON village.code = c.division
WHERE c.applied_on BETWEEN %(first)s AND %(last)s AND e ->> 'lives_together' = 'false' ORDER BY c.applied_on, c.number
"""

FIGURES = (
    Figure(
        "problem.01", "查出申报以外收入的家庭占比", "%", Total.RATIO, INCOMES,
        ("来源", "案号", "户编号", "村社区", "日期", "申报年收入（分）", "查明年收入（分）"),
        "入户调查（复核）或抽样复查查明的年收入高于家庭申报（决定所依据）的年收入", "查明收入高于申报的",
        "已调查或复查的", exclusions="按亩产折算的种植收入；还没有调查的案件",
    ),
    Figure(
        "problem.02", "住房查无登记的家庭占比", "%", Total.RATIO, DWELLINGS,
        ("案号", "户编号", "村社区", "答复日期", "住房（套）"),
        "家中有住房、而全部成员在不动产登记中都查无记录的案件：房屋价值只能实地看，不能由登记证明",
        "有住房而查无登记的", "有住房、不动产已全部答复的案件", exclusions="有成员未核到的案件",
    ),
    Figure(
        "problem.02.b", "财产核到信息尚未处置", "条", Total.COUNT, UNSETTLED, ("案号", "来源", "答复日期", "处置"),
        "不动产、车辆、存款核到信息后，还没有处置或处置为再核的",
        coded={"处置": "verification.MatchResult.disposition"},
    ),
    Figure(
        "problem.03", "核对没有答复的人员占比", "%", Total.RATIO, REQUESTS,
        ("案号", "姓名", "村社区", "提请日期", "提请来源数", "没有答复"),
        "向各部门提请核对的人员中，至少一个来源没有答复（未核到）的；外地信息查不到也记未核到",
        "有来源没有答复的人员", "提请核对的人员（每案每人一次）", private=("姓名",),
    ),
    Figure(
        "problem.03.b", "申报不共同生活的成员", "人", Total.COUNT, APART, ("案号", "村社区", "申请日期", "姓名"),
        "本年申请中申报为不共同生活的家庭成员，他们的收入财产往往在外地", private=("姓名",),
    ),
)  # fmt: skip
