-- The last step before a paid call, in one transaction: the day's budget, a slot of the provider's rate limiter and the mark
-- `submitting`. While the slot lies ahead, nothing is marked: the caller waits, and then marks the attempt itself.
-- p_usd is null for a free provider, p_interval_ms for one without a limit. Slots are counted by the generic cell rate algorithm.
CREATE OR REPLACE FUNCTION begin_purchase(p_attempt uuid, p_state text, p_usd numeric, p_total numeric, p_own numeric,
  p_interval_ms double precision, p_tolerance_ms double precision, p_longest_wait_ms double precision)
RETURNS TABLE (outcome text, wait_ms double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_provider text;
  v_wait_ms double precision := 0;
BEGIN
  SELECT a.provider INTO v_provider FROM provider_attempts a
    WHERE a.id = p_attempt AND a.state = p_state AND a.state IN ('created', 'submitting') AND a.external_id IS NULL
      AND a.cancel_requested_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'taken', 0::double precision;
    RETURN;
  END IF;
  IF p_usd IS NOT NULL AND NOT reserve_provider_budget(p_attempt, p_usd, p_total, p_own) THEN
    RETURN QUERY SELECT 'over_budget', 0::double precision;
    RETURN;
  END IF;
  IF p_interval_ms IS NOT NULL THEN
    INSERT INTO provider_limits AS l (provider, next_create_at) VALUES (v_provider, clock_timestamp() + p_interval_ms * interval '1 millisecond')
      ON CONFLICT (provider) DO UPDATE
        SET next_create_at = greatest(l.next_create_at, clock_timestamp()) + p_interval_ms * interval '1 millisecond'
        WHERE l.next_create_at <= clock_timestamp() + (p_tolerance_ms + p_longest_wait_ms) * interval '1 millisecond'
      RETURNING ceil(greatest(0, extract(epoch FROM l.next_create_at - clock_timestamp())::float8 * 1000 - p_interval_ms - p_tolerance_ms))
      INTO v_wait_ms;
    IF NOT FOUND THEN
      RETURN QUERY SELECT 'crowded', greatest(p_interval_ms,
          ceil(extract(epoch FROM l.next_create_at - clock_timestamp())::float8 * 1000 - p_tolerance_ms - p_longest_wait_ms))
        FROM provider_limits l WHERE l.provider = v_provider;
      RETURN;
    END IF;
    IF v_wait_ms > 0 THEN
      RETURN QUERY SELECT 'wait', v_wait_ms;
      RETURN;
    END IF;
  END IF;
  UPDATE provider_attempts a SET state = 'submitting', submitting_at = clock_timestamp() WHERE a.id = p_attempt;
  RETURN QUERY SELECT 'submitting', 0::double precision;
END $$;

REVOKE ALL ON FUNCTION begin_purchase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION begin_purchase TO avatar_worker;
