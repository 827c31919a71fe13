-- Enforces the limit of an account's presets, also for concurrent inserts: the second transaction counts after the first one ended.
CREATE FUNCTION add_preset(p_account uuid, p_limit int, p_preset jsonb) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('presets of ' || p_account, 0));
  IF EXISTS (SELECT FROM avatar_presets p WHERE p.id = (p_preset->>'id')::uuid) THEN
    RETURN 'exists';
  END IF;
  IF (SELECT count(*) FROM avatar_presets p WHERE p.account_id = p_account) >= p_limit THEN
    RETURN 'full';
  END IF;
  INSERT INTO avatar_presets (id, account_id, category, name, prompt, persona_template, attributes, avatar_id, request_hash)
    SELECT n.id, p_account, n.category, n.name, n.prompt, n.persona_template, n.attributes, n.avatar_id, n.request_hash
    FROM jsonb_to_record(p_preset) AS n (id uuid, category text, name text, prompt text, persona_template jsonb, attributes jsonb,
      avatar_id uuid, request_hash text);
  RETURN 'created';
END $$;
--> statement-breakpoint
-- Counts once per completed avatar, in the transaction that completes its generation. A preset that was deleted in the meantime,
-- or an id that is none, is not counted.
CREATE FUNCTION count_preset_use() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF pg_input_is_valid(NEW.request->>'presetId', 'uuid') THEN
    UPDATE avatar_presets p SET usage_count = p.usage_count + 1
      WHERE p.id = (NEW.request->>'presetId')::uuid AND (p.account_id IS NULL OR p.account_id = NEW.account_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_generations_preset_use AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status = 'completed' AND OLD.status <> 'completed' AND NEW.request ? 'presetId') EXECUTE FUNCTION count_preset_use();
--> statement-breakpoint
-- Every instance caches the public gallery; this tells it that the cache is stale.
CREATE FUNCTION announce_gallery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP <> 'INSERT' AND OLD.account_id IS NULL) OR (TG_OP <> 'DELETE' AND NEW.account_id IS NULL) THEN
    PERFORM pg_notify('gallery', '{}');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_presets_announce AFTER INSERT OR UPDATE OR DELETE ON avatar_presets FOR EACH ROW EXECUTE FUNCTION announce_gallery();
--> statement-breakpoint
REVOKE ALL ON FUNCTION add_preset(uuid, int, jsonb), count_preset_use(), announce_gallery() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION add_preset(uuid, int, jsonb) TO avatar_app;
