-- A failed generation shows its successor, so it changes when the successor becomes visible, and when that is refused.
CREATE OR REPLACE FUNCTION announce_retry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- The trigger of this update raises the version and announces it.
  UPDATE avatar_generations g SET updated_at = now() WHERE g.id = NEW.retry_of;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION announce_retry FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_announce_retry AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.retry_of IS NOT NULL AND ((OLD.status = 'requested' AND NEW.status <> 'requested')
    OR OLD.accepted_at IS DISTINCT FROM NEW.accepted_at OR OLD.refusal IS DISTINCT FROM NEW.refusal))
  EXECUTE FUNCTION announce_retry();
