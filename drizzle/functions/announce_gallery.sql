-- Every instance caches the public gallery; this tells it that the cache is stale.
CREATE OR REPLACE FUNCTION announce_gallery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP <> 'INSERT' AND OLD.account_id IS NULL) OR (TG_OP <> 'DELETE' AND NEW.account_id IS NULL) THEN
    PERFORM pg_notify('gallery', '{}');
  END IF;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION announce_gallery FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_presets_announce AFTER INSERT OR UPDATE OR DELETE ON avatar_presets FOR EACH ROW EXECUTE FUNCTION announce_gallery();
