-- Adds appended changes to their hours, at most `p_limit` of them; returns how many. A reader sees each change once, before and after:
-- both tables change in one statement. One caller at a time, since two could update hours in different orders and deadlock.
CREATE OR REPLACE FUNCTION roll_up_generation_hours(p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_count bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('generation hours', 0)) THEN
    RETURN 0;
  END IF;
  WITH rolled AS (
    DELETE FROM generation_hour_changes WHERE ctid = ANY (ARRAY(SELECT c.ctid FROM generation_hour_changes c LIMIT p_limit)) RETURNING *),
  added AS (
    INSERT INTO generation_hours AS h (account_id, hour, project_id, provider, completed, failed, captured, refunded, cost_usd)
      SELECT r.account_id, r.hour, r.project_id, r.provider, sum(r.completed), sum(r.failed), sum(r.captured), sum(r.refunded), sum(r.cost_usd)
        FROM rolled r GROUP BY 1, 2, 3, 4
      ON CONFLICT (account_id, hour, project_id, provider) DO UPDATE SET completed = h.completed + excluded.completed,
        failed = h.failed + excluded.failed, captured = h.captured + excluded.captured, refunded = h.refunded + excluded.refunded,
        cost_usd = h.cost_usd + excluded.cost_usd)
  SELECT count(*) INTO v_count FROM rolled;
  RETURN v_count;
END $$;

REVOKE ALL ON FUNCTION roll_up_generation_hours FROM PUBLIC;
GRANT EXECUTE ON FUNCTION roll_up_generation_hours TO avatar_worker;
