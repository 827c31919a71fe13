-- Ids only: a NOTIFY payload is limited to 8,000 bytes, and it must hold no personal data. A request that was not answered
-- yet is not visible to anyone, so it is not announced.
CREATE OR REPLACE FUNCTION announce_generation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('generation', json_build_object('id', NEW.id, 'accountId', NEW.account_id, 'version', NEW.version)::text);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION announce_generation FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_announce AFTER INSERT OR UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status <> 'requested' OR NEW.accepted_at IS NOT NULL) EXECUTE FUNCTION announce_generation();
