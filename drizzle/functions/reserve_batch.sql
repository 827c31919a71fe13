-- Reserves for every member that is still requested, or for none: one refused hold rolls back the transaction. Members are locked
-- in the order of their ids, so that two transactions can't deadlock.
CREATE OR REPLACE FUNCTION reserve_batch(p_batch uuid, p_deadline_ms bigint)
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

REVOKE ALL ON FUNCTION reserve_batch FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reserve_batch TO avatar_worker;
