-- Every instance caches the public gallery; this tells it that the cache is stale. A use alone is no reason to read it again: the
-- counts may be as old as the cache.
CREATE OR REPLACE FUNCTION announce_gallery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'usage_count' = to_jsonb(NEW) - 'usage_count' THEN
    RETURN NULL;
  END IF;
  IF (TG_OP <> 'INSERT' AND OLD.account_id IS NULL) OR (TG_OP <> 'DELETE' AND NEW.account_id IS NULL) THEN
    PERFORM pg_notify('gallery', '{}');
  END IF;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION announce_gallery FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_presets_announce AFTER INSERT OR UPDATE OR DELETE ON avatar_presets FOR EACH ROW EXECUTE FUNCTION announce_gallery();
