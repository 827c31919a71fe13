-- For processes of the release before, whose role is avatar_app and which do not say who reports a payment; see post_topup.
CREATE OR REPLACE FUNCTION topup_account(p_account uuid, p_amount bigint, p_reference text)
RETURNS TABLE (outcome text, transfer_id uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT * FROM post_topup(p_account, p_amount, p_reference, NULL)
$$;

REVOKE ALL ON FUNCTION topup_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION topup_account TO avatar_app;
