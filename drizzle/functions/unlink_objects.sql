-- A generation that ends without an avatar: the objects that were registered for one belong to none, which is how the sweep finds them.
-- Whoever registers objects locks the generation's row, so that none is registered any more.
CREATE OR REPLACE FUNCTION unlink_objects() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE stored_objects o SET avatar_id = NULL WHERE o.generation_id = NEW.id AND o.avatar_id IS NOT NULL;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION unlink_objects FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_unlink_objects AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status <> OLD.status AND NEW.status IN ('failed', 'cancelled')) EXECUTE FUNCTION unlink_objects();
