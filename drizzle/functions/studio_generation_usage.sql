-- Outcomes and costs of all accounts' generations by the hour, from `p_from` up to but not including `p_to`: an hour may have several rows,
-- which are to be added. As exact as generation_usage, in one snapshot, since the function is STABLE. Reads rows of accounts only until all
-- of them are in the studio's hours.
CREATE OR REPLACE FUNCTION studio_generation_usage(p_from timestamptz, p_to timestamptz)
RETURNS TABLE (hour timestamptz, provider text, completed int, failed int, captured bigint, refunded bigint, cost_usd numeric)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_summed uuid;
BEGIN
  RETURN QUERY
    SELECT s.hour, s.provider, s.completed, s.failed, s.captured, s.refunded, s.cost_usd FROM studio_generation_hours s
      WHERE s.hour >= p_from AND s.hour < p_to
    UNION ALL
    SELECT c.hour, c.provider, c.completed, c.failed, c.captured, c.refunded, c.cost_usd FROM generation_hour_changes c
      WHERE c.hour >= p_from AND c.hour < p_to;
  SELECT s.up_to_account_id INTO STRICT v_summed FROM studio_sums s WHERE s.kind = 'generations';
  IF v_summed < 'ffffffff-ffff-ffff-ffff-ffffffffffff' THEN
    RETURN QUERY
      SELECT h.hour, h.provider, sum(h.completed)::int, sum(h.failed)::int, sum(h.captured)::bigint, sum(h.refunded)::bigint, sum(h.cost_usd)
        FROM generation_hours h WHERE h.hour >= p_from AND h.hour < p_to AND h.account_id > v_summed GROUP BY 1, 2;
  END IF;
END $$;

REVOKE ALL ON FUNCTION studio_generation_usage FROM PUBLIC;
GRANT EXECUTE ON FUNCTION studio_generation_usage TO avatar_api;
