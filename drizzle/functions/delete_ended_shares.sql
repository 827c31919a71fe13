-- Deletes links that have ended, at most `p_limit`; returns their number. They show nothing any more, whether deleted or not.
CREATE OR REPLACE FUNCTION delete_ended_shares(p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_deleted bigint;
BEGIN
  DELETE FROM avatar_shares WHERE id = ANY (ARRAY(
    SELECT s.id FROM avatar_shares s WHERE s.expires_at <= now() ORDER BY s.expires_at LIMIT p_limit FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_deleted = ROW_COUNT;
  RETURN v_deleted;
END $$;

REVOKE ALL ON FUNCTION delete_ended_shares FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_ended_shares TO avatar_worker;
