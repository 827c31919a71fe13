-- Returns the account of a subject; the first call creates it. Starter credits are granted once per subject, whatever was erased in
-- between. After an erasure only a new sign-in opens an account: a token issued before (`p_issued`, to the second) is refused, and
-- so is a call without a token's time.
CREATE OR REPLACE FUNCTION open_account(p_subject text, p_name text, p_tier text, p_daily int, p_unfinished int, p_starter bigint, p_issued timestamptz DEFAULT NULL)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_id uuid;
  v_is_new boolean;
  v_erased timestamptz;
BEGIN
  IF p_subject IS NULL THEN
    RAISE EXCEPTION 'an account needs a subject' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  INSERT INTO accounts AS a (subject, display_name, tier, daily_limit, unfinished_limit)
    VALUES (p_subject, p_name, p_tier, p_daily, p_unfinished)
    ON CONFLICT (subject) DO UPDATE SET display_name = coalesce(excluded.display_name, a.display_name),
      tier = excluded.tier, daily_limit = excluded.daily_limit, unfinished_limit = excluded.unfinished_limit
    RETURNING a.id, old.id IS NULL INTO v_id, v_is_new;
  -- Read after the row was locked: an erasure in progress has ended by now.
  SELECT e.erased_at INTO v_erased FROM erased_subjects e WHERE e.digest = subject_digest(p_subject);
  IF FOUND THEN
    IF date_trunc('second', p_issued) <= v_erased OR (v_is_new AND p_issued IS NULL) THEN
      RAISE EXCEPTION 'the token is older than the erasure of its account'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_signed_in_before_erasure';
    END IF;
    UPDATE accounts a SET tokens_from = v_erased WHERE a.id = v_id AND a.tokens_from IS DISTINCT FROM v_erased;
  ELSIF p_starter > 0 THEN
    INSERT INTO credit_transfers (kind, account_id, amount, reference) VALUES ('topup', v_id, p_starter, 'starter')
      ON CONFLICT DO NOTHING;
  END IF;
  RETURN v_id;
END $$;

REVOKE ALL ON FUNCTION open_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_account TO avatar_api;
