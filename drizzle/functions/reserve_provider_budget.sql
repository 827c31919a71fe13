-- count_spending, once per attempt; false if a budget would be exceeded. For processes of the release before.
CREATE OR REPLACE FUNCTION reserve_provider_budget(p_attempt uuid, p_usd numeric, p_total numeric, p_own numeric)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_attempt provider_attempts%ROWTYPE;
  v_day date;
BEGIN
  SELECT * INTO v_attempt FROM provider_attempts a WHERE a.id = p_attempt FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF v_attempt.budgeted_usd IS NOT NULL THEN
    RETURN true;
  END IF;
  v_day := count_spending(v_attempt.provider, p_usd, p_total, p_own);
  IF v_day IS NULL THEN
    RETURN false;
  END IF;
  UPDATE provider_attempts a SET budgeted_usd = p_usd, budgeted_on = v_day WHERE a.id = p_attempt;
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION reserve_provider_budget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reserve_provider_budget TO avatar_worker;
