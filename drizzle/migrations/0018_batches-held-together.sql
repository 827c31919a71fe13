ALTER TABLE "avatar_generations" DROP CONSTRAINT "avatar_generations_failure_code";--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "admission_number" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "refusal" text;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "accepted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "admitted_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "batches_unadmitted" ON "batches" USING btree ("created_at") WHERE admitted_at IS NULL;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_admission_number_range" CHECK (admission_number BETWEEN 0 AND 1000000);--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_refusal" CHECK (refusal IN ('insufficient_credits', 'daily_limit', 'too_many_pending'));--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD CONSTRAINT "avatar_generations_failure_code" CHECK (failure_code IN ('providers_unavailable', 'prompt_rejected', 'image_rejected', 'invalid_request', 'reference_gone', 'corrupt_image', 'storage_unavailable', 'deadline', 'interrupted', 'admission_unavailable', 'internal'));--> statement-breakpoint
-- Reserves for every member that is still requested, or for none: one refused hold rolls back the transaction. Members are locked
-- in the order of their ids, so that two transactions can't deadlock.
CREATE FUNCTION reserve_batch(p_batch uuid, p_deadline_ms bigint)
RETURNS TABLE (outcome text, status text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_held int;
  v_moved int;
BEGIN
  INSERT INTO credit_transfers (kind, account_id, amount, generation_id)
    SELECT 'reserve', g.account_id, g.price, g.id FROM avatar_generations g
      WHERE g.batch_id = p_batch AND g.status = 'requested' ORDER BY g.id
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS v_held = ROW_COUNT;
  IF v_held > 0 THEN
    UPDATE avatar_generations g
      SET status = 'pending', stage = 'queued', refusal = NULL, deadline_at = now() + p_deadline_ms * interval '1 millisecond'
      WHERE g.batch_id = p_batch AND g.status = 'requested';
    GET DIAGNOSTICS v_moved = ROW_COUNT;
    IF v_moved <> v_held THEN
      RAISE EXCEPTION 'a member of batch % was settled while it was being admitted', p_batch USING ERRCODE = 'serialization_failure';
    END IF;
    UPDATE batches SET admitted_at = now(), refusal = NULL WHERE id = p_batch;
    RETURN QUERY SELECT 'admitted', 'pending';
    RETURN;
  END IF;
  RETURN QUERY SELECT CASE WHEN bool_or(g.status = 'requested') THEN 'retry' WHEN b.admitted_at IS NOT NULL THEN 'replayed' ELSE 'settled' END,
      CASE WHEN bool_or(g.status IN ('pending', 'processing')) THEN 'pending' WHEN bool_or(g.status = 'completed') THEN 'completed'
        WHEN bool_or(g.status = 'failed') THEN 'failed' ELSE 'cancelled' END
    FROM batches b JOIN avatar_generations g ON g.batch_id = b.id WHERE b.id = p_batch GROUP BY b.id;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::text;
  END IF;
END $$;
--> statement-breakpoint
-- A batch is deleted as a whole, so that its idempotency key never finds a part of it.
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
--> statement-breakpoint
-- Members first, as in reserve_batch. A member that was admitted in the meantime stays, and so does its batch.
CREATE FUNCTION delete_unanswered_batches(p_older_than_ms bigint, p_limit int) RETURNS bigint
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
--> statement-breakpoint
REVOKE ALL ON FUNCTION reserve_batch(uuid, bigint), delete_unanswered_batches(bigint, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION reserve_batch(uuid, bigint), delete_unanswered_batches(bigint, int) TO avatar_app;
