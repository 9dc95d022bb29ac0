"""绝不能有的事: what must never be of the monthly run, and of what stands beside it, as one question to the tables."""

# each part names what is at fault; nothing comes back where all holds
RUNS = """
SELECT 'I1 一笔有两次未了结的发送 ' || line_id FROM payment_attempt WHERE state <> 'returned'
GROUP BY line_id HAVING count(*) > 1
UNION ALL
SELECT 'I1 一户一月两笔 ' || household_id || ' ' || month FROM payment_payline WHERE kind = 'regular'
GROUP BY household_id, month HAVING count(*) > 1
UNION ALL
SELECT 'I2 文件与发送不符 ' || f.name FROM payment_bankfile f
WHERE f.kind = 'pay' AND f.direction = 'out' AND (f.lines_count, f.total_fen) <> (
  SELECT count(*), coalesce(sum(a.amount_fen), 0) FROM payment_attempt a
  WHERE a.run_id = f.run_id AND a.file_no = f.file_no)
UNION ALL
SELECT 'I2 发送不在文件里 ' || a.e2e FROM payment_attempt a WHERE NOT EXISTS (
  SELECT FROM payment_bankfile f WHERE f.kind = 'pay' AND f.direction = 'out' AND f.run_id = a.run_id
    AND f.file_no = a.file_no)
UNION ALL
SELECT 'I2 批次与明细不符 ' || r.month FROM payment_payrun r LEFT JOIN payment_payline l ON l.run_id = r.id
GROUP BY r.id HAVING (r.lines_count, r.total_fen) <> (count(l.id), coalesce(sum(l.amount_fen), 0))
UNION ALL
SELECT 'I3 凭证不平 ' || e.id FROM payment_ledgerentry e LEFT JOIN payment_ledgerleg g ON g.entry_id = e.id
GROUP BY e.id HAVING coalesce(sum(g.fen), 1) <> 0
UNION ALL
SELECT 'I4 已送不等于各项之和 ' || r.month FROM payment_payrun r JOIN payment_attempt a ON a.run_id = r.id
GROUP BY r.id HAVING sum(a.amount_fen) <> sum(a.amount_fen) FILTER (
  WHERE a.state IN ('paid', 'differs', 'returned', 'sent', 'unknown'))
UNION ALL
SELECT 'I4 发送与台账不符 ' || a.e2e FROM payment_attempt a
LEFT JOIN payment_ledgerleg g ON g.attempt_id = a.e2e
LEFT JOIN payment_attempt again ON again.line_id = a.line_id AND again.number = a.number + 1
GROUP BY a.e2e, again.e2e HAVING
  coalesce(sum(g.fen) FILTER (WHERE g.account = 'paid'), 0)
    <> CASE WHEN a.state = 'paid' THEN a.amount_fen ELSE 0 END
  OR coalesce(sum(g.fen) FILTER (WHERE g.account = 'transit'), 0)
    <> CASE WHEN a.state IN ('sent', 'unknown', 'differs') THEN a.amount_fen ELSE 0 END
  OR coalesce(sum(g.fen) FILTER (WHERE g.account = 'returned'), 0)
    <> CASE WHEN a.state = 'returned' AND again.e2e IS NULL THEN a.amount_fen ELSE 0 END
UNION ALL
SELECT 'I5 一人两岗 ' || month FROM payment_payrun
WHERE maker = checker OR (finance <> '' AND finance IN (maker, checker))
  OR (second_finance <> '' AND second_finance IN (maker, checker, finance))
UNION ALL
SELECT 'I6 没有当月有效的决定 ' || l.id FROM payment_payline l JOIN decision_decision d ON d.id = l.decision_id
WHERE d.household_id <> l.household_id OR d.kind IN ('stop', 'refuse') OR d.voided_on IS NOT NULL
  OR l.kind = 'regular' AND d.amount_fen <> l.amount_fen OR l.kind <> 'backpay' AND l.month < d.first_month
UNION ALL
SELECT 'I6 暂缓的送出了 ' || a.e2e FROM payment_attempt a JOIN payment_hold h ON h.line_id = a.line_id
WHERE h.outcome <> 'released'
UNION ALL
SELECT 'I6 送到了空账号 ' || e2e FROM payment_attempt WHERE account = '' OR holder = ''
UNION ALL
SELECT '未审核就送出 ' || a.e2e FROM payment_attempt a JOIN payment_payrun r ON r.id = a.run_id
WHERE r.finance = '' OR r.state NOT IN ('sent', 'closed')
UNION ALL
SELECT '核对未处理就复核 ' || f.id FROM payment_finding f JOIN payment_payrun r ON r.id = f.run_id
WHERE f.outcome = '' AND r.state <> 'computed'
UNION ALL
SELECT '上月未关账就编制 ' || r.month FROM payment_payrun r JOIN payment_payrun f
  ON f.month = r.month - interval '1 month' WHERE f.state <> 'closed'
UNION ALL
SELECT '回盘不符却记成功 ' || a.e2e FROM payment_attempt a JOIN payment_inboundline i ON i.attempt_id = a.e2e
GROUP BY a.e2e HAVING a.state = 'paid' AND NOT bool_or(
  i.verdict = 'fits' AND i.word = '成功' AND i.fen = a.amount_fen AND i.holder IN ('', a.holder)
  AND i.booked_on = a.booked_on)
"""
BESIDE = """
SELECT 'J1 一月发多了 ' || got.household_id || ' ' || got.month FROM (
  SELECT l.household_id, l.month, sum(coalesce(a.amount_fen, 0) + coalesce(o.fen, 0)) AS fen FROM payment_payline l
  JOIN payment_payrun r ON r.id = l.run_id AND r.state <> 'computed'
  LEFT JOIN payment_attempt a ON a.line_id = l.id AND a.state <> 'returned'
  LEFT JOIN payment_offset o ON o.line_id = l.id WHERE l.kind <> 'price' GROUP BY 1, 2) AS got
WHERE got.fen > coalesce((SELECT max(d.amount_fen) FROM decision_decision d
    WHERE d.household_id = got.household_id AND d.months @> got.month AND d.voided_on IS NULL), 0)
  + coalesce((SELECT sum(p.amount_fen) FROM payment_payorder p WHERE p.household_id = got.household_id
    AND p.month = got.month AND p.kind = 'backpay' AND p.outcome = 'approved'), 0)
  AND got.fen > 0
UNION ALL
SELECT 'J2 没有批准的应发依据 ' || l.id FROM payment_payline l WHERE l.kind <> 'regular' AND NOT EXISTS (
  SELECT FROM payment_payorder p WHERE p.outcome = 'approved' AND p.amount_fen = l.amount_fen
    AND (p.household_id, p.month, p.kind, p.supplement_no, p.decision_id)
      = (l.household_id, l.month, l.kind, l.supplement_no, l.decision_id))
UNION ALL
SELECT 'J3 一项依据发两次 ' || household_id || ' ' || month FROM payment_payline WHERE kind <> 'regular'
GROUP BY household_id, month, kind, supplement_no HAVING count(*) > 1
UNION ALL
SELECT 'J4 暂停的月份有明细 ' || l.id FROM payment_payline l JOIN payment_payrun r ON r.id = l.run_id
JOIN payment_suspension s ON s.household_id = l.household_id AND s.outcome = 'approved' AND s.first_month <= r.month
  AND (s.until_month IS NULL OR s.until_month > r.month) WHERE r.state <> 'computed'
UNION ALL
SELECT 'J5 追缴去向不明 ' || v.id FROM payment_receivable v
LEFT JOIN (SELECT receivable_id, sum(paid_fen - due_fen) AS fen FROM payment_receivablemonth GROUP BY 1) m
  ON m.receivable_id = v.id
LEFT JOIN (SELECT receivable_id, sum(fen) AS fen FROM payment_cashreturn GROUP BY 1) c ON c.receivable_id = v.id
LEFT JOIN (SELECT receivable_id, sum(o.fen) AS fen,
    coalesce(sum(o.fen) FILTER (WHERE r.state IN ('approved', 'sent', 'closed')), 0) AS booked
  FROM payment_offset o JOIN payment_payrun r ON r.id = o.run_id GROUP BY 1) o ON o.receivable_id = v.id
LEFT JOIN (SELECT receivable_id, sum(fen) AS fen FROM payment_waiver WHERE outcome = 'approved' GROUP BY 1) w
  ON w.receivable_id = v.id
LEFT JOIN (SELECT receivable_id, coalesce(sum(fen) FILTER (WHERE account = 'to_recover'), 0) AS open,
    coalesce(sum(fen) FILTER (WHERE account = 'recovered'), 0) AS back,
    coalesce(sum(fen) FILTER (WHERE account = 'claimed'), 0) AS claimed
  FROM payment_ledgerleg WHERE receivable_id IS NOT NULL GROUP BY 1) g ON g.receivable_id = v.id
CROSS JOIN LATERAL (SELECT CASE v.outcome WHEN 'approved' THEN v.amount_fen ELSE 0 END AS fen,
  coalesce(c.fen, 0) AS cash, coalesce(o.fen, 0) AS off, coalesce(o.booked, 0) AS booked,
  coalesce(w.fen, 0) AS waived) AS known
WHERE v.amount_fen <> m.fen OR known.cash + known.off + known.waived > known.fen
  OR coalesce(g.open, 0) + known.cash + known.booked + known.waived <> known.fen
  OR coalesce(g.back, 0) <> known.cash + known.booked
  OR coalesce(g.claimed, 0) <> known.booked + known.waived - known.fen
UNION ALL
SELECT 'J6 一月追缴两次 ' || household_id || ' ' || month FROM payment_receivablemonth WHERE NOT is_refused
GROUP BY household_id, month HAVING count(*) > 1
UNION ALL
SELECT 'J7 追缴的月份数错了 ' || m.id FROM payment_receivablemonth m JOIN payment_receivable v ON v.id = m.receivable_id
JOIN decision_decision d ON d.id = v.decision_id WHERE NOT m.is_refused AND (
  m.due_fen <> d.amount_fen OR m.month < v.since_month
  OR m.paid_fen <> (SELECT coalesce(sum(l.amount_fen), 0) FROM payment_payline l
    WHERE l.household_id = m.household_id AND l.month = m.month AND l.kind <> 'price' AND EXISTS (
      SELECT FROM payment_attempt a WHERE a.line_id = l.id AND a.state = 'paid'))
  OR EXISTS (SELECT FROM decision_decision later WHERE later.household_id = m.household_id AND later.voided_on IS NULL
    AND later.id > d.id AND later.months @> m.month))
UNION ALL
SELECT 'J8 一人两岗 ' || what FROM (
  SELECT '应发依据' || id, made_by, settled_by FROM payment_payorder
  UNION ALL SELECT '暂停' || id, made_by, settled_by FROM payment_suspension
  UNION ALL SELECT '恢复' || id, made_by, lifted_by FROM payment_suspension
  UNION ALL SELECT '追缴' || id, made_by, settled_by FROM payment_receivable
  UNION ALL SELECT '减免' || id, made_by, settled_by FROM payment_waiver
  UNION ALL SELECT '提标' || id, prepared_by, approver FROM decision_uprating) AS hand (what, one, other)
WHERE one = other
UNION ALL
SELECT 'J9 发送加抵扣不等于明细 ' || a.e2e FROM payment_attempt a JOIN payment_payline l ON l.id = a.line_id
LEFT JOIN payment_offset o ON o.line_id = l.id WHERE a.amount_fen + coalesce(o.fen, 0) <> l.amount_fen
UNION ALL
SELECT 'J10 不该抵扣 ' || o.id FROM payment_offset o JOIN payment_payline l ON l.id = o.line_id
JOIN payment_receivable v ON v.id = o.receivable_id
WHERE v.household_id <> l.household_id OR v.outcome <> 'approved' OR l.kind <> 'regular' OR l.run_id <> o.run_id
  OR o.fen * 5 > l.amount_fen OR EXISTS (SELECT FROM payment_hold h WHERE h.line_id = l.id)
UNION ALL
SELECT 'J11 提标只办了一部分 ' || u.id FROM decision_uprating u
LEFT JOIN decision_decision d ON d.uprating_id = u.id
LEFT JOIN decision_letter t ON t.decision_id = d.id
LEFT JOIN decision_outboxevent e ON e.decision_id = d.id
GROUP BY u.id HAVING (count(d.id), count(t.id), count(e.id)) <> (
  CASE u.state WHEN 'approved' THEN u.increased + u.reduced ELSE 0 END,
  CASE u.state WHEN 'approved' THEN u.increased + u.reduced ELSE 0 END,
  CASE u.state WHEN 'approved' THEN u.increased + u.reduced ELSE 0 END)
"""
