-- Counts once per completed avatar, in the transaction that completes its generation. Appends a row instead of updating the preset,
-- so that deliveries of a popular preset don't wait for each other; roll_up_preset_uses adds them up. A preset that was deleted in
-- the meantime, or an id that is none, is not counted.
CREATE OR REPLACE FUNCTION count_preset_use() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF pg_input_is_valid(NEW.request->>'presetId', 'uuid') THEN
    INSERT INTO preset_uses (generation_id, preset_id)
      SELECT NEW.id, p.id FROM avatar_presets p
      WHERE p.id = (NEW.request->>'presetId')::uuid AND (p.account_id IS NULL OR p.account_id = NEW.account_id);
  END IF;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION count_preset_use FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_preset_use AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status = 'completed' AND OLD.status <> 'completed' AND NEW.request ? 'presetId') EXECUTE FUNCTION count_preset_use();
