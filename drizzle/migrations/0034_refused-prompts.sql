-- Words that break our own rules are refused before there is a row whose change could be noted, so the application says it. Nothing but refused
-- prompts: what is unpaid is noted where it is refused.
CREATE FUNCTION strike_refused_words(p_account uuid, p_cause text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT strike(p_account, 'refused_prompt', p_cause);
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION strike_refused_words(uuid, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION strike_refused_words(uuid, text) TO avatar_app;
