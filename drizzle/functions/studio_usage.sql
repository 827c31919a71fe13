-- Uses of all accounts' avatars by hour and app, from `p_from` up to but not including `p_to`: as studio_generation_usage, an hour may have
-- several rows, which are to be added. Changes of accounts that are not in the studio's hours yet are in those accounts' own.
CREATE OR REPLACE FUNCTION studio_usage(p_from timestamptz, p_to timestamptz)
RETURNS TABLE (hour timestamptz, app_id text, app_name text, uses int, deleted_uses int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_summed uuid;
BEGIN
  SELECT s.up_to_account_id INTO STRICT v_summed FROM studio_sums s WHERE s.kind = 'usage';
  RETURN QUERY
    SELECT s.hour, s.app_id, s.app_name, s.uses, s.deleted_uses FROM studio_usage_hours s WHERE s.hour >= p_from AND s.hour < p_to
    UNION ALL
    SELECT c.hour, c.app_id, c.app_name, c.uses, c.deleted_uses FROM studio_usage_changes c
      WHERE c.hour >= p_from AND c.hour < p_to AND c.account_id <= v_summed;
  IF v_summed < 'ffffffff-ffff-ffff-ffff-ffffffffffff' THEN
    RETURN QUERY
      SELECT h.hour, h.app_id, max(h.app_name), sum(h.uses)::int, sum(h.deleted_uses)::int FROM usage_hours h
        WHERE h.hour >= p_from AND h.hour < p_to AND h.account_id > v_summed GROUP BY 1, 2;
  END IF;
END $$;

REVOKE ALL ON FUNCTION studio_usage FROM PUBLIC;
GRANT EXECUTE ON FUNCTION studio_usage TO avatar_api;
