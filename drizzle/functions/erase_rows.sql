-- One round: deletes at most `p_limit` rows of each personal table and clears the texts of as many final generations. Unfinished
-- generations still need theirs. A table is personal when its foreign key to accounts is ON DELETE CASCADE.
CREATE OR REPLACE FUNCTION erase_rows(p_account uuid, p_limit int) RETURNS TABLE (erased bigint, unfinished bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_table regclass;
  v_count bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM accounts a WHERE a.id = p_account AND a.erased_at IS NOT NULL) THEN
    RAISE EXCEPTION 'account % is not erased', p_account USING ERRCODE = 'invalid_parameter_value';
  END IF;
  WITH personal AS (
    SELECT g.id FROM avatar_generations g
      WHERE g.account_id = p_account AND g.status IN ('completed', 'failed', 'cancelled')
        AND (g.request <> '{}' OR g.project_id IS NOT NULL OR g.built_prompt IS NOT NULL OR g.idempotency_key IS NOT NULL)
      LIMIT p_limit),
  cleared AS (
    UPDATE provider_attempts t SET failure_message = NULL, not_drawn = '{}' FROM personal s
    WHERE t.generation_id = s.id AND (t.failure_message IS NOT NULL OR t.not_drawn <> '{}'))
  UPDATE avatar_generations g SET request = '{}', request_hash = repeat('0', 64), idempotency_key = NULL, built_prompt = NULL, seed = NULL,
      failure_message = NULL, cancel_reason = NULL, project_id = NULL
    FROM personal s WHERE g.id = s.id;
  GET DIAGNOSTICS erased = ROW_COUNT;
  -- Avatars first and projects last, so that deleting a project cascades to nothing.
  FOR v_table IN
    SELECT c.conrelid::regclass FROM pg_constraint c
      WHERE c.contype = 'f' AND c.confrelid = 'accounts'::regclass AND c.confdeltype = 'c'
      ORDER BY c.conrelid <> 'avatars'::regclass, c.conrelid = 'avatar_projects'::regclass, c.conrelid
  LOOP
    CONTINUE WHEN v_table = 'avatar_projects'::regclass AND erased > 0;
    EXECUTE format('DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE account_id = $1 LIMIT $2))', v_table)
      USING p_account, p_limit;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    erased := erased + v_count;
  END LOOP;
  SELECT count(*) INTO unfinished FROM avatar_generations g
    WHERE g.account_id = p_account AND g.status IN ('requested', 'pending', 'processing');
  RETURN NEXT;
END $$;

REVOKE ALL ON FUNCTION erase_rows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_rows TO avatar_worker;
