-- Adds appended changes to their hours, at most `p_limit` of them, and to the studio's; returns how many. A reader sees each change once,
-- before and after: all tables change in one statement. One caller at a time, since two could update hours in different orders and deadlock.
-- Accounts whose hours are not in the studio's yet follow in batches; `studio_sums` has how far they got.
CREATE OR REPLACE FUNCTION roll_up_generation_hours(p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- Greater than any account's id.
  c_end CONSTANT uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  -- Hours of accounts that are summed, for each change: reading one by the key costs less than a twentieth of adding a change.
  c_summed CONSTANT int := 20;
  v_from uuid;
  v_to uuid;
  v_count bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('generation hours', 0)) THEN
    RETURN 0;
  END IF;
  SELECT s.up_to_account_id INTO STRICT v_from FROM studio_sums s WHERE s.kind = 'generations';
  SELECT h.account_id INTO v_to FROM generation_hours h WHERE h.account_id > v_from ORDER BY h.account_id OFFSET c_summed * p_limit LIMIT 1;
  v_to := coalesce(v_to, c_end);
  WITH rolled AS (
    DELETE FROM generation_hour_changes WHERE ctid = ANY (ARRAY(SELECT c.ctid FROM generation_hour_changes c LIMIT p_limit)) RETURNING *),
  added AS (
    INSERT INTO generation_hours AS h (account_id, hour, project_id, provider, completed, failed, captured, refunded, cost_usd)
      SELECT r.account_id, r.hour, r.project_id, r.provider, sum(r.completed), sum(r.failed), sum(r.captured), sum(r.refunded), sum(r.cost_usd)
        FROM rolled r GROUP BY 1, 2, 3, 4
      ON CONFLICT (account_id, hour, project_id, provider) DO UPDATE SET completed = h.completed + excluded.completed,
        failed = h.failed + excluded.failed, captured = h.captured + excluded.captured, refunded = h.refunded + excluded.refunded,
        cost_usd = h.cost_usd + excluded.cost_usd),
  -- The hours as they were before this statement.
  counted AS (
    SELECT r.hour, r.provider, r.completed, r.failed, r.captured, r.refunded, r.cost_usd FROM rolled r WHERE r.account_id <= v_to
    UNION ALL
    SELECT h.hour, h.provider, h.completed, h.failed, h.captured, h.refunded, h.cost_usd FROM generation_hours h
      WHERE h.account_id > v_from AND h.account_id <= v_to),
  summed AS (
    INSERT INTO studio_generation_hours AS s (hour, provider, completed, failed, captured, refunded, cost_usd)
      SELECT c.hour, c.provider, sum(c.completed), sum(c.failed), sum(c.captured), sum(c.refunded), sum(c.cost_usd) FROM counted c GROUP BY 1, 2
      ON CONFLICT (hour, provider) DO UPDATE SET completed = s.completed + excluded.completed, failed = s.failed + excluded.failed,
        captured = s.captured + excluded.captured, refunded = s.refunded + excluded.refunded, cost_usd = s.cost_usd + excluded.cost_usd),
  moved AS (
    UPDATE studio_sums s SET up_to_account_id = v_to WHERE s.kind = 'generations' AND s.up_to_account_id <> v_to)
  SELECT count(*) INTO v_count FROM rolled;
  RETURN v_count;
END $$;

REVOKE ALL ON FUNCTION roll_up_generation_hours FROM PUBLIC;
GRANT EXECUTE ON FUNCTION roll_up_generation_hours TO avatar_worker;
