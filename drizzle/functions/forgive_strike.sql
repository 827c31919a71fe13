-- A delivered avatar forgives the account's oldest strike for a refused prompt. One that another delivery is forgiving is skipped.
CREATE OR REPLACE FUNCTION forgive_strike() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE abuse_strikes s SET forgiven_at = now() WHERE s.ctid = (
    SELECT o.ctid FROM abuse_strikes o
      WHERE o.account_id = NEW.account_id AND o.kind = 'refused_prompt' AND o.forgiven_at IS NULL
      ORDER BY o.at LIMIT 1 FOR UPDATE SKIP LOCKED);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION forgive_strike FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_forgive AFTER UPDATE ON avatar_generations FOR EACH ROW
  WHEN (NEW.status = 'completed' AND OLD.status <> 'completed') EXECUTE FUNCTION forgive_strike();
