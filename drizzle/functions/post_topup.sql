-- A reference pays out once across all accounts. The same reference, account and amount is a replay; anything else is a conflict.
-- `p_client`: the account of the service that reports the payment.
CREATE OR REPLACE FUNCTION post_topup(p_account uuid, p_amount bigint, p_reference text, p_client uuid)
RETURNS TABLE (outcome text, transfer_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_key text := payment_key(p_reference);
BEGIN
  INSERT INTO credit_transfers (kind, account_id, amount, reference, payment_key, client_id)
    VALUES ('topup', p_account, p_amount, p_reference, v_key, p_client)
    ON CONFLICT DO NOTHING RETURNING 'posted', id INTO outcome, transfer_id;
  IF NOT FOUND THEN
    -- The account's own transfer first: before references were unique, another account may have used it as well.
    SELECT CASE WHEN t.account_id = p_account AND t.reference = p_reference AND t.amount = p_amount THEN 'replayed' ELSE 'conflict' END, t.id
      INTO outcome, transfer_id FROM credit_transfers t
      WHERE t.kind = 'topup' AND (t.payment_key = v_key OR (t.account_id = p_account AND t.reference = p_reference))
      ORDER BY t.account_id = p_account AND t.reference = p_reference DESC LIMIT 1;
  END IF;
  RETURN NEXT;
END $$;

REVOKE ALL ON FUNCTION post_topup FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_topup TO avatar_api;
