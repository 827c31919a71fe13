-- 244 random bits, generated once for this database. Only functions that run as the tables' owner read them.
INSERT INTO subject_keys (key) VALUES (encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'));
--> statement-breakpoint
-- Hashed with the key twice (as HMAC does): without the key, neither guessing a subject nor extending one yields a digest.
CREATE FUNCTION subject_digest(p_subject text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT encode(sha256(decode(k.key, 'hex') || sha256(decode(k.key, 'hex') || convert_to(p_subject, 'UTF8'))), 'hex') FROM subject_keys k
$$;
--> statement-breakpoint
DROP FUNCTION open_account(text, text, text, int, int, bigint);
--> statement-breakpoint
-- Returns the account of a subject; the first call creates it. Starter credits are granted once per subject, whatever was erased
-- in between. A token issued before the erasure (`p_issued`, to the second) is refused.
CREATE FUNCTION open_account(p_subject text, p_name text, p_tier text, p_daily int, p_unfinished int, p_starter bigint, p_issued timestamptz DEFAULT NULL)
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
-- Removes the subject at once, so that nobody can sign in to the account. `erase_rows` deletes its data.
CREATE FUNCTION erase_account(p_account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_subject text;
BEGIN
  UPDATE accounts a SET subject = NULL, display_name = NULL, erased_at = now() WHERE a.id = p_account AND a.erased_at IS NULL
    RETURNING old.subject INTO v_subject;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO erased_subjects AS e (digest, erased_at) VALUES (subject_digest(v_subject), now())
    ON CONFLICT (digest) DO UPDATE SET erased_at = excluded.erased_at;
  PERFORM pg_notify('account', json_build_object('accountId', p_account)::text);
  RETURN true;
END $$;
--> statement-breakpoint
-- One round: deletes at most `p_limit` rows of each personal table and clears the texts of as many final generations. Unfinished
-- generations still need theirs. A table is personal when its foreign key to accounts is ON DELETE CASCADE.
CREATE FUNCTION erase_rows(p_account uuid, p_limit int) RETURNS TABLE (erased bigint, unfinished bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_table regclass;
  v_count bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM accounts a WHERE a.id = p_account AND a.erased_at IS NOT NULL) THEN
    RAISE EXCEPTION 'account % is not erased', p_account USING ERRCODE = 'invalid_parameter_value';
  END IF;
  WITH personal AS (
    SELECT g.id FROM avatar_generations g
      WHERE g.account_id = p_account AND g.status IN ('completed', 'failed', 'cancelled')
        AND (g.request <> '{}' OR g.project_id IS NOT NULL OR g.built_prompt IS NOT NULL OR g.idempotency_key IS NOT NULL)
      LIMIT p_limit),
  cleared AS (
    UPDATE provider_attempts t SET failure_message = NULL FROM personal s WHERE t.generation_id = s.id AND t.failure_message IS NOT NULL)
  UPDATE avatar_generations g SET request = '{}', request_hash = repeat('0', 64), idempotency_key = NULL, built_prompt = NULL, seed = NULL,
      failure_message = NULL, cancel_reason = NULL, project_id = NULL
    FROM personal s WHERE g.id = s.id;
  GET DIAGNOSTICS erased = ROW_COUNT;
  -- Avatars first and projects last, so that deleting a project cascades to nothing.
  FOR v_table IN
    SELECT c.conrelid::regclass FROM pg_constraint c
      WHERE c.contype = 'f' AND c.confrelid = 'accounts'::regclass AND c.confdeltype = 'c'
      ORDER BY c.conrelid <> 'avatars'::regclass, c.conrelid = 'avatar_projects'::regclass, c.conrelid
  LOOP
    CONTINUE WHEN v_table = 'avatar_projects'::regclass AND erased > 0;
    EXECUTE format('DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE account_id = $1 LIMIT $2))', v_table)
      USING p_account, p_limit;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    erased := erased + v_count;
  END LOOP;
  SELECT count(*) INTO unfinished FROM avatar_generations g
    WHERE g.account_id = p_account AND g.status IN ('requested', 'pending', 'processing');
  RETURN NEXT;
END $$;
--> statement-breakpoint
-- Returns false while anything is left to erase.
CREATE FUNCTION finish_erasure(p_account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE accounts a SET erasure_done_at = now() WHERE a.id = p_account AND a.erased_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM stored_objects o WHERE o.account_id = a.id)
    AND NOT EXISTS (SELECT FROM avatar_generations g WHERE g.account_id = a.id AND g.status IN ('requested', 'pending', 'processing'));
  RETURN FOUND;
END $$;
--> statement-breakpoint
-- Refuses rows of requests that were in progress during the erasure. AFTER, and named to fire after the foreign key's own trigger:
-- that one waits for an erasure in progress, and only then is it certain whether the account was erased.
CREATE FUNCTION refuse_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM accounts a WHERE a.id = NEW.account_id AND a.erased_at IS NOT NULL) THEN
    RAISE EXCEPTION 'account % was erased', NEW.account_id USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_erased';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER refuse_erased AFTER INSERT ON avatar_projects FOR EACH ROW EXECUTE FUNCTION refuse_erased();
--> statement-breakpoint
CREATE TRIGGER refuse_erased AFTER INSERT ON avatar_generations FOR EACH ROW EXECUTE FUNCTION refuse_erased();
--> statement-breakpoint
CREATE TRIGGER refuse_erased AFTER INSERT ON avatar_presets FOR EACH ROW WHEN (NEW.account_id IS NOT NULL) EXECUTE FUNCTION refuse_erased();
--> statement-breakpoint
CREATE TRIGGER refuse_erased AFTER INSERT ON avatar_usage_history FOR EACH ROW EXECUTE FUNCTION refuse_erased();
--> statement-breakpoint
CREATE TRIGGER refuse_erased AFTER INSERT ON batches FOR EACH ROW EXECUTE FUNCTION refuse_erased();
--> statement-breakpoint
CREATE TRIGGER refuse_erased AFTER INSERT ON uploads FOR EACH ROW EXECUTE FUNCTION refuse_erased();
--> statement-breakpoint
CREATE TRIGGER refuse_erased AFTER INSERT ON webhooks FOR EACH ROW EXECUTE FUNCTION refuse_erased();
--> statement-breakpoint
REVOKE ALL ON FUNCTION subject_digest(text), open_account(text, text, text, int, int, bigint, timestamptz), erase_account(uuid),
  erase_rows(uuid, int), finish_erasure(uuid), refuse_erased() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION open_account(text, text, text, int, int, bigint, timestamptz), erase_account(uuid), erase_rows(uuid, int),
  finish_erasure(uuid) TO avatar_app;
