-- Shows an avatar again that was taken down. An admin has seen its image, so it is approved.
CREATE OR REPLACE FUNCTION restore_taken_down_avatar(p_avatar uuid) RETURNS TABLE (outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_row avatars%ROWTYPE;
BEGIN
  UPDATE avatars v SET review = 'approved', takedown_reason = NULL, updated_at = now()
    WHERE v.id = p_avatar AND v.review = 'taken_down' RETURNING v.* INTO v_row;
  IF FOUND THEN
    UPDATE avatar_generations g SET stage = g.stage WHERE g.id = v_row.generation_id;
    INSERT INTO notifications (account_id, kind, generation_id, avatar_id)
      VALUES (v_row.account_id, 'avatar_restored', v_row.generation_id, p_avatar);
    RETURN QUERY SELECT 'restored';
    RETURN;
  END IF;
  RETURN QUERY SELECT CASE v.review WHEN 'approved' THEN 'replayed' ELSE 'not_taken_down' END FROM avatars v WHERE v.id = p_avatar;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown';
  END IF;
END $$;

REVOKE ALL ON FUNCTION restore_taken_down_avatar FROM PUBLIC;
GRANT EXECUTE ON FUNCTION restore_taken_down_avatar TO avatar_api;
