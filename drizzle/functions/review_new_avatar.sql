-- The check's outcome is written before the avatar, so an avatar that needs review is never shown, not even for a moment.
CREATE OR REPLACE FUNCTION review_new_avatar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM image_checks c WHERE c.generation_id = NEW.generation_id AND c.outcome = 'review') THEN
    NEW.review := 'needs_review';
  END IF;
  RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION review_new_avatar FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatars_review BEFORE INSERT ON avatars FOR EACH ROW EXECUTE FUNCTION review_new_avatar();
