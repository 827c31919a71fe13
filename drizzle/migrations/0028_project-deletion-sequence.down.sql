CREATE OR REPLACE FUNCTION delete_project(p_account uuid, p_project uuid) RETURNS TABLE (outcome text, avatar_count bigint, cancelled uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_generation uuid;
  v_outcome text;
BEGIN
  cancelled := '{}';
  PERFORM FROM accounts a WHERE a.id = p_account FOR NO KEY UPDATE;
  PERFORM FROM avatar_projects p WHERE p.id = p_project AND p.account_id = p_account FOR UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', 0::bigint, cancelled;
    RETURN;
  END IF;
  FOR v_generation IN
    SELECT g.id FROM avatar_generations g
      WHERE g.project_id = p_project AND g.status IN ('requested', 'pending', 'processing') ORDER BY g.id
  LOOP
    SELECT r.outcome INTO STRICT v_outcome
      FROM release_generation(v_generation, 'cancelled', NULL, NULL, 'The project was deleted', 'user') r;
    IF v_outcome = 'retry' THEN
      RAISE EXCEPTION 'generation % was admitted while its project was deleted', v_generation USING ERRCODE = 'serialization_failure';
    END IF;
    IF v_outcome = 'released' THEN
      cancelled := cancelled || v_generation;
    END IF;
  END LOOP;
  SELECT count(*) INTO avatar_count FROM avatars v WHERE v.project_id = p_project;
  DELETE FROM avatar_projects p WHERE p.id = p_project;
  outcome := 'deleted';
  RETURN NEXT;
END $$;
