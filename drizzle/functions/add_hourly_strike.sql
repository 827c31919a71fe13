-- Counts how often an account meets its hourly limit, for the flags of admins; it starts no cool-down.
CREATE OR REPLACE FUNCTION add_hourly_strike() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM add_strike(NEW.account_id, 'hourly_limit', NEW.id || ':' || NEW.admission_number);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION add_hourly_strike FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_hourly AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.refusal = 'hourly_limit' AND NEW.admission_number > OLD.admission_number AND NEW.batch_id IS NULL)
  EXECUTE FUNCTION add_hourly_strike();

CREATE OR REPLACE TRIGGER batches_hourly AFTER UPDATE ON batches FOR EACH ROW
  WHEN (NEW.refusal = 'hourly_limit' AND NEW.admission_number > OLD.admission_number)
  EXECUTE FUNCTION add_hourly_strike();
