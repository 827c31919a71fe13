ALTER TABLE "credit_transfers" ADD COLUMN "payment_key" text;
--> statement-breakpoint
-- Two spellings of one reference are one payment: case, spacing, invisible characters and Unicode form don't matter. A digest,
-- because compatibility forms can exceed the size of an index entry.
CREATE FUNCTION payment_key(p_reference text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT encode(sha256(convert_to(casefold(btrim(regexp_replace(regexp_replace(normalize(p_reference, NFKC),
    '[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]', '', 'g'), '\s+', ' ', 'g')) COLLATE pg_unicode_fast), 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- Of the top-ups that exist already, the first one with a reference gets its key; from now on the key is unique.
ALTER TABLE credit_transfers DISABLE TRIGGER credit_transfers_append_only;
--> statement-breakpoint
UPDATE credit_transfers t SET payment_key = payment_key(t.reference) FROM (
    SELECT DISTINCT ON (payment_key(reference)) id FROM credit_transfers WHERE kind = 'topup' AND reference <> 'starter'
    ORDER BY payment_key(reference), created_at, id) first
  WHERE t.id = first.id;
--> statement-breakpoint
ALTER TABLE credit_transfers ENABLE TRIGGER credit_transfers_append_only;
--> statement-breakpoint
ALTER TABLE "credit_transfers" ADD CONSTRAINT "credit_transfers_one_payment" UNIQUE("payment_key");
--> statement-breakpoint
ALTER TABLE "credit_transfers" ADD CONSTRAINT "credit_transfers_payment" CHECK (payment_key IS NULL OR (kind = 'topup' AND reference <> 'starter'));
--> statement-breakpoint
-- A reference pays out once across all accounts. The same reference, account and amount is a replay; anything else is a conflict.
CREATE OR REPLACE FUNCTION topup_account(p_account uuid, p_amount bigint, p_reference text)
RETURNS TABLE (outcome text, transfer_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_key text := payment_key(p_reference);
BEGIN
  INSERT INTO credit_transfers (kind, account_id, amount, reference, payment_key)
    VALUES ('topup', p_account, p_amount, p_reference, v_key)
    ON CONFLICT DO NOTHING RETURNING 'posted', id INTO outcome, transfer_id;
  IF NOT FOUND THEN
    -- The account's own transfer first: before this migration, another account may have used the reference as well.
    SELECT CASE WHEN t.account_id = p_account AND t.reference = p_reference AND t.amount = p_amount THEN 'replayed' ELSE 'conflict' END, t.id
      INTO outcome, transfer_id FROM credit_transfers t
      WHERE t.kind = 'topup' AND (t.payment_key = v_key OR (t.account_id = p_account AND t.reference = p_reference))
      ORDER BY t.account_id = p_account AND t.reference = p_reference DESC LIMIT 1;
  END IF;
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- As before, but an erased account gets no more credits.
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
  RETURNING a.day, a.day_count, a.daily_limit, a.unfinished, a.unfinished_limit, a.erased_at INTO moved;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', NEW.account_id USING ERRCODE = 'foreign_key_violation';
  END IF;
  -- The row is locked, so an erasure in progress has ended by now. The holds of an erased account may still be resolved.
  IF NEW.kind IN ('topup', 'refund') AND moved.erased_at IS NOT NULL THEN
    RAISE EXCEPTION 'account % was erased', NEW.account_id USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_erased';
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
--> statement-breakpoint
REVOKE ALL ON FUNCTION payment_key(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION payment_key(text) TO avatar_app;
