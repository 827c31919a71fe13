DROP FUNCTION delete_unanswered_batches(bigint, int);
DROP FUNCTION reserve_batch(uuid, bigint);
CREATE OR REPLACE FUNCTION delete_unanswered_generations(p_older_than_ms bigint, p_limit int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH dropped AS (
    DELETE FROM avatar_generations WHERE status = 'requested' AND id IN (
      SELECT id FROM avatar_generations WHERE status = 'requested' AND accepted_at IS NULL
        AND created_at < now() - p_older_than_ms * interval '1 millisecond'
      ORDER BY created_at LIMIT p_limit FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM dropped
$$;
UPDATE avatar_generations SET failure_code = 'invalid_request' WHERE failure_code = 'reference_gone';
ALTER TABLE avatar_generations DROP CONSTRAINT avatar_generations_failure_code,
  ADD CONSTRAINT avatar_generations_failure_code CHECK (failure_code IN ('providers_unavailable', 'prompt_rejected', 'image_rejected',
    'invalid_request', 'corrupt_image', 'storage_unavailable', 'deadline', 'interrupted', 'admission_unavailable', 'internal'));
DROP INDEX batches_unadmitted;
ALTER TABLE batches DROP COLUMN admitted_at, DROP COLUMN accepted_at, DROP COLUMN refusal, DROP COLUMN admission_number;
