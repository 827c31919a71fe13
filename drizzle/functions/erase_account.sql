-- Removes the subject at once, so that nobody can sign in to the account, and clears its generation defaults. `erase_rows` deletes its
-- data.
CREATE OR REPLACE FUNCTION erase_account(p_account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_subject text;
  v_blocked timestamptz;
BEGIN
  UPDATE accounts a SET subject = NULL, display_name = NULL, defaults = '{}', erased_at = now()
    WHERE a.id = p_account AND a.erased_at IS NULL
    RETURNING old.subject, old.blocked_at INTO v_subject, v_blocked;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO erased_subjects AS e (digest, erased_at, blocked_at) VALUES (subject_digest(v_subject), now(), v_blocked)
    ON CONFLICT (digest) DO UPDATE SET erased_at = excluded.erased_at, blocked_at = excluded.blocked_at;
  PERFORM pg_notify('account', json_build_object('accountId', p_account)::text);
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION erase_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_account TO avatar_api;
