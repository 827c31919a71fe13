-- Deletes requests that were never answered, a batch as a whole, so that its idempotency key never finds a part of it. SKIP LOCKED
-- leaves out those that are being admitted at this moment.
CREATE OR REPLACE FUNCTION delete_unanswered_generations(p_older_than_ms bigint, p_limit int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH dropped AS (
    DELETE FROM avatar_generations WHERE status = 'requested' AND id IN (
      SELECT id FROM avatar_generations WHERE status = 'requested' AND accepted_at IS NULL AND batch_id IS NULL
        AND created_at < now() - p_older_than_ms * interval '1 millisecond'
      ORDER BY created_at LIMIT p_limit FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM dropped
$$;

REVOKE ALL ON FUNCTION delete_unanswered_generations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_unanswered_generations TO avatar_worker;
