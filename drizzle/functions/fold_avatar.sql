-- What the search for avatars reads: name, prompt, and the persona's name, background and traits.
CREATE OR REPLACE FUNCTION fold_avatar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.folded_text := fold_text(concat_ws(' ', NEW.name, NEW.persona->>'name', NEW.persona->>'background',
      (SELECT string_agg(trait, ' ') FROM jsonb_array_elements_text(NEW.persona->'personality') AS trait), NEW.prompt));
  RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION fold_avatar FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatars_fold BEFORE INSERT OR UPDATE OF name, persona, prompt ON avatars
  FOR EACH ROW EXECUTE FUNCTION fold_avatar();

-- Avatars that were made between the migration, which has filled the others, and this trigger.
UPDATE avatars SET name = name WHERE folded_text IS NULL;
