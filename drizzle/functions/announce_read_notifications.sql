-- The user's other devices learn that notifications were read. One of them stands for all that a statement marks: whoever is told
-- reads the lists again.
CREATE OR REPLACE FUNCTION announce_read_notifications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('notification', json_build_object('id', latest.id, 'accountId', latest.account_id)::text)
  FROM (
    SELECT DISTINCT ON (account_id) id, account_id FROM changed WHERE read_at IS NOT NULL ORDER BY account_id, created_at DESC, id DESC
  ) latest;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION announce_read_notifications FROM PUBLIC;

CREATE OR REPLACE TRIGGER notifications_announce_read AFTER UPDATE ON notifications REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_read_notifications();
