-- Ends a generation without an avatar and releases its hold, if it has one.
CREATE OR REPLACE FUNCTION release_generation(p_generation uuid, p_status text, p_failure_code text, p_failure_message text, p_reason text, p_by text)
RETURNS TABLE (outcome text, status text, credits_returned boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_held boolean;
  v_row avatar_generations%ROWTYPE;
BEGIN
  IF p_status NOT IN ('failed', 'cancelled') THEN
    RAISE EXCEPTION 'a release sets the status to failed or cancelled, not to %', p_status USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO credit_transfers (kind, account_id, amount, generation_id, parent_id)
    SELECT 'release', r.account_id, r.amount, r.generation_id, r.id
      FROM credit_transfers r WHERE r.generation_id = p_generation AND r.kind = 'reserve'
    ON CONFLICT DO NOTHING;
  v_held := FOUND;
  UPDATE avatar_generations g
    SET status = p_status, credits_returned = v_held,
      failure_code = CASE p_status WHEN 'failed' THEN p_failure_code END,
      failure_message = CASE p_status WHEN 'failed' THEN p_failure_message END,
      -- The user's own reason takes precedence over the workflow's code.
      cancel_reason = CASE p_status WHEN 'cancelled' THEN coalesce(g.cancel_reason, p_reason) END,
      cancelled_by = CASE p_status WHEN 'cancelled' THEN p_by END,
      cost_usd = (SELECT sum(a.cost_usd) FROM provider_attempts a WHERE a.generation_id = g.id)
    WHERE g.id = p_generation AND g.status = ANY (CASE WHEN v_held THEN ARRAY['pending', 'processing'] ELSE ARRAY['requested'] END)
    RETURNING g.* INTO v_row;
  IF FOUND THEN
    IF p_status = 'failed' AND (v_held OR v_row.accepted_at IS NOT NULL) THEN
      INSERT INTO notifications (account_id, kind, generation_id) VALUES (v_row.account_id, 'generation_failed', p_generation);
    END IF;
    RETURN QUERY SELECT 'released', p_status, v_held;
    RETURN;
  END IF;
  IF v_held THEN
    RAISE EXCEPTION 'generation % held credits without being unfinished', p_generation USING ERRCODE = 'data_exception';
  END IF;
  -- Unfinished although no hold was found: the generation was admitted between the two statements.
  RETURN QUERY SELECT CASE WHEN g.status IN ('completed', 'failed', 'cancelled') THEN 'settled' ELSE 'retry' END, g.status, g.credits_returned
    FROM avatar_generations g WHERE g.id = p_generation;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::text, false;
  END IF;
END $$;

REVOKE ALL ON FUNCTION release_generation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION release_generation TO avatar_worker;
