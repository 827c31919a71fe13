CREATE OR REPLACE FUNCTION announce_notification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('notification', json_build_object('id', NEW.id, 'accountId', NEW.account_id)::text);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION announce_notification FROM PUBLIC;

CREATE OR REPLACE TRIGGER notifications_announce AFTER INSERT ON notifications FOR EACH ROW EXECUTE FUNCTION announce_notification();
