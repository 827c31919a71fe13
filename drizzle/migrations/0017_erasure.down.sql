DROP TRIGGER refuse_erased ON webhooks;
DROP TRIGGER refuse_erased ON uploads;
DROP TRIGGER refuse_erased ON batches;
DROP TRIGGER refuse_erased ON avatar_usage_history;
DROP TRIGGER refuse_erased ON avatar_presets;
DROP TRIGGER refuse_erased ON avatar_generations;
DROP TRIGGER refuse_erased ON avatar_projects;
DROP FUNCTION refuse_erased();
DROP FUNCTION finish_erasure(uuid);
DROP FUNCTION erase_rows(uuid, int);
DROP FUNCTION erase_account(uuid);
DROP FUNCTION open_account(text, text, text, int, int, bigint, timestamptz);
DROP FUNCTION subject_digest(text);
DELETE FROM subject_keys;
CREATE FUNCTION open_account(p_subject text, p_name text, p_tier text, p_daily int, p_unfinished int, p_starter bigint)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_id uuid;
BEGIN
  IF p_subject IS NULL THEN
    RAISE EXCEPTION 'an account needs a subject' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  INSERT INTO accounts AS a (subject, display_name, tier, daily_limit, unfinished_limit)
    VALUES (p_subject, p_name, p_tier, p_daily, p_unfinished)
    ON CONFLICT (subject) DO UPDATE SET display_name = coalesce(excluded.display_name, a.display_name),
      tier = excluded.tier, daily_limit = excluded.daily_limit, unfinished_limit = excluded.unfinished_limit
    RETURNING a.id INTO v_id;
  IF p_starter > 0 THEN
    INSERT INTO credit_transfers (kind, account_id, amount, reference) VALUES ('topup', v_id, p_starter, 'starter')
      ON CONFLICT DO NOTHING;
  END IF;
  RETURN v_id;
END $$;
REVOKE ALL ON FUNCTION open_account(text, text, text, int, int, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_account(text, text, text, int, int, bigint) TO avatar_app;
