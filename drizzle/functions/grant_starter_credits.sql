-- Grants starter credits that were withheld, by an admin's decision. Once per account, as with open_user_account.
CREATE OR REPLACE FUNCTION grant_starter_credits(p_account uuid, p_amount bigint) RETURNS TABLE (outcome text, amount bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- In the order of every step: the account's row first. A sign-in that grants them at the same time has ended by then.
  PERFORM FROM accounts a WHERE a.id = p_account FOR UPDATE;
  IF EXISTS (SELECT FROM starter_withholdings w WHERE w.account_id = p_account) THEN
    INSERT INTO credit_transfers (kind, account_id, amount, reference) VALUES ('topup', p_account, p_amount, 'starter');
    DELETE FROM starter_withholdings w WHERE w.account_id = p_account;
    RETURN QUERY SELECT 'granted', p_amount;
    RETURN;
  END IF;
  RETURN QUERY SELECT 'replayed', t.amount FROM credit_transfers t
    WHERE t.account_id = p_account AND t.kind = 'topup' AND t.reference = 'starter';
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'nothing_withheld', NULL::bigint;
  END IF;
END $$;

REVOKE ALL ON FUNCTION grant_starter_credits FROM PUBLIC;
GRANT EXECUTE ON FUNCTION grant_starter_credits TO avatar_api;
