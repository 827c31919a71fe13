-- Strikes are inserted in the transaction that refuses, so that no instance and no retry misses or duplicates one: one per request
-- and admission. The members of a batch are one request. Old strikes are deleted when a new one is added.
CREATE FUNCTION add_strike(p_account uuid, p_kind text, p_cause text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM abuse_strikes s WHERE s.account_id = p_account AND s.at < now() - interval '7 days';
  INSERT INTO abuse_strikes (account_id, kind, cause) VALUES (p_account, p_kind, p_cause) ON CONFLICT DO NOTHING;
$$;
--> statement-breakpoint
CREATE FUNCTION add_refused_prompt_strike() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM add_strike(NEW.account_id, 'refused_prompt', coalesce(NEW.batch_id, NEW.id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_generations_refused_prompt AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status = 'failed' AND OLD.status <> 'failed' AND NEW.failure_code = 'prompt_rejected')
  EXECUTE FUNCTION add_refused_prompt_strike();
--> statement-breakpoint
CREATE FUNCTION add_unpaid_strike() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM add_strike(NEW.account_id, 'unpaid', NEW.id || ':' || NEW.admission_number);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_generations_unpaid AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.refusal = 'insufficient_credits' AND NEW.admission_number > OLD.admission_number AND NEW.batch_id IS NULL)
  EXECUTE FUNCTION add_unpaid_strike();
--> statement-breakpoint
CREATE TRIGGER batches_unpaid AFTER UPDATE ON batches FOR EACH ROW
  WHEN (NEW.refusal = 'insufficient_credits' AND NEW.admission_number > OLD.admission_number)
  EXECUTE FUNCTION add_unpaid_strike();
--> statement-breakpoint
-- A top-up clears the account's strikes for unpaid requests.
CREATE FUNCTION clear_unpaid_strikes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM abuse_strikes s WHERE s.account_id = NEW.account_id AND s.kind = 'unpaid';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER credit_transfers_clear_strikes AFTER INSERT ON credit_transfers FOR EACH ROW WHEN (NEW.kind = 'topup')
  EXECUTE FUNCTION clear_unpaid_strikes();
--> statement-breakpoint
REVOKE ALL ON FUNCTION add_strike(uuid, text, text), add_refused_prompt_strike(), add_unpaid_strike(), clear_unpaid_strikes() FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT ON abuse_strikes TO avatar_app;
