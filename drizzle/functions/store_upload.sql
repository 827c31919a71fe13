-- Counts and inserts under one lock per account, so that concurrent uploads can't exceed the limit. The object is registered in
-- the same transaction: whatever happens to its bytes, the sweep finds it.
CREATE OR REPLACE FUNCTION store_upload(p_id uuid, p_account uuid, p_object text, p_mime_type text, p_bytes int, p_width int, p_height int, p_sha256 text,
  p_lifetime_ms bigint, p_limit int)
RETURNS TABLE (outcome text, sha256 text, expires_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('uploads ' || p_account, 0));
  RETURN QUERY SELECT 'exists', u.sha256, u.expires_at FROM uploads u WHERE u.id = p_id;
  IF FOUND THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT 'full', NULL::text, min(u.expires_at)::timestamptz FROM uploads u
    WHERE u.account_id = p_account AND u.expires_at > now() HAVING count(*) >= p_limit;
  IF FOUND THEN
    RETURN;
  END IF;
  INSERT INTO stored_objects (name, account_id, kind, bytes) VALUES (p_object, p_account, 'upload', p_bytes)
    ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes;
  RETURN QUERY INSERT INTO uploads AS u (id, account_id, object, mime_type, bytes, width, height, sha256, expires_at)
    VALUES (p_id, p_account, p_object, p_mime_type, p_bytes, p_width, p_height, p_sha256, now() + p_lifetime_ms * interval '1 millisecond')
    RETURNING 'stored', u.sha256, u.expires_at::timestamptz;
END $$;

REVOKE ALL ON FUNCTION store_upload FROM PUBLIC;
GRANT EXECUTE ON FUNCTION store_upload TO avatar_api;
