-- For processes of the release before hourly limits and signals, whose role is avatar_app; see open_user_account.
CREATE OR REPLACE FUNCTION open_account(p_subject text, p_name text, p_tier text, p_daily int, p_unfinished int, p_starter bigint, p_issued timestamptz DEFAULT NULL)
RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT open_user_account(p_subject, p_name, p_tier, p_daily, NULL, p_unfinished, p_issued, p_starter, NULL)
$$;

REVOKE ALL ON FUNCTION open_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_account TO avatar_app;
