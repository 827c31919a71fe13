-- A prompt that breaks our rules is refused before a row exists, so no trigger can add the strike and the application does. It
-- may add no other kind: unpaid requests get theirs from triggers.
CREATE OR REPLACE FUNCTION report_refused_prompt(p_account uuid, p_cause text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT add_strike(p_account, 'refused_prompt', p_cause);
$$;

REVOKE ALL ON FUNCTION report_refused_prompt FROM PUBLIC;
GRANT EXECUTE ON FUNCTION report_refused_prompt TO avatar_api;
