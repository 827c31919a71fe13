-- Registers smaller versions of an avatar's image before they are written, so that none is unknown to the inventory. They belong to the
-- avatar, and have 0 bytes until they are written. False: the account has no such avatar; nothing is registered, so write nothing.
CREATE OR REPLACE FUNCTION register_sizes(p_account uuid, p_avatar uuid, p_names text[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  WITH owner AS (SELECT a.id, a.account_id, a.generation_id FROM avatars a WHERE a.id = p_avatar AND a.account_id = p_account FOR KEY SHARE)
  INSERT INTO stored_objects AS o (name, account_id, kind, bytes, generation_id, avatar_id)
    SELECT n.name, w.account_id, 'size', 0, w.generation_id, w.id FROM owner w, unnest(p_names) AS n (name) ORDER BY n.name
    ON CONFLICT (name) DO UPDATE SET created_at = now() WHERE o.kind = 'size' AND o.avatar_id = excluded.avatar_id;
  RETURN FOUND;
END $$;

REVOKE ALL ON FUNCTION register_sizes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_sizes TO avatar_api;
