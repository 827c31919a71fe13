-- Refuses rows of requests that were in progress during the erasure. AFTER, and named to fire after the foreign key's own trigger:
-- that one waits for an erasure in progress, and only then is it certain whether the account was erased.
CREATE OR REPLACE FUNCTION refuse_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM accounts a WHERE a.id = NEW.account_id AND a.erased_at IS NOT NULL) THEN
    RAISE EXCEPTION 'account % was erased', NEW.account_id USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_erased';
  END IF;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION refuse_erased FROM PUBLIC;

CREATE OR REPLACE TRIGGER refuse_erased AFTER INSERT ON avatar_projects FOR EACH ROW EXECUTE FUNCTION refuse_erased();

CREATE OR REPLACE TRIGGER refuse_erased AFTER INSERT ON avatar_generations FOR EACH ROW EXECUTE FUNCTION refuse_erased();

CREATE OR REPLACE TRIGGER refuse_erased AFTER INSERT ON avatar_presets FOR EACH ROW WHEN (NEW.account_id IS NOT NULL) EXECUTE FUNCTION refuse_erased();

CREATE OR REPLACE TRIGGER refuse_erased AFTER INSERT ON avatar_shares FOR EACH ROW EXECUTE FUNCTION refuse_erased();

CREATE OR REPLACE TRIGGER refuse_erased AFTER INSERT ON avatar_usage_history FOR EACH ROW EXECUTE FUNCTION refuse_erased();

CREATE OR REPLACE TRIGGER refuse_erased AFTER INSERT ON batches FOR EACH ROW EXECUTE FUNCTION refuse_erased();

CREATE OR REPLACE TRIGGER refuse_erased AFTER INSERT ON uploads FOR EACH ROW EXECUTE FUNCTION refuse_erased();

CREATE OR REPLACE TRIGGER refuse_erased AFTER INSERT ON webhooks FOR EACH ROW EXECUTE FUNCTION refuse_erased();

CREATE OR REPLACE TRIGGER refuse_erased AFTER INSERT ON retry_keys FOR EACH ROW EXECUTE FUNCTION refuse_erased();
