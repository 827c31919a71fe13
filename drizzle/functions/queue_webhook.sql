-- The outbox is written in the transaction of the event, so a delivery exists exactly when its event happened.
CREATE OR REPLACE FUNCTION queue_webhook(p_account uuid, p_event text, p_generation uuid, p_avatar uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO webhook_deliveries (webhook_id, account_id, event, generation_id, avatar_id)
    SELECT w.id, w.account_id, p_event, p_generation, p_avatar
      FROM webhooks w WHERE w.account_id = p_account AND w.enabled AND p_event = ANY (w.events)
    ON CONFLICT DO NOTHING
$$;

REVOKE ALL ON FUNCTION queue_webhook FROM PUBLIC;
