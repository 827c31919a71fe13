CREATE OR REPLACE FUNCTION announce_webhook_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('webhook_delivery', json_build_object('id', NEW.id, 'accountId', NEW.account_id)::text);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION announce_webhook_delivery FROM PUBLIC;

CREATE OR REPLACE TRIGGER webhook_deliveries_announce AFTER INSERT ON webhook_deliveries FOR EACH ROW EXECUTE FUNCTION announce_webhook_delivery();
