-- Returns the account of a subject; the first call creates it. Starter credits are granted once per subject, whatever was erased in
-- between, and only if its signals allow it; later calls grant what was withheld. `p_signals` is null for a caller that knows none and
-- must not decide about what was withheld. After an erasure only a new sign-in opens an account: a token issued before (`p_issued`, to
-- the second) is refused, and so is a call without a token's time.
CREATE OR REPLACE FUNCTION open_user_account(p_subject text, p_name text, p_tier text, p_daily int, p_hourly int, p_unfinished int, p_issued timestamptz,
  p_starter bigint, p_signals jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_id uuid;
  v_is_new boolean;
  v_erased timestamptz;
  v_blocked timestamptz;
  v_withheld record;
BEGIN
  IF p_subject IS NULL THEN
    RAISE EXCEPTION 'an account needs a subject' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  INSERT INTO accounts AS a (subject, display_name, tier, daily_limit, hourly_limit, unfinished_limit)
    VALUES (p_subject, p_name, p_tier, p_daily, p_hourly, p_unfinished)
    ON CONFLICT (subject) DO UPDATE SET display_name = coalesce(excluded.display_name, a.display_name),
      -- A tier that an admin has set stays, with its limits, though this sign-in may have read the account before.
      tier = coalesce(a.assigned_tier, excluded.tier),
      daily_limit = CASE WHEN a.assigned_tier <> excluded.tier THEN a.daily_limit ELSE excluded.daily_limit END,
      hourly_limit = CASE WHEN a.assigned_tier <> excluded.tier THEN a.hourly_limit ELSE coalesce(excluded.hourly_limit, a.hourly_limit) END,
      unfinished_limit = CASE WHEN a.assigned_tier <> excluded.tier THEN a.unfinished_limit ELSE excluded.unfinished_limit END
    RETURNING a.id, old.id IS NULL INTO v_id, v_is_new;
  -- Read after the row was locked: an erasure in progress has ended by now.
  SELECT e.erased_at, e.blocked_at INTO v_erased, v_blocked FROM erased_subjects e WHERE e.digest = subject_digest(p_subject);
  IF FOUND THEN
    IF date_trunc('second', p_issued) <= v_erased OR (v_is_new AND p_issued IS NULL) THEN
      RAISE EXCEPTION 'the token is older than the erasure of its account'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_signed_in_before_erasure';
    END IF;
    -- Erasing an account does not end its block.
    UPDATE accounts a SET tokens_from = v_erased, blocked_at = CASE WHEN v_is_new THEN v_blocked ELSE a.blocked_at END
      WHERE a.id = v_id AND a.tokens_from IS DISTINCT FROM v_erased;
    RETURN v_id;
  END IF;
  -- The account's row is locked: of two sign-ins of one subject, the second one finds what the first one decided.
  IF p_starter <= 0 OR EXISTS (SELECT FROM credit_transfers t WHERE t.account_id = v_id AND t.kind = 'topup' AND t.reference = 'starter')
    OR p_signals IS NULL AND EXISTS (SELECT FROM starter_withholdings w WHERE w.account_id = v_id) THEN
    RETURN v_id;
  END IF;
  SELECT * INTO v_withheld FROM claim_starter_credits(coalesce(p_signals, '{}'));
  IF v_withheld.reason IS NULL THEN
    INSERT INTO credit_transfers (kind, account_id, amount, reference) VALUES ('topup', v_id, p_starter, 'starter')
      ON CONFLICT DO NOTHING;
    DELETE FROM starter_withholdings w WHERE w.account_id = v_id;
  ELSE
    INSERT INTO starter_withholdings AS w (account_id, reason, retry_at, network)
      SELECT v_id, v_withheld.reason, v_withheld.retry_at, signal_digest('network', c.value)
        FROM (SELECT) AS one LEFT JOIN jsonb_to_recordset(p_signals->'counted') AS c (kind text, value text) ON c.kind = 'network'
      ON CONFLICT (account_id) DO UPDATE SET reason = excluded.reason, retry_at = excluded.retry_at, network = excluded.network;
  END IF;
  RETURN v_id;
END $$;

REVOKE ALL ON FUNCTION open_user_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_user_account TO avatar_api;
