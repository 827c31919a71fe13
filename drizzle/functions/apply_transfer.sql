-- The only writer of balances and counters. AFTER, because a BEFORE trigger also fires for rows skipped by DO NOTHING.
-- Limits are enforced here rather than by a CHECK: moving to a lower tier must not make the row of a busy account unwritable.
-- The row is locked, so the count is exact. The errors carry a constraint name, as the balance's CHECK does.
-- An erased account gets no more credits.
CREATE OR REPLACE FUNCTION apply_transfer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  today date := (NEW.created_at AT TIME ZONE 'UTC')::date;
  this_hour timestamptz := date_trunc('hour', NEW.created_at, 'UTC');
  moved record;
BEGIN
  UPDATE accounts a SET
    posted = a.posted + CASE NEW.kind WHEN 'topup' THEN NEW.amount WHEN 'refund' THEN NEW.amount WHEN 'capture' THEN -NEW.amount ELSE 0 END,
    held = a.held + CASE NEW.kind WHEN 'reserve' THEN NEW.amount WHEN 'capture' THEN -NEW.amount WHEN 'release' THEN -NEW.amount ELSE 0 END,
    unfinished = a.unfinished + CASE NEW.kind WHEN 'reserve' THEN 1 WHEN 'capture' THEN -1 WHEN 'release' THEN -1 ELSE 0 END,
    day_count = CASE WHEN NEW.kind <> 'reserve' THEN a.day_count WHEN today > a.day THEN 1 ELSE a.day_count + 1 END,
    day = CASE WHEN NEW.kind = 'reserve' THEN greatest(a.day, today) ELSE a.day END,
    hour_count = CASE WHEN NEW.kind <> 'reserve' THEN a.hour_count WHEN this_hour > a.hour THEN 1 ELSE a.hour_count + 1 END,
    hour = CASE WHEN NEW.kind = 'reserve' THEN greatest(a.hour, this_hour) ELSE a.hour END
  WHERE a.id = NEW.account_id
  RETURNING a.day, a.day_count, a.daily_limit, a.hour, a.hour_count, a.hourly_limit, a.unfinished, a.unfinished_limit, a.erased_at INTO moved;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', NEW.account_id USING ERRCODE = 'foreign_key_violation';
  END IF;
  -- The row is locked, so an erasure in progress has ended by now. The holds of an erased account may still be resolved.
  IF NEW.kind IN ('topup', 'refund') AND moved.erased_at IS NOT NULL THEN
    RAISE EXCEPTION 'account % was erased', NEW.account_id USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_erased';
  END IF;
  IF NEW.kind = 'reserve' THEN
    -- The statement waited for the row across the hour: it must run again, because it belongs to the new hour, or day.
    IF moved.day > today AND (ledger_clock() AT TIME ZONE 'UTC')::date > today
      OR moved.hour > this_hour AND date_trunc('hour', ledger_clock(), 'UTC') > this_hour THEN
      RAISE EXCEPTION 'the UTC hour changed while waiting for the account' USING ERRCODE = 'serialization_failure';
    END IF;
    IF moved.day_count > moved.daily_limit THEN
      RAISE EXCEPTION 'daily limit of account % reached', NEW.account_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_daily_limit';
    END IF;
    -- Workers of the release before know the daily limit only, by its constraint; the detail tells ours apart.
    IF moved.hour_count > moved.hourly_limit THEN
      RAISE EXCEPTION 'hourly limit of account % reached', NEW.account_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_daily_limit', DETAIL = 'hourly_limit';
    END IF;
    IF moved.unfinished > moved.unfinished_limit THEN
      RAISE EXCEPTION 'account % has too many unfinished generations', NEW.account_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_too_many_pending';
    END IF;
  END IF;
  PERFORM pg_notify('credits', json_build_object('accountId', NEW.account_id)::text);
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION apply_transfer FROM PUBLIC;

-- The name sorts before "RI_ConstraintTrigger…", so the row is locked before the foreign key takes its KEY SHARE lock. The
-- opposite order builds multixacts on a frequently changed row, and rollbacks then raise XX000.
CREATE OR REPLACE TRIGGER "A_apply_transfer" AFTER INSERT ON credit_transfers FOR EACH ROW EXECUTE FUNCTION apply_transfer();
