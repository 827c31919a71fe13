-- Decides an objection and notifies its user. If the text is allowed, its refusals were mistakes: the account's strikes are forgiven.
CREATE OR REPLACE FUNCTION decide_objection(p_objection uuid, p_decision text) RETURNS TABLE (outcome text, decision text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE v_account uuid;
BEGIN
  UPDATE moderation_objections m SET decision = p_decision, decided_at = now()
    WHERE m.id = p_objection AND m.decision IS NULL RETURNING m.account_id INTO v_account;
  IF FOUND THEN
    INSERT INTO notifications (account_id, kind) VALUES (v_account, 'objection_' || p_decision);
    IF p_decision = 'allowed' THEN
      UPDATE abuse_strikes s SET forgiven_at = now()
        WHERE s.account_id = v_account AND s.kind = 'refused_prompt' AND s.forgiven_at IS NULL;
    END IF;
    RETURN QUERY SELECT 'decided', p_decision;
    RETURN;
  END IF;
  RETURN QUERY SELECT 'replayed', m.decision FROM moderation_objections m WHERE m.id = p_objection;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::text;
  END IF;
END $$;

REVOKE ALL ON FUNCTION decide_objection FROM PUBLIC;
GRANT EXECUTE ON FUNCTION decide_objection TO avatar_api;
