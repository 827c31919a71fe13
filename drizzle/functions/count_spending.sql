-- Adds the expected cost of a paid call to the day's spending, and returns the day; null if that would exceed a budget. A budget that is
-- NULL is no limit. The day's row `all` holds no sum: whoever counts locks it, so that the sum of all providers is exact.
CREATE OR REPLACE FUNCTION count_spending(p_provider text, p_usd numeric, p_total numeric, p_own numeric) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_day date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  v_all numeric;
  v_own numeric;
BEGIN
  INSERT INTO provider_spending (day, provider, usd) VALUES (v_day, 'all', 0), (v_day, p_provider, 0) ON CONFLICT DO NOTHING;
  PERFORM FROM provider_spending s WHERE s.day = v_day AND s.provider = 'all' FOR UPDATE;
  -- A statement of its own, which sees what was counted while this one waited.
  SELECT sum(s.usd), sum(s.usd) FILTER (WHERE s.provider = p_provider) INTO v_all, v_own
    FROM provider_spending s WHERE s.day = v_day AND s.provider <> 'all';
  IF v_all + p_usd > p_total OR v_own + p_usd > p_own THEN
    RETURN NULL;
  END IF;
  UPDATE provider_spending s SET usd = s.usd + p_usd WHERE s.day = v_day AND s.provider = p_provider;
  RETURN v_day;
END $$;

REVOKE ALL ON FUNCTION count_spending FROM PUBLIC;
