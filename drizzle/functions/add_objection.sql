-- Adds an objection, once per account and text. An account with `p_open_max` undecided ones adds no more, also by concurrent requests.
CREATE OR REPLACE FUNCTION add_objection(p_account uuid, p_rule text, p_digest text, p_paths text[], p_texts text[], p_terms text[],
  p_comment text, p_open_max int)
RETURNS TABLE (outcome text, id uuid, decision text, created_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('objections of ' || p_account, 0));
  INSERT INTO moderation_objections (account_id, rule, digest, paths, texts, terms, comment)
    SELECT p_account, p_rule, p_digest, p_paths, p_texts, p_terms, p_comment
      WHERE (SELECT count(*) FROM moderation_objections m WHERE m.account_id = p_account AND m.decision IS NULL) < p_open_max
    ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT CASE WHEN FOUND THEN 'added' ELSE 'exists' END, m.id, m.decision, m.created_at::timestamptz
    FROM moderation_objections m WHERE m.account_id = p_account AND m.digest = p_digest;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'full', NULL::uuid, NULL::text, NULL::timestamptz;
  END IF;
END $$;

REVOKE ALL ON FUNCTION add_objection FROM PUBLIC;
GRANT EXECUTE ON FUNCTION add_objection TO avatar_api;
