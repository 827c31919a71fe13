-- Adds the expected cost of a paid call to the day's spending before it is sent, once per attempt; false if that would exceed a
-- budget. The day's row of all providers is locked first, here and in the trigger below, so that they can't deadlock.
CREATE OR REPLACE FUNCTION reserve_provider_budget(p_attempt uuid, p_usd numeric, p_total numeric, p_own numeric)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_attempt provider_attempts%ROWTYPE;
  v_day date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  v_all numeric;
  v_own numeric;
BEGIN
  SELECT * INTO v_attempt FROM provider_attempts a WHERE a.id = p_attempt FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF v_attempt.budgeted_usd IS NOT NULL THEN
    RETURN true;
  END IF;
  INSERT INTO provider_spending (day, provider, usd) VALUES (v_day, 'all', 0), (v_day, v_attempt.provider, 0) ON CONFLICT DO NOTHING;
  SELECT s.usd INTO v_all FROM provider_spending s WHERE s.day = v_day AND s.provider = 'all' FOR UPDATE;
  SELECT s.usd INTO v_own FROM provider_spending s WHERE s.day = v_day AND s.provider = v_attempt.provider FOR UPDATE;
  -- A budget that is NULL compares to NULL and so is no limit.
  IF v_all + p_usd > p_total OR v_own + p_usd > p_own THEN
    RETURN false;
  END IF;
  UPDATE provider_spending s SET usd = s.usd + p_usd WHERE s.day = v_day AND s.provider IN ('all', v_attempt.provider);
  UPDATE provider_attempts a SET budgeted_usd = p_usd, budgeted_on = v_day WHERE a.id = p_attempt;
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION reserve_provider_budget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reserve_provider_budget TO avatar_worker;
