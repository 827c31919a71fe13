-- Deletes requests that were never answered. Notes them first, and deletes them a tenth of their age later: an API that answered with
-- 202 while the database was away marks the request as soon as it is back. SKIP LOCKED leaves out those that are being admitted or
-- marked at this moment.
CREATE OR REPLACE FUNCTION delete_unanswered_generations(p_older_than_ms bigint, p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_dropped bigint;
BEGIN
  UPDATE avatar_generations SET overdue_at = now() WHERE id IN (
    SELECT id FROM avatar_generations WHERE status = 'requested' AND accepted_at IS NULL AND batch_id IS NULL AND overdue_at IS NULL
      AND created_at < now() - p_older_than_ms * interval '1 millisecond'
    ORDER BY created_at LIMIT p_limit FOR UPDATE SKIP LOCKED);
  DELETE FROM avatar_generations WHERE id IN (
    SELECT id FROM avatar_generations WHERE status = 'requested' AND accepted_at IS NULL AND batch_id IS NULL
      AND overdue_at < now() - p_older_than_ms / 10 * interval '1 millisecond'
    ORDER BY created_at LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS v_dropped = ROW_COUNT;
  RETURN v_dropped;
END $$;

REVOKE ALL ON FUNCTION delete_unanswered_generations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_unanswered_generations TO avatar_worker;
