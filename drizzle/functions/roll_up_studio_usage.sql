-- Adds appended changes of uses to the studio's hours, at most `p_limit` of accounts that are in them; returns how many. One caller at a
-- time. Accounts whose hours are not in the studio's yet follow in batches, as in roll_up_generation_hours: their changes are in their
-- hours already, so they are only deleted. One statement does it all, because hours and changes must be of one moment.
CREATE OR REPLACE FUNCTION roll_up_studio_usage(p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- Greater than any account's id.
  c_end CONSTANT uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  -- Hours of accounts that are summed, for each change.
  c_summed CONSTANT int := 20;
  v_from uuid;
  v_to uuid;
  v_count bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('studio usage', 0)) THEN
    RETURN 0;
  END IF;
  SELECT s.up_to_account_id INTO STRICT v_from FROM studio_sums s WHERE s.kind = 'usage';
  SELECT h.account_id INTO v_to FROM usage_hours h WHERE h.account_id > v_from ORDER BY h.account_id OFFSET c_summed * p_limit LIMIT 1;
  v_to := coalesce(v_to, c_end);
  WITH rolled AS (
    DELETE FROM studio_usage_changes WHERE account_id > v_from
      OR ctid = ANY (ARRAY(SELECT c.ctid FROM studio_usage_changes c WHERE c.account_id <= v_from LIMIT p_limit)) RETURNING *),
  counted AS (
    SELECT r.hour, r.app_id, r.app_name, r.uses, r.deleted_uses FROM rolled r WHERE r.account_id <= v_from
    UNION ALL
    SELECT h.hour, h.app_id, h.app_name, h.uses, h.deleted_uses FROM usage_hours h WHERE h.account_id > v_from AND h.account_id <= v_to),
  summed AS (
    INSERT INTO studio_usage_hours AS s (hour, app_id, app_name, uses, deleted_uses)
      SELECT c.hour, c.app_id, max(c.app_name), sum(c.uses), sum(c.deleted_uses) FROM counted c GROUP BY 1, 2
      -- A deletion knows an earlier name.
      ON CONFLICT (hour, app_id) DO UPDATE SET uses = s.uses + excluded.uses, deleted_uses = s.deleted_uses + excluded.deleted_uses,
        app_name = CASE WHEN excluded.uses > 0 THEN excluded.app_name ELSE s.app_name END),
  moved AS (
    UPDATE studio_sums s SET up_to_account_id = v_to WHERE s.kind = 'usage' AND s.up_to_account_id <> v_to)
  SELECT count(*) INTO v_count FROM rolled;
  RETURN v_count;
END $$;

REVOKE ALL ON FUNCTION roll_up_studio_usage FROM PUBLIC;
GRANT EXECUTE ON FUNCTION roll_up_studio_usage TO avatar_worker;
