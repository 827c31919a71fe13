CREATE OR REPLACE FUNCTION add_unpaid_strike() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM add_strike(NEW.account_id, 'unpaid', NEW.id || ':' || NEW.admission_number);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION add_unpaid_strike FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_unpaid AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.refusal = 'insufficient_credits' AND NEW.admission_number > OLD.admission_number AND NEW.batch_id IS NULL)
  EXECUTE FUNCTION add_unpaid_strike();

CREATE OR REPLACE TRIGGER batches_unpaid AFTER UPDATE ON batches FOR EACH ROW
  WHEN (NEW.refusal = 'insufficient_credits' AND NEW.admission_number > OLD.admission_number)
  EXECUTE FUNCTION add_unpaid_strike();
