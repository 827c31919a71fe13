-- Sets the tier and the limits of an account that is neither erased nor a service's; null ends that, and the user's next request sets
-- those of the token. Counters stay: what was used today is used.
CREATE OR REPLACE FUNCTION set_account_tier(p_account uuid, p_tier text, p_daily int, p_hourly int, p_unfinished int)
RETURNS TABLE (before text, after text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY UPDATE accounts a SET assigned_tier = p_tier, tier = coalesce(p_tier, a.tier),
      daily_limit = coalesce(p_daily, a.daily_limit), hourly_limit = coalesce(p_hourly, a.hourly_limit),
      unfinished_limit = coalesce(p_unfinished, a.unfinished_limit)
    WHERE a.id = p_account AND a.erased_at IS NULL AND a.tier <> 'service' RETURNING old.tier, new.tier;
  IF FOUND THEN
    PERFORM pg_notify('account', json_build_object('accountId', p_account)::text);
  END IF;
END $$;

REVOKE ALL ON FUNCTION set_account_tier FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_account_tier TO avatar_api;
