-- Adds appended uses to their presets, at most `p_limit` of them; returns how many. One caller at a time, since two could update
-- presets in different orders and deadlock.
CREATE OR REPLACE FUNCTION roll_up_preset_uses(p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_count bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('preset uses', 0)) THEN
    RETURN 0;
  END IF;
  WITH rolled AS (
    DELETE FROM preset_uses WHERE generation_id IN (SELECT u.generation_id FROM preset_uses u LIMIT p_limit) RETURNING preset_id),
  counted AS (
    SELECT r.preset_id, count(*) AS uses FROM rolled r GROUP BY r.preset_id),
  added AS (
    UPDATE avatar_presets p SET usage_count = p.usage_count + c.uses FROM counted c WHERE p.id = c.preset_id)
  SELECT coalesce(sum(c.uses), 0) INTO v_count FROM counted c;
  RETURN v_count;
END $$;

REVOKE ALL ON FUNCTION roll_up_preset_uses FROM PUBLIC;
GRANT EXECUTE ON FUNCTION roll_up_preset_uses TO avatar_worker;
