DROP FUNCTION drop_unanswered_batches(bigint, int);
DROP FUNCTION reserve_batch(uuid, bigint);
CREATE OR REPLACE FUNCTION drop_unanswered(p_older_than_ms bigint, p_limit int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH dropped AS (
    DELETE FROM avatar_generations WHERE status = 'requested' AND id IN (
      SELECT id FROM avatar_generations WHERE status = 'requested' AND accepted_at IS NULL
        AND created_at < now() - p_older_than_ms * interval '1 millisecond'
      ORDER BY created_at LIMIT p_limit FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM dropped
$$;
