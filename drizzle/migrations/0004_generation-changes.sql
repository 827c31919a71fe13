-- Leaves room for HOT updates. Deleting a project clears project_id only: the account stays on the row.
ALTER TABLE avatar_generations SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE avatar_generations ADD CONSTRAINT avatar_generations_project FOREIGN KEY (project_id, account_id)
  REFERENCES avatar_projects (id, account_id) ON DELETE SET NULL (project_id);
--> statement-breakpoint
-- Allows the transitions of domain/generation/generation.ts, and only statuses that the ledger confirms.
CREATE FUNCTION change_generation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_step text;
BEGIN
  NEW.version := OLD.version + 1;
  NEW.updated_at := now();
  IF NEW.priority <> OLD.priority THEN
    NEW.priority_at := now();
  END IF;
  IF NEW.stage = 'saving' AND OLD.stage <> 'saving' THEN
    NEW.saving_at := now();
  END IF;
  IF NEW.status = OLD.status THEN
    RETURN NEW;
  END IF;
  IF OLD.status || '>' || NEW.status NOT IN ('requested>pending', 'requested>failed', 'requested>cancelled', 'pending>processing',
      'pending>completed', 'pending>failed', 'pending>cancelled', 'processing>completed', 'processing>failed', 'processing>cancelled') THEN
    RAISE EXCEPTION 'generation % cannot move from % to %', NEW.id, OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'avatar_generations_legal_move';
  END IF;
  v_step := CASE WHEN NEW.status = 'pending' THEN 'reserve' WHEN NEW.status = 'completed' THEN 'capture'
    WHEN NEW.status IN ('failed', 'cancelled') AND OLD.status <> 'requested' THEN 'release' END;
  IF v_step IS NOT NULL AND NOT EXISTS (SELECT FROM credit_transfers t WHERE t.generation_id = NEW.id AND t.kind = v_step) THEN
    RAISE EXCEPTION 'generation % cannot be % without its %', NEW.id, NEW.status, v_step
      USING ERRCODE = 'check_violation', CONSTRAINT = 'avatar_generations_follows_ledger';
  END IF;
  CASE NEW.status
    WHEN 'pending' THEN NEW.pending_at := now(); NEW.priority_at := now();
    WHEN 'processing' THEN NEW.processing_at := now();
    ELSE NEW.finished_at := now();
  END CASE;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_generations_change BEFORE UPDATE ON avatar_generations FOR EACH ROW EXECUTE FUNCTION change_generation();
--> statement-breakpoint
-- Ids only: a NOTIFY payload is limited to 8,000 bytes, and it must hold no personal data. A request that was not answered
-- yet is not visible to anyone, so it is not announced.
CREATE FUNCTION announce_generation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('generation', json_build_object('id', NEW.id, 'accountId', NEW.account_id, 'version', NEW.version)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER avatar_generations_announce AFTER INSERT OR UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status <> 'requested' OR NEW.accepted_at IS NOT NULL) EXECUTE FUNCTION announce_generation();
--> statement-breakpoint
CREATE FUNCTION announce_notification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('notification', json_build_object('id', NEW.id, 'accountId', NEW.account_id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER notifications_announce AFTER INSERT ON notifications FOR EACH ROW EXECUTE FUNCTION announce_notification();
--> statement-breakpoint
-- Deletes requests that were never answered. SKIP LOCKED leaves out those that are being admitted at this moment.
CREATE FUNCTION delete_unanswered_generations(p_older_than_ms bigint, p_limit int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH dropped AS (
    DELETE FROM avatar_generations WHERE status = 'requested' AND id IN (
      SELECT id FROM avatar_generations WHERE status = 'requested' AND accepted_at IS NULL
        AND created_at < now() - p_older_than_ms * interval '1 millisecond'
      ORDER BY created_at LIMIT p_limit FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM dropped
$$;
