-- The earlier release reads the hours only.
INSERT INTO generation_hours AS h (account_id, hour, project_id, provider, completed, failed, captured, refunded, cost_usd)
  SELECT account_id, hour, project_id, provider, sum(completed), sum(failed), sum(captured), sum(refunded), sum(cost_usd)
    FROM generation_hour_changes GROUP BY 1, 2, 3, 4
  ON CONFLICT (account_id, hour, project_id, provider) DO UPDATE SET completed = h.completed + excluded.completed,
    failed = h.failed + excluded.failed, captured = h.captured + excluded.captured, refunded = h.refunded + excluded.refunded,
    cost_usd = h.cost_usd + excluded.cost_usd;
DROP TABLE generation_hour_changes;
