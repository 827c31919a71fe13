CREATE OR REPLACE FUNCTION queue_review_webhook() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM queue_webhook(NEW.account_id, 'avatar.' || NEW.review, NEW.generation_id, NEW.id);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION queue_review_webhook FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatars_review_webhook AFTER INSERT OR UPDATE OF review ON avatars FOR EACH ROW
  WHEN (NEW.review <> 'clear') EXECUTE FUNCTION queue_review_webhook();
