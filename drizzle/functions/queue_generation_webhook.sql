CREATE OR REPLACE FUNCTION queue_generation_webhook() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM queue_webhook(NEW.account_id, 'generation.' || NEW.status, NEW.id, (SELECT v.id FROM avatars v WHERE v.generation_id = NEW.id));
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION queue_generation_webhook FROM PUBLIC;

-- A request that was never answered has no webhook.
CREATE OR REPLACE TRIGGER avatar_generations_webhook AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status IN ('completed', 'failed', 'cancelled') AND (OLD.status <> 'requested' OR NEW.accepted_at IS NOT NULL))
  EXECUTE FUNCTION queue_generation_webhook();
