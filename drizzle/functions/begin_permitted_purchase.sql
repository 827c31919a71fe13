-- begin_purchase, unless an admin switched the provider off or a circuit of provider or model is not closed. An open circuit changes
-- nothing here: whether the call may probe it is for the caller to decide, who then calls begin_purchase.
CREATE OR REPLACE FUNCTION begin_permitted_purchase(p_attempt uuid, p_state text, p_usd numeric, p_total numeric, p_own numeric,
  p_interval_ms double precision, p_tolerance_ms double precision, p_longest_wait_ms double precision)
RETURNS TABLE (outcome text, wait_ms double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF EXISTS (SELECT FROM provider_switches s JOIN provider_attempts a ON a.provider = s.provider WHERE a.id = p_attempt AND NOT s.enabled) THEN
    RETURN QUERY SELECT 'switched_off', 0::double precision;
  ELSIF EXISTS (SELECT FROM provider_circuits c JOIN provider_attempts a ON a.provider = c.provider
      WHERE a.id = p_attempt AND c.model IN ('', a.model) AND c.open_until IS NOT NULL) THEN
    RETURN QUERY SELECT 'circuit_open', 0::double precision;
  ELSE
    RETURN QUERY SELECT b.outcome, b.wait_ms
      FROM begin_purchase(p_attempt, p_state, p_usd, p_total, p_own, p_interval_ms, p_tolerance_ms, p_longest_wait_ms) b;
  END IF;
END $$;

REVOKE ALL ON FUNCTION begin_permitted_purchase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_permitted_purchase TO avatar_worker;
