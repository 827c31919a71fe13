-- The last step before a paid call, in one transaction: the day's budget, a slot of the provider's rate limiter and the mark
-- `submitting`. While the slot lies ahead, nothing is marked: the caller waits, and then marks the attempt itself.
-- p_usd is null for a free provider.
CREATE OR REPLACE FUNCTION begin_purchase(p_attempt uuid, p_state text, p_usd numeric, p_total numeric, p_own numeric,
  p_interval_ms double precision, p_tolerance_ms double precision, p_longest_wait_ms double precision)
RETURNS TABLE (outcome text, wait_ms double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_attempt provider_attempts%ROWTYPE;
  v_slot record;
BEGIN
  SELECT a.* INTO v_attempt FROM provider_attempts a
    WHERE a.id = p_attempt AND a.state = p_state AND a.state IN ('created', 'submitting') AND a.external_id IS NULL
      AND a.cancel_requested_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'taken', 0::double precision;
    RETURN;
  END IF;
  -- Once per attempt: a call that was refused or waited has its cost counted already.
  IF p_usd IS NOT NULL AND v_attempt.budgeted_usd IS NULL THEN
    v_attempt.budgeted_on := count_spending(v_attempt.provider, p_usd, p_total, p_own);
    IF v_attempt.budgeted_on IS NULL THEN
      RETURN QUERY SELECT 'over_budget', 0::double precision;
      RETURN;
    END IF;
    v_attempt.budgeted_usd := p_usd;
  END IF;
  v_slot := reserve_provider_slot(v_attempt.provider, p_interval_ms, p_tolerance_ms, p_longest_wait_ms);
  IF v_slot.outcome = 'free' THEN
    v_attempt.state := 'submitting';
    v_attempt.submitting_at := clock_timestamp();
  END IF;
  UPDATE provider_attempts a
    SET state = v_attempt.state, submitting_at = v_attempt.submitting_at, budgeted_usd = v_attempt.budgeted_usd, budgeted_on = v_attempt.budgeted_on
    WHERE a.id = p_attempt;
  RETURN QUERY SELECT CASE v_slot.outcome WHEN 'free' THEN 'submitting' ELSE v_slot.outcome END, v_slot.wait_ms;
END $$;

REVOKE ALL ON FUNCTION begin_purchase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_purchase TO avatar_worker;
