-- One round: deletes at most `p_limit` avatars and detaches at most `p_limit` final generations.
CREATE OR REPLACE FUNCTION empty_project(p_account uuid, p_project uuid, p_limit int) RETURNS TABLE (avatar_count bigint, generation_count bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM avatars v WHERE v.id IN (
    SELECT a.id FROM avatars a WHERE a.project_id = p_project AND a.account_id = p_account ORDER BY a.id LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS avatar_count = ROW_COUNT;
  UPDATE avatar_generations g SET project_id = NULL WHERE g.id IN (
    SELECT e.id FROM avatar_generations e
      WHERE e.project_id = p_project AND e.account_id = p_account AND e.status IN ('completed', 'failed', 'cancelled')
      LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS generation_count = ROW_COUNT;
  RETURN NEXT;
END $$;

REVOKE ALL ON FUNCTION empty_project FROM PUBLIC;
GRANT EXECUTE ON FUNCTION empty_project TO avatar_api;
