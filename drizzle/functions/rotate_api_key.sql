-- Stores a successor with the name, the scopes and the lifetime of a key, which expires soon. A key has one successor: its own lifetime
-- is shortened by then, and a second successor would inherit that. No row: there is no such key.
CREATE OR REPLACE FUNCTION rotate_api_key(p_account uuid, p_id uuid, p_start text, p_digest text, p_overlap_hours int, p_limit int)
RETURNS TABLE (outcome text, id uuid, name text, start text, scopes text[], created_at timestamptz, expires_at timestamptz,
  last_used_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  rotated record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('api keys ' || p_account, 0));
  SELECT k.* INTO rotated FROM api_keys k WHERE k.account_id = p_account AND k.id = p_id AND k.expires_at > now() FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF rotated.rotated_at IS NOT NULL THEN
    outcome := 'rotated';
    RETURN NEXT;
    RETURN;
  END IF;
  IF (SELECT count(*) FROM api_keys k WHERE k.account_id = p_account AND k.expires_at > now()) >= p_limit THEN
    outcome := 'full';
    RETURN NEXT;
    RETURN;
  END IF;
  UPDATE api_keys k SET rotated_at = now(), expires_at = least(k.expires_at, now() + p_overlap_hours * interval '1 hour') WHERE k.id = p_id;
  RETURN QUERY INSERT INTO api_keys AS k (account_id, name, start, digest, scopes, expires_at)
    VALUES (p_account, rotated.name, p_start, p_digest, rotated.scopes, now() + (rotated.expires_at - rotated.created_at))
    RETURNING 'stored', k.id, k.name, k.start, k.scopes, k.created_at::timestamptz, k.expires_at::timestamptz, k.last_used_at::timestamptz;
END $$;

REVOKE ALL ON FUNCTION rotate_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rotate_api_key TO avatar_api;
