-- Allows the transitions of domain/generation/generation.ts, and only statuses that the ledger confirms.
CREATE OR REPLACE FUNCTION change_generation() RETURNS trigger
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

REVOKE ALL ON FUNCTION change_generation FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_change BEFORE UPDATE ON avatar_generations FOR EACH ROW EXECUTE FUNCTION change_generation();
