-- Members first, as in reserve_batch. A member that was admitted in the meantime stays, and so does its batch.
CREATE OR REPLACE FUNCTION delete_unanswered_batches(p_older_than_ms bigint, p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_old uuid[];
  v_dropped bigint;
BEGIN
  v_old := ARRAY(SELECT b.id FROM batches b WHERE b.admitted_at IS NULL AND b.accepted_at IS NULL
    AND b.created_at < now() - p_older_than_ms * interval '1 millisecond' ORDER BY b.created_at LIMIT p_limit);
  DELETE FROM avatar_generations g WHERE g.batch_id = ANY (v_old) AND g.status = 'requested' AND g.accepted_at IS NULL;
  DELETE FROM batches b WHERE b.id = ANY (v_old) AND b.admitted_at IS NULL AND b.accepted_at IS NULL
    AND NOT EXISTS (SELECT FROM avatar_generations g WHERE g.batch_id = b.id);
  GET DIAGNOSTICS v_dropped = ROW_COUNT;
  RETURN v_dropped;
END $$;

REVOKE ALL ON FUNCTION delete_unanswered_batches FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_unanswered_batches TO avatar_worker;
