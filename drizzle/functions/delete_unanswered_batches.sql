-- Deletes batches that were never answered, each with all of its members or not at all. As for single requests, they are noted first.
-- SKIP LOCKED leaves out those that are being admitted or marked as answered at this moment, and can't deadlock with them.
CREATE OR REPLACE FUNCTION delete_unanswered_batches(p_older_than_ms bigint, p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_old uuid[];
  v_members uuid[];
  v_dropped bigint;
BEGIN
  UPDATE batches SET overdue_at = now() WHERE id IN (
    SELECT b.id FROM batches b WHERE b.admitted_at IS NULL AND b.accepted_at IS NULL AND b.overdue_at IS NULL
      AND b.created_at < now() - p_older_than_ms * interval '1 millisecond'
    ORDER BY b.created_at LIMIT p_limit FOR UPDATE SKIP LOCKED);
  v_old := ARRAY(SELECT b.id FROM batches b WHERE b.admitted_at IS NULL AND b.accepted_at IS NULL
    AND b.overdue_at < now() - p_older_than_ms / 10 * interval '1 millisecond'
    AND NOT EXISTS (SELECT FROM avatar_generations g WHERE g.batch_id = b.id AND (g.status <> 'requested' OR g.accepted_at IS NOT NULL))
    ORDER BY b.created_at LIMIT p_limit FOR UPDATE SKIP LOCKED);
  v_members := ARRAY(SELECT g.id FROM avatar_generations g
    WHERE g.batch_id = ANY (v_old) AND g.status = 'requested' AND g.accepted_at IS NULL FOR UPDATE SKIP LOCKED);
  v_old := ARRAY(SELECT b.id FROM batches b WHERE b.id = ANY (v_old)
    AND NOT EXISTS (SELECT FROM avatar_generations g WHERE g.batch_id = b.id AND g.id <> ALL (v_members)));
  DELETE FROM avatar_generations g WHERE g.batch_id = ANY (v_old);
  DELETE FROM batches b WHERE b.id = ANY (v_old);
  GET DIAGNOSTICS v_dropped = ROW_COUNT;
  RETURN v_dropped;
END $$;

REVOKE ALL ON FUNCTION delete_unanswered_batches FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_unanswered_batches TO avatar_worker;
