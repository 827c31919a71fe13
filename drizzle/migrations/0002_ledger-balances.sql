-- Room for HOT updates of hot rows.
ALTER TABLE accounts SET (fillfactor = 70);
--> statement-breakpoint
-- The ledger's clock, apart, so that a test can cross midnight.
CREATE FUNCTION ledger_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() $$;
--> statement-breakpoint
-- The only writer of balances and counters. AFTER, because a BEFORE trigger also fires for rows that DO NOTHING drops.
-- The limits are refused here and not by a CHECK: a lower tier must not make the row of a busy account unwritable, and
-- the row is locked, so the count is exact. They carry a constraint's name, as the balance's CHECK does.
CREATE FUNCTION apply_transfer() RETURNS trigger
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
    -- It waited for the row across midnight: run again, it belongs to the new day.
    IF moved.day > today AND (ledger_clock() AT TIME ZONE 'UTC')::date > today THEN
      RAISE EXCEPTION 'the day turned while waiting' USING ERRCODE = 'serialization_failure';
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
-- The name sorts before "RI_ConstraintTrigger…", so the row's lock comes before the foreign key's KEY SHARE: the other
-- order builds multixacts on a hot row and rollbacks then raise XX000.
CREATE TRIGGER "A_apply_transfer" AFTER INSERT ON credit_transfers FOR EACH ROW EXECUTE FUNCTION apply_transfer();
--> statement-breakpoint
CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER credit_transfers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_transfers
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
