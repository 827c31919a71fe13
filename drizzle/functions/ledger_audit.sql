-- States that must never occur. The view must always be empty.
CREATE OR REPLACE VIEW ledger_audit (violation, id) AS
  -- A balance is the sum of its transfers.
  SELECT 'balance', a.id FROM accounts a LEFT JOIN (
      SELECT account_id,
        sum(CASE kind WHEN 'topup' THEN amount WHEN 'refund' THEN amount WHEN 'capture' THEN -amount ELSE 0 END) AS posted,
        sum(CASE kind WHEN 'reserve' THEN amount WHEN 'capture' THEN -amount WHEN 'release' THEN -amount ELSE 0 END) AS held
      FROM credit_transfers GROUP BY account_id) s ON s.account_id = a.id
    WHERE a.posted <> coalesce(s.posted, 0) OR a.held <> coalesce(s.held, 0)
  UNION ALL
  -- `unfinished` is the number of open holds.
  SELECT 'unfinished', a.id FROM accounts a LEFT JOIN (
      SELECT r.account_id, count(*) AS n FROM credit_transfers r WHERE r.kind = 'reserve'
        AND NOT EXISTS (SELECT FROM credit_transfers x WHERE x.parent_id = r.id AND x.kind IN ('capture', 'release'))
      GROUP BY r.account_id) s ON s.account_id = a.id
    WHERE a.unfinished <> coalesce(s.n, 0)
  UNION ALL
  -- `day_count` is the number of holds made on that day.
  SELECT 'day_count', a.id FROM accounts a LEFT JOIN (
      SELECT account_id, (created_at AT TIME ZONE 'UTC')::date AS day, count(*) AS n
      FROM credit_transfers WHERE kind = 'reserve' GROUP BY 1, 2) s ON s.account_id = a.id AND s.day = a.day
    WHERE a.day_count <> coalesce(s.n, 0)
  UNION ALL
  -- `hour_count` is the number of holds made in that hour. Those made before the trigger was installed may be missing from it.
  SELECT 'hour_count', a.id FROM accounts a LEFT JOIN (
      SELECT account_id, date_trunc('hour', created_at, 'UTC') AS hour, count(*) AS n, count(*) FILTER (WHERE created_at >=
        (SELECT max(f.applied_at) FROM schema_functions f WHERE f.name = 'apply_transfer')) AS counted
      FROM credit_transfers WHERE kind = 'reserve' GROUP BY 1, 2) s ON s.account_id = a.id AND s.hour = a.hour
    WHERE a.hour_count NOT BETWEEN coalesce(s.counted, 0) AND coalesce(s.n, 0)
  UNION ALL
  -- A final generation holds no credits.
  SELECT 'final_with_hold', g.id FROM avatar_generations g JOIN credit_transfers r ON r.generation_id = g.id AND r.kind = 'reserve'
    WHERE g.status IN ('completed', 'failed', 'cancelled')
      AND NOT EXISTS (SELECT FROM credit_transfers x WHERE x.parent_id = r.id AND x.kind IN ('capture', 'release'))
  UNION ALL
  -- The status matches how the hold was resolved.
  SELECT 'status_contradicts_ledger', g.id FROM avatar_generations g
    JOIN credit_transfers c ON c.generation_id = g.id AND c.kind IN ('capture', 'release')
    WHERE NOT (c.kind = 'capture' AND g.status = 'completed' OR c.kind = 'release' AND g.status IN ('failed', 'cancelled'))
  UNION ALL
  -- An admitted generation has a hold of its price on its account; one that is only requested has none.
  SELECT 'hold_missing', g.id FROM avatar_generations g
    LEFT JOIN credit_transfers r ON r.generation_id = g.id AND r.kind = 'reserve' AND r.account_id = g.account_id AND r.amount = g.price
    WHERE g.status IN ('pending', 'processing', 'completed') AND r.id IS NULL
  UNION ALL
  SELECT 'hold_unexpected', g.id FROM avatar_generations g JOIN credit_transfers r ON r.generation_id = g.id AND r.kind = 'reserve'
    WHERE g.status = 'requested' OR r.account_id <> g.account_id OR r.amount <> g.price
  UNION ALL
  -- Charged means delivered (and perhaps deleted since); delivered means charged.
  SELECT 'charged_without_avatar', c.generation_id FROM credit_transfers c WHERE c.kind = 'capture'
    AND NOT EXISTS (SELECT FROM avatars v WHERE v.generation_id = c.generation_id)
    AND NOT EXISTS (SELECT FROM avatar_tombstones t WHERE t.generation_id = c.generation_id)
  UNION ALL
  SELECT 'avatar_without_charge', v.id FROM avatars v
    WHERE NOT EXISTS (SELECT FROM credit_transfers c WHERE c.generation_id = v.generation_id AND c.kind = 'capture' AND c.account_id = v.account_id)
  UNION ALL
  SELECT 'tombstone_without_charge', t.avatar_id FROM avatar_tombstones t
    WHERE NOT EXISTS (SELECT FROM credit_transfers c WHERE c.generation_id = t.generation_id AND c.kind = 'capture' AND c.account_id = t.account_id)
  UNION ALL
  SELECT 'avatar_with_tombstone', v.id FROM avatars v JOIN avatar_tombstones t ON t.generation_id = v.generation_id
  UNION ALL
  -- `credits_returned`, which users see, is true exactly when the hold was released.
  SELECT 'credits_returned_wrong', g.id FROM avatar_generations g WHERE g.credits_returned <>
    EXISTS (SELECT FROM credit_transfers x WHERE x.generation_id = g.id AND x.kind = 'release');

GRANT SELECT ON ledger_audit TO avatar_worker;
