CREATE OR REPLACE FUNCTION add_refused_prompt_strike() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM add_strike(NEW.account_id, 'refused_prompt', coalesce(NEW.batch_id, NEW.id)::text);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION add_refused_prompt_strike FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_refused_prompt AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status = 'failed' AND OLD.status <> 'failed' AND NEW.failure_code = 'prompt_rejected')
  EXECUTE FUNCTION add_refused_prompt_strike();
