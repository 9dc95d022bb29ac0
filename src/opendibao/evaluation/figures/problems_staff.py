"""基层力量的三个问题: households for each person in post, decisions that compute otherwise, money for the work."""

from opendibao.evaluation import sql
from opendibao.evaluation.figure import Figure, Total

# posts stand where the person works: a township, or the county itself
STAFF = f"""
WITH stock AS (
  SELECT covered.town AS place, count(*) AS households
  FROM ({sql.households(sql.on_day("%(last)s"))}) AS covered GROUP BY covered.town),
staff AS (
  SELECT town.name AS place, count(*) AS posts,
    count(*) FILTER (WHERE p.filled_on <= least(%(last)s, %(known_on)s)) AS filled
  FROM outreach_post p LEFT JOIN registry_division town ON town.code = rpad(left(p.division, 9), 12, '0')
  WHERE p.needed_since <= %(last)s GROUP BY town.name)
SELECT coalesce(stock.place, staff.place) AS place, coalesce(stock.households, 0) AS households,
  coalesce(staff.posts, 0) AS posts, coalesce(staff.filled, 0) AS filled, coalesce(stock.households, 0) AS n,
  coalesce(staff.filled, 0) AS d
FROM stock FULL JOIN staff ON staff.place = stock.place ORDER BY place
"""
VACANT = """
WITH post AS (
  SELECT p.division, p.title, p.needed_since, CASE WHEN p.filled_on <= %(known_on)s THEN p.filled_on END AS filled_on,
    greatest(p.needed_since, %(first)s::date) AS since, %(last)s::date + 1 AS until
  FROM outreach_post p WHERE p.needed_since <= %(last)s)
SELECT place.name AS place, post.title, post.needed_since, post.filled_on,
  greatest(least(coalesce(post.filled_on, post.until), post.until) - post.since, 0) AS vacant_days,
  greatest(least(coalesce(post.filled_on, post.until), post.until) - post.since, 0) AS n, post.until - post.since AS d
FROM post LEFT JOIN registry_division place ON place.code = post.division ORDER BY n DESC, post.division, post.title
"""
RECOMPUTED = """
SELECT h.number AS household, d.number, d.kind, d.decided_on, d.amount_fen, again.fen AS recomputed,
  CASE WHEN again.fen <> d.amount_fen THEN 1 ELSE 0 END AS n, CASE WHEN again.fen IS NULL THEN 0 ELSE 1 END AS d
FROM decision_decision d LEFT JOIN registry_household h ON h.id = d.household_id
LEFT JOIN unnest(%(recomputed_ids)s::bigint[], %(recomputed_fen)s::bigint[]) AS again(id, fen) ON again.id = d.id
WHERE d.decided_on BETWEEN %(first)s AND %(last)s AND d.decided_on <= %(known_on)s AND d.amount_fen > 0
  AND d.voided_on IS NULL
ORDER BY n DESC, d.decided_on, d.number
"""
UNTRAINED = """
WITH signed AS (
  SELECT DISTINCT rpad(left(s.division, 9), 12, '0') AS code FROM outreach_trainingsignature s
  JOIN outreach_trainingsession t ON t.id = s.session_id
  WHERE t.held_on BETWEEN %(first)s AND %(last)s AND t.held_on <= %(known_on)s)
SELECT town.name AS town, 1 AS n, 1 AS d FROM registry_division town LEFT JOIN signed ON signed.code = town.code
WHERE town.level = 'town' AND signed.code IS NULL ORDER BY town.code
"""
WORK = """
SELECT work.what, work.times, NULL::bigint AS fen, 0 AS n, 0 AS d FROM (
  SELECT 1 AS place, '入户调查' AS what, count(*) AS times FROM verification_survey
    WHERE surveyed_on BETWEEN %(first)s AND %(last)s AND surveyed_on <= %(known_on)s
  UNION ALL SELECT 2, '信息核对', count(*) FROM verification_matchresult
    WHERE requested_on BETWEEN %(first)s AND %(last)s AND requested_on <= %(known_on)s
  UNION ALL SELECT 3, '培训', count(*) FROM outreach_trainingsession
    WHERE held_on BETWEEN %(first)s AND %(last)s AND held_on <= %(known_on)s
  UNION ALL SELECT 4, '宣传', count(*) FROM outreach_publicityaction
    WHERE held_on BETWEEN %(first)s AND %(last)s AND held_on <= %(known_on)s) AS work
WHERE work.times > 0 ORDER BY work.place
"""

FIGURES = (
    Figure(
        "problem.07", "每名在岗经办人员的在保户数", "户/人", Total.MEAN, STAFF,
        ("地点", "在保户数", "核定岗位", "在岗"), "年末在保户数除以岗位登记中已到岗的人数", "年末在保户数",
        "已到岗的人数",
        exclusions="没有在岗位登记里的人员",
    ),
    Figure(
        "problem.07.b", "岗位空缺天数占比", "%", Total.RATIO, VACANT,
        ("地点", "岗位", "核定日期", "到岗日期", "空缺天数"),
        "核定岗位从核定（或年初）到到岗之前的天数，占核定天数的比例", "空缺天数", "核定天数",
    ),
    Figure(
        "problem.08", "重算结果不同的决定占比", "%", Total.RATIO, RECOMPUTED,
        ("户编号", "决定文号", "种类", "决定日期", "决定金额（分）", "重算金额（分）"),
        "本年作出的给付决定按决定日的规则重算，金额不同的比例", "金额不同的决定", "能重算的决定",
        exclusions="本年还没有起发的、缺少核定情况的决定", coded={"种类": "decision.Decision.kind"},
    ),
    Figure(
        "problem.08.b", "没有人参加培训的乡镇", "个", Total.COUNT, UNTRAINED, ("乡镇",),
        "本年各次培训的签到表上都没有人签到的乡镇",
    ),
    Figure(
        "problem.09", "每项工作的经费", "元/次", Total.AVERAGE, WORK, ("工作", "次数", "经费（分）"),
        "本年用于入户调查、信息核对、培训和宣传的工作经费除以次数", "工作经费（分）", "次数",
        missing="低保工作经费的预算和支出，由财务系统掌握",
    ),
)  # fmt: skip
