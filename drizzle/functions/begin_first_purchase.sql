-- Inserts a generation's first attempt, of one that this statement makes `processing`, and begins its purchase as
-- begin_permitted_purchase does. Without p_buys the purchase is left to a statement of its own, and `outcome` is null. No row: an
-- earlier process has begun an attempt.
CREATE OR REPLACE FUNCTION begin_first_purchase(p_generation uuid, p_provider text, p_model text, p_buys boolean, p_usd numeric, p_total numeric,
  p_own numeric, p_interval_ms double precision, p_tolerance_ms double precision, p_longest_wait_ms double precision)
RETURNS TABLE (attempt_id uuid, attempt_at timestamptz, submitting_at timestamptz, outcome text, wait_ms double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_budgeted_on date;
  v_outcome text;
  v_wait_ms double precision := 0;
BEGIN
  -- The generation's row is locked, which beginning an attempt waits for, so that none can be inserted meanwhile.
  IF EXISTS (SELECT FROM provider_attempts a WHERE a.generation_id = p_generation AND a.ordinal = 0) THEN
    RETURN;
  END IF;
  IF NOT p_buys THEN
    v_outcome := NULL;
  ELSIF EXISTS (SELECT FROM provider_switches s WHERE s.provider = p_provider AND NOT s.enabled) THEN
    v_outcome := 'switched_off';
  ELSIF EXISTS (SELECT FROM provider_circuits c WHERE c.provider = p_provider AND c.model IN ('', p_model) AND c.open_until IS NOT NULL) THEN
    v_outcome := 'circuit_open';
  ELSE
    IF p_usd IS NOT NULL THEN
      v_budgeted_on := count_spending(p_provider, p_usd, p_total, p_own);
    END IF;
    IF p_usd IS NOT NULL AND v_budgeted_on IS NULL THEN
      v_outcome := 'over_budget';
    ELSE
      SELECT CASE s.outcome WHEN 'free' THEN 'submitting' ELSE s.outcome END, s.wait_ms INTO v_outcome, v_wait_ms
        FROM reserve_provider_slot(p_provider, p_interval_ms, p_tolerance_ms, p_longest_wait_ms) s;
    END IF;
  END IF;
  RETURN QUERY
    INSERT INTO provider_attempts AS a (generation_id, ordinal, provider, model, state, submitting_at, budgeted_usd, budgeted_on)
      VALUES (p_generation, 0, p_provider, p_model, CASE v_outcome WHEN 'submitting' THEN 'submitting' ELSE 'created' END,
        CASE v_outcome WHEN 'submitting' THEN clock_timestamp() END, CASE WHEN v_budgeted_on IS NOT NULL THEN p_usd END, v_budgeted_on)
      RETURNING a.id, a.created_at::timestamptz, a.submitting_at::timestamptz, v_outcome, v_wait_ms;
END $$;

REVOKE ALL ON FUNCTION begin_first_purchase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_first_purchase TO avatar_worker;
