-- Adds a report, once per reporter, avatar and kind, and none of an avatar that does not exist. An account with `p_open_max` undecided
-- ones adds no more, also by concurrent requests: returns false.
CREATE OR REPLACE FUNCTION add_report(p_account uuid, p_avatar uuid, p_kind text, p_statement text, p_open_max int) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('reports of ' || p_account, 0));
  IF EXISTS (SELECT FROM avatar_reports r WHERE r.account_id = p_account AND r.avatar_id = p_avatar AND r.kind = p_kind) THEN
    RETURN true;
  END IF;
  IF (SELECT count(*) FROM avatar_reports r WHERE r.account_id = p_account AND r.decision IS NULL) >= p_open_max THEN
    RETURN false;
  END IF;
  INSERT INTO avatar_reports (account_id, avatar_id, kind, statement)
    SELECT p_account, a.id, p_kind, p_statement FROM avatars a WHERE a.id = p_avatar;
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION add_report FROM PUBLIC;
GRANT EXECUTE ON FUNCTION add_report TO avatar_api;
