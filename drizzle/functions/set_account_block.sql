-- Blocks or unblocks an account that is not erased. Repeating it changes nothing, and notifies again: a lost notification is repeated.
CREATE OR REPLACE FUNCTION set_account_block(p_account uuid, p_blocked boolean) RETURNS TABLE (blocked_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY UPDATE accounts a SET blocked_at = CASE WHEN p_blocked THEN coalesce(a.blocked_at, now()) END
    WHERE a.id = p_account AND a.erased_at IS NULL RETURNING a.blocked_at::timestamptz;
  IF FOUND THEN
    PERFORM pg_notify('account', json_build_object('accountId', p_account)::text);
  END IF;
END $$;

REVOKE ALL ON FUNCTION set_account_block FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_account_block TO avatar_api;
