-- Counts and inserts under one lock per account, so that concurrent requests can't exceed the limit. No row: it is reached, or the
-- account was erased. Expired keys are deleted.
CREATE OR REPLACE FUNCTION store_api_key(p_account uuid, p_name text, p_start text, p_digest text, p_scopes text[], p_days int, p_limit int)
RETURNS TABLE (id uuid, name text, start text, scopes text[], created_at timestamptz, expires_at timestamptz, last_used_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('api keys ' || p_account, 0));
  DELETE FROM api_keys k WHERE k.account_id = p_account AND k.expires_at <= now();
  IF (SELECT count(*) FROM api_keys k WHERE k.account_id = p_account) >= p_limit THEN
    RETURN;
  END IF;
  RETURN QUERY INSERT INTO api_keys AS k (account_id, name, start, digest, scopes, expires_at)
    SELECT a.id, p_name, p_start, p_digest, p_scopes, now() + p_days * interval '1 day' FROM accounts a
    WHERE a.id = p_account AND a.erased_at IS NULL
    RETURNING k.id, k.name, k.start, k.scopes, k.created_at::timestamptz, k.expires_at::timestamptz, k.last_used_at::timestamptz;
END $$;

REVOKE ALL ON FUNCTION store_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION store_api_key TO avatar_api;
