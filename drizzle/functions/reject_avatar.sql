-- Deletes the avatar, refunds its credits and notifies the user, all or nothing. The transfer comes first, as in every ledger step.
CREATE OR REPLACE FUNCTION reject_avatar(p_avatar uuid, p_reference text) RETURNS TABLE (outcome text, generation_id uuid, account_id uuid, amount bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE v_row avatars%ROWTYPE;
BEGIN
  SELECT v.* INTO v_row FROM avatars v WHERE v.id = p_avatar;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'gone', t.generation_id, t.account_id, r.amount FROM avatar_tombstones t
      LEFT JOIN credit_transfers r ON r.generation_id = t.generation_id AND r.kind = 'refund' WHERE t.avatar_id = p_avatar;
    IF NOT FOUND THEN
      RETURN QUERY SELECT 'unknown', NULL::uuid, NULL::uuid, NULL::bigint;
    END IF;
    RETURN;
  END IF;
  INSERT INTO credit_transfers (kind, account_id, amount, generation_id, parent_id, reference)
    SELECT 'refund', c.account_id, c.amount, c.generation_id, c.id, p_reference
      FROM credit_transfers c WHERE c.generation_id = v_row.generation_id AND c.kind = 'capture'
    ON CONFLICT DO NOTHING;
  DELETE FROM avatars v WHERE v.id = p_avatar;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'avatar % was deleted while it was being rejected', p_avatar USING ERRCODE = 'serialization_failure';
  END IF;
  UPDATE avatar_generations g SET stage = g.stage WHERE g.id = v_row.generation_id;
  INSERT INTO notifications (account_id, kind, generation_id) VALUES (v_row.account_id, 'avatar_rejected', v_row.generation_id);
  PERFORM queue_webhook(v_row.account_id, 'avatar.rejected', v_row.generation_id, p_avatar);
  RETURN QUERY SELECT 'rejected', v_row.generation_id, v_row.account_id, r.amount
    FROM credit_transfers r WHERE r.generation_id = v_row.generation_id AND r.kind = 'refund';
END $$;

REVOKE ALL ON FUNCTION reject_avatar FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reject_avatar TO avatar_api;
