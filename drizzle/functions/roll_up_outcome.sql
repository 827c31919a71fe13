-- Completion captures in the same transaction and so in the same hour. The provider is known only at the end.
CREATE OR REPLACE FUNCTION roll_up_outcome() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM add_generation_usage(NEW.account_id, NEW.finished_at, NEW.origin_project_id, NEW.provider, (NEW.status = 'completed')::int,
    (NEW.status = 'failed')::int, CASE NEW.status WHEN 'completed' THEN NEW.price ELSE 0 END, 0, 0);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION roll_up_outcome FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_roll_up AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status <> OLD.status AND NEW.status IN ('completed', 'failed')) EXECUTE FUNCTION roll_up_outcome();
