-- Counts and inserts under one lock per avatar, so that concurrent requests can't exceed the limit. Expired links are deleted. `unknown`: the
-- account has no such avatar that may be shown.
CREATE OR REPLACE FUNCTION share_avatar(p_account uuid, p_avatar uuid, p_digest text, p_shows_name boolean, p_days int, p_limit int)
RETURNS TABLE (outcome text, id uuid, shows_name boolean, created_at timestamptz, expires_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('shares of ' || p_avatar, 0));
  PERFORM FROM avatars a
    WHERE a.id = p_avatar AND a.account_id = p_account AND a.trashed_at IS NULL AND a.review IN ('clear', 'approved') FOR KEY SHARE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::boolean, NULL::timestamptz, NULL::timestamptz;
    RETURN;
  END IF;
  DELETE FROM avatar_shares s WHERE s.avatar_id = p_avatar AND s.expires_at <= now();
  IF (SELECT count(*) FROM avatar_shares s WHERE s.avatar_id = p_avatar) >= p_limit THEN
    RETURN QUERY SELECT 'full', NULL::uuid, NULL::boolean, NULL::timestamptz, NULL::timestamptz;
    RETURN;
  END IF;
  RETURN QUERY INSERT INTO avatar_shares AS s (account_id, avatar_id, digest, shows_name, expires_at)
    VALUES (p_account, p_avatar, p_digest, p_shows_name, now() + p_days * interval '1 day')
    RETURNING 'shared', s.id, s.shows_name, s.created_at::timestamptz, s.expires_at::timestamptz;
END $$;

REVOKE ALL ON FUNCTION share_avatar FROM PUBLIC;
GRANT EXECUTE ON FUNCTION share_avatar TO avatar_api;
