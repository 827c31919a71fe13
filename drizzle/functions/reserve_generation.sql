-- requested -> pending, with a hold. The status only filters out what is not worth trying; a transaction that loses the race
-- for the generation's row rolls back its hold.
CREATE OR REPLACE FUNCTION reserve_generation(p_generation uuid, p_deadline_ms bigint)
RETURNS TABLE (outcome text, status text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO credit_transfers (kind, account_id, amount, generation_id)
    SELECT 'reserve', g.account_id, g.price, g.id FROM avatar_generations g WHERE g.id = p_generation AND g.status = 'requested'
    ON CONFLICT DO NOTHING;
  IF FOUND THEN
    UPDATE avatar_generations g
      SET status = 'pending', stage = 'queued', refusal = NULL, deadline_at = now() + p_deadline_ms * interval '1 millisecond'
      WHERE g.id = p_generation AND g.status = 'requested';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'generation % was settled while it was being admitted', p_generation USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN QUERY SELECT 'admitted', 'pending';
    RETURN;
  END IF;
  -- Who is told of a hold again counts the deadline anew: after an outage, the row's would have passed while the workflow runs.
  UPDATE avatar_generations g SET deadline_at = now() + p_deadline_ms * interval '1 millisecond'
    WHERE g.id = p_generation AND g.status IN ('pending', 'processing')
      AND g.deadline_at < now() + (p_deadline_ms - 60000) * interval '1 millisecond';
  RETURN QUERY SELECT CASE WHEN g.status IN ('pending', 'processing') THEN 'replayed' WHEN g.status = 'requested' THEN 'retry' ELSE 'settled' END, g.status
    FROM avatar_generations g WHERE g.id = p_generation;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::text;
  END IF;
END $$;

REVOKE ALL ON FUNCTION reserve_generation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reserve_generation TO avatar_worker;
