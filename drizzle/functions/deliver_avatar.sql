-- Delivers an avatar unless its generation was cancelled by now: a user who cancels while this step waits for a lock is not charged.
-- `leftovers` are the generation's objects that belong to no avatar, such as the staged image; they are read by a statement of
-- their own, which sees what the delivery has written.
CREATE OR REPLACE FUNCTION deliver_avatar(p_generation uuid, p_avatar jsonb)
RETURNS TABLE (outcome text, status text, avatar_id uuid, leftovers text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE v_result record;
BEGIN
  SELECT 'cancelled' AS outcome, g.status, NULL::uuid AS avatar_id INTO v_result FROM avatar_generations g
    WHERE g.id = p_generation AND g.cancel_requested_at IS NOT NULL AND g.status IN ('pending', 'processing');
  IF NOT FOUND THEN
    SELECT r.outcome, r.status, r.avatar_id INTO STRICT v_result FROM record_avatar(p_generation, p_avatar) r;
  END IF;
  RETURN QUERY SELECT v_result.outcome, v_result.status, v_result.avatar_id,
    ARRAY(SELECT o.name FROM stored_objects o
      WHERE o.generation_id = p_generation AND o.avatar_id IS NULL AND v_result.outcome IN ('recorded', 'replayed') ORDER BY o.name);
END $$;

REVOKE ALL ON FUNCTION deliver_avatar FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deliver_avatar TO avatar_worker;
