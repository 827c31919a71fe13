-- Hides an avatar's image, closes its reports and notifies its user. Updates the generation's row so that open pages read it again.
CREATE OR REPLACE FUNCTION takedown_avatar(p_avatar uuid, p_reason text) RETURNS TABLE (outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_row avatars%ROWTYPE;
BEGIN
  UPDATE avatars v SET review = 'taken_down', takedown_reason = p_reason, updated_at = now()
    WHERE v.id = p_avatar AND v.review <> 'taken_down' RETURNING v.* INTO v_row;
  IF FOUND THEN
    UPDATE avatar_generations g SET stage = g.stage WHERE g.id = v_row.generation_id;
    UPDATE avatar_reports r SET decision = 'taken_down', decided_at = now() WHERE r.avatar_id = p_avatar AND r.decision IS NULL;
    INSERT INTO notifications (account_id, kind, generation_id, avatar_id)
      VALUES (v_row.account_id, 'avatar_taken_down', v_row.generation_id, p_avatar);
    RETURN QUERY SELECT 'taken_down';
    RETURN;
  END IF;
  RETURN QUERY SELECT 'replayed' FROM avatars v WHERE v.id = p_avatar;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown';
  END IF;
END $$;

REVOKE ALL ON FUNCTION takedown_avatar FROM PUBLIC;
GRANT EXECUTE ON FUNCTION takedown_avatar TO avatar_api;
