-- Deletes at most `p_limit` notifications that are older than `p_older_than_ms`, read or not, the oldest first; returns their number.
CREATE OR REPLACE FUNCTION delete_expired_notifications(p_older_than_ms bigint, p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_newest uuid := uuidv7(p_older_than_ms * interval '-1 millisecond');
  v_deleted bigint;
BEGIN
  DELETE FROM notifications WHERE id = ANY (ARRAY(
    SELECT n.id FROM notifications n WHERE n.id < v_newest AND n.created_at < now() - p_older_than_ms * interval '1 millisecond'
    ORDER BY n.id LIMIT p_limit FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_deleted = ROW_COUNT;
  RETURN v_deleted;
END $$;

REVOKE ALL ON FUNCTION delete_expired_notifications FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_expired_notifications TO avatar_worker;
