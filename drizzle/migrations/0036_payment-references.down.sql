CREATE OR REPLACE FUNCTION topup_account(p_account uuid, p_amount bigint, p_reference text)
RETURNS TABLE (outcome text, transfer_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO credit_transfers (kind, account_id, amount, reference) VALUES ('topup', p_account, p_amount, p_reference)
    ON CONFLICT DO NOTHING RETURNING 'posted', id INTO outcome, transfer_id;
  IF NOT FOUND THEN
    SELECT CASE WHEN t.amount = p_amount THEN 'replayed' ELSE 'conflict' END, t.id INTO outcome, transfer_id
      FROM credit_transfers t WHERE t.account_id = p_account AND t.kind = 'topup' AND t.reference = p_reference;
  END IF;
  RETURN NEXT;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION apply_transfer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (NEW.created_at AT TIME ZONE 'UTC')::date;
  moved record;
BEGIN
  UPDATE accounts a SET
    posted = a.posted + CASE NEW.kind WHEN 'topup' THEN NEW.amount WHEN 'refund' THEN NEW.amount WHEN 'capture' THEN -NEW.amount ELSE 0 END,
    held = a.held + CASE NEW.kind WHEN 'reserve' THEN NEW.amount WHEN 'capture' THEN -NEW.amount WHEN 'release' THEN -NEW.amount ELSE 0 END,
    unfinished = a.unfinished + CASE NEW.kind WHEN 'reserve' THEN 1 WHEN 'capture' THEN -1 WHEN 'release' THEN -1 ELSE 0 END,
    day_count = CASE WHEN NEW.kind <> 'reserve' THEN a.day_count WHEN today > a.day THEN 1 ELSE a.day_count + 1 END,
    day = CASE WHEN NEW.kind = 'reserve' THEN greatest(a.day, today) ELSE a.day END
  WHERE a.id = NEW.account_id
  RETURNING a.day, a.day_count, a.daily_limit, a.unfinished, a.unfinished_limit INTO moved;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', NEW.account_id USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF NEW.kind = 'reserve' THEN
    -- The statement waited for the row across midnight: it must run again, because it belongs to the new day.
    IF moved.day > today AND (ledger_clock() AT TIME ZONE 'UTC')::date > today THEN
      RAISE EXCEPTION 'the UTC day changed while waiting for the account' USING ERRCODE = 'serialization_failure';
    END IF;
    IF moved.day_count > moved.daily_limit THEN
      RAISE EXCEPTION 'daily limit of account % reached', NEW.account_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_daily_limit';
    END IF;
    IF moved.unfinished > moved.unfinished_limit THEN
      RAISE EXCEPTION 'account % has too many unfinished generations', NEW.account_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_too_many_pending';
    END IF;
  END IF;
  PERFORM pg_notify('credits', json_build_object('accountId', NEW.account_id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION open_account(p_subject text, p_name text, p_tier text, p_daily int, p_unfinished int, p_starter bigint, p_issued timestamptz DEFAULT NULL)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_id uuid;
  v_erased timestamptz;
BEGIN
  IF p_subject IS NULL THEN
    RAISE EXCEPTION 'an account needs a subject' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  INSERT INTO accounts AS a (subject, display_name, tier, daily_limit, unfinished_limit)
    VALUES (p_subject, p_name, p_tier, p_daily, p_unfinished)
    ON CONFLICT (subject) DO UPDATE SET display_name = coalesce(excluded.display_name, a.display_name),
      tier = excluded.tier, daily_limit = excluded.daily_limit, unfinished_limit = excluded.unfinished_limit
    RETURNING a.id INTO v_id;
  -- Read after the row was locked: an erasure in progress has ended by now.
  SELECT e.erased_at INTO v_erased FROM erased_subjects e WHERE e.digest = subject_digest(p_subject);
  IF FOUND THEN
    IF date_trunc('second', p_issued) <= v_erased THEN
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
--> statement-breakpoint
ALTER TABLE credit_transfers DROP COLUMN payment_key;
--> statement-breakpoint
DROP FUNCTION payment_key(text);
