-- An avatar in review can't be seen yet, so its notification must not say that it is ready.
CREATE OR REPLACE FUNCTION set_notification_kind() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM avatars v WHERE v.id = NEW.avatar_id AND v.review = 'needs_review') THEN
    NEW.kind := 'needs_review';
  END IF;
  RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION set_notification_kind FROM PUBLIC;

CREATE OR REPLACE TRIGGER notifications_review BEFORE INSERT ON notifications FOR EACH ROW
  WHEN (NEW.kind = 'avatar_completed') EXECUTE FUNCTION set_notification_kind();
