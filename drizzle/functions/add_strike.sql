-- Strikes are inserted in the transaction that refuses, so that no instance and no retry misses or duplicates one: one per request
-- and admission. The members of a batch are one request. Strikes older than any rule or page looks back
-- (domain/moderation/abuse.ts) are deleted when a new one is added.
CREATE OR REPLACE FUNCTION add_strike(p_account uuid, p_kind text, p_cause text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM abuse_strikes s WHERE s.account_id = p_account AND s.at < now() - interval '7 days';
  INSERT INTO abuse_strikes (account_id, kind, cause) VALUES (p_account, p_kind, p_cause) ON CONFLICT DO NOTHING;
$$;

REVOKE ALL ON FUNCTION add_strike FROM PUBLIC;
