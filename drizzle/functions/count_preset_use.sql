-- Counts once per completed avatar, in the transaction that completes its generation. A preset that was deleted in the meantime,
-- or an id that is none, is not counted.
CREATE OR REPLACE FUNCTION count_preset_use() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF pg_input_is_valid(NEW.request->>'presetId', 'uuid') THEN
    UPDATE avatar_presets p SET usage_count = p.usage_count + 1
      WHERE p.id = (NEW.request->>'presetId')::uuid AND (p.account_id IS NULL OR p.account_id = NEW.account_id);
  END IF;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION count_preset_use FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_preset_use AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status = 'completed' AND OLD.status <> 'completed' AND NEW.request ? 'presetId') EXECUTE FUNCTION count_preset_use();
