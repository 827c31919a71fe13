-- Returns false while anything is left to erase.
-- An object whose bytes were removed may keep its row until the sweep checks it again; such a row does not delay the end.
CREATE OR REPLACE FUNCTION finish_erasure(p_account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE accounts a SET erasure_done_at = now() WHERE a.id = p_account AND a.erased_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM stored_objects o WHERE o.account_id = a.id AND o.bytes > 0)
    AND NOT EXISTS (SELECT FROM avatar_generations g WHERE g.account_id = a.id
      AND (g.status IN ('requested', 'pending', 'processing') OR g.request <> '{}'));
  RETURN FOUND;
END $$;

REVOKE ALL ON FUNCTION finish_erasure FROM PUBLIC;
GRANT EXECUTE ON FUNCTION finish_erasure TO avatar_worker;
