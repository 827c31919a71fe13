-- Each step is one function: one statement, one transaction, one round trip. Each inserts the transfer first (account, then
-- generation: the same lock order everywhere) and reads a replay back with a later statement. serialization_failure means
-- "run again". The functions run as the tables' owner; the application has no other way to move credits.

-- Returns the account of a subject; the first call creates it with its starter credits.
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
--> statement-breakpoint
CREATE FUNCTION topup_account(p_account uuid, p_amount bigint, p_reference text)
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
-- requested -> pending, with a hold. The status only filters out what is not worth trying; a transaction that loses the race
-- for the generation's row rolls back its hold.
CREATE FUNCTION reserve_generation(p_generation uuid, p_deadline_ms bigint)
RETURNS TABLE (outcome text, status text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO credit_transfers (kind, account_id, amount, generation_id)
    SELECT 'reserve', g.account_id, g.price, g.id FROM avatar_generations g WHERE g.id = p_generation AND g.status = 'requested'
    ON CONFLICT DO NOTHING;
  IF FOUND THEN
    UPDATE avatar_generations g
      SET status = 'pending', stage = 'queued', refusal = NULL, deadline_at = now() + p_deadline_ms * interval '1 millisecond'
      WHERE g.id = p_generation AND g.status = 'requested';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'generation % was settled while it was being admitted', p_generation USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN QUERY SELECT 'admitted', 'pending';
    RETURN;
  END IF;
  RETURN QUERY SELECT CASE WHEN g.status IN ('pending', 'processing') THEN 'replayed' WHEN g.status = 'requested' THEN 'retry' ELSE 'settled' END, g.status
    FROM avatar_generations g WHERE g.id = p_generation;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::text;
  END IF;
END $$;
--> statement-breakpoint
-- Ends a generation without an avatar and releases its hold, if it has one.
CREATE FUNCTION release_generation(p_generation uuid, p_status text, p_failure_code text, p_failure_message text, p_reason text, p_by text)
RETURNS TABLE (outcome text, status text, credits_returned boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_held boolean;
  v_row avatar_generations%ROWTYPE;
BEGIN
  IF p_status NOT IN ('failed', 'cancelled') THEN
    RAISE EXCEPTION 'a release sets the status to failed or cancelled, not to %', p_status USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO credit_transfers (kind, account_id, amount, generation_id, parent_id)
    SELECT 'release', r.account_id, r.amount, r.generation_id, r.id
      FROM credit_transfers r WHERE r.generation_id = p_generation AND r.kind = 'reserve'
    ON CONFLICT DO NOTHING;
  v_held := FOUND;
  UPDATE avatar_generations g
    SET status = p_status, credits_returned = v_held,
      failure_code = CASE p_status WHEN 'failed' THEN p_failure_code END,
      failure_message = CASE p_status WHEN 'failed' THEN p_failure_message END,
      -- The user's own reason takes precedence over the workflow's code.
      cancel_reason = CASE p_status WHEN 'cancelled' THEN coalesce(g.cancel_reason, p_reason) END,
      cancelled_by = CASE p_status WHEN 'cancelled' THEN p_by END,
      cost_usd = (SELECT sum(a.cost_usd) FROM provider_attempts a WHERE a.generation_id = g.id)
    WHERE g.id = p_generation AND g.status = ANY (CASE WHEN v_held THEN ARRAY['pending', 'processing'] ELSE ARRAY['requested'] END)
    RETURNING g.* INTO v_row;
  IF FOUND THEN
    IF p_status = 'failed' AND (v_held OR v_row.accepted_at IS NOT NULL) THEN
      INSERT INTO notifications (account_id, kind, generation_id) VALUES (v_row.account_id, 'generation_failed', p_generation);
    END IF;
    RETURN QUERY SELECT 'released', p_status, v_held;
    RETURN;
  END IF;
  IF v_held THEN
    RAISE EXCEPTION 'generation % held credits without being unfinished', p_generation USING ERRCODE = 'data_exception';
  END IF;
  -- Unfinished although no hold was found: the generation was admitted between the two statements.
  RETURN QUERY SELECT CASE WHEN g.status IN ('completed', 'failed', 'cancelled') THEN 'settled' ELSE 'retry' END, g.status, g.credits_returned
    FROM avatar_generations g WHERE g.id = p_generation;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::text, false;
  END IF;
END $$;
--> statement-breakpoint
-- Delivers an avatar: capture, avatar, its objects, `completed` and the notification, all or nothing.
CREATE FUNCTION record_avatar(p_generation uuid, p_avatar jsonb)
RETURNS TABLE (outcome text, status text, avatar_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_row avatar_generations%ROWTYPE;
  v_avatar uuid := (p_avatar->>'id')::uuid;
BEGIN
  INSERT INTO credit_transfers (kind, account_id, amount, generation_id, parent_id)
    SELECT 'capture', r.account_id, r.amount, r.generation_id, r.id
      FROM credit_transfers r JOIN avatar_generations g ON g.id = r.generation_id
      WHERE r.generation_id = p_generation AND r.kind = 'reserve' AND g.project_id IS NOT NULL
    ON CONFLICT DO NOTHING;
  IF FOUND THEN
    SELECT g.* INTO STRICT v_row FROM avatar_generations g WHERE g.id = p_generation;
    INSERT INTO avatars (id, account_id, project_id, generation_id, name, persona, attributes, source_type, style, prompt, seed,
        provider, model, cost_usd, credit, image_object, thumbnail_object, width, height, bytes, sha256, thumbhash)
      SELECT v_avatar, v_row.account_id, v_row.project_id, v_row.id, a.name, a.persona, a.attributes, v_row.source_type, a.style, a.prompt,
        a.seed, a.provider, a.model, a.cost_usd, a.credit, a.image_object, a.thumbnail_object, a.width, a.height, a.image_bytes, a.sha256, a.thumbhash
      FROM jsonb_to_record(p_avatar) AS a (name text, persona jsonb, attributes jsonb, style text, prompt text, seed bigint, provider text,
        model text, cost_usd numeric, credit text, image_object text, thumbnail_object text, width int, height int, image_bytes int, sha256 text, thumbhash text);
    INSERT INTO stored_objects AS o (name, account_id, kind, bytes, generation_id, avatar_id)
      VALUES (p_avatar->>'image_object', v_row.account_id, 'image', (p_avatar->>'image_bytes')::bigint, v_row.id, v_avatar),
        (p_avatar->>'thumbnail_object', v_row.account_id, 'thumbnail', (p_avatar->>'thumbnail_bytes')::bigint, v_row.id, v_avatar)
      ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, avatar_id = excluded.avatar_id;
    UPDATE avatar_generations g
      SET status = 'completed', stage = 'done',
        provider = coalesce(p_avatar->>'provider', g.provider), model = coalesce(p_avatar->>'model', g.model),
        cost_usd = (SELECT sum(t.cost_usd) FROM provider_attempts t WHERE t.generation_id = g.id)
      WHERE g.id = p_generation AND g.status IN ('pending', 'processing');
    IF NOT FOUND THEN
      RAISE EXCEPTION 'generation % held credits without being unfinished', p_generation USING ERRCODE = 'data_exception';
    END IF;
    INSERT INTO notifications (account_id, kind, generation_id, avatar_id)
      VALUES (v_row.account_id, 'avatar_completed', p_generation, v_avatar);
    RETURN QUERY SELECT 'recorded', 'completed', v_avatar;
    RETURN;
  END IF;
  RETURN QUERY
    SELECT CASE WHEN coalesce(a.id, t.avatar_id) = v_avatar THEN 'replayed' WHEN g.status IN ('completed', 'failed', 'cancelled') THEN 'lost'
        WHEN g.status = 'requested' THEN 'not_held' WHEN g.project_id IS NULL THEN 'project_deleted' ELSE 'retry' END,
      g.status, coalesce(a.id, t.avatar_id)
    FROM avatar_generations g LEFT JOIN avatars a ON a.generation_id = g.id LEFT JOIN avatar_tombstones t ON t.generation_id = g.id
    WHERE g.id = p_generation;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'unknown', NULL::text, NULL::uuid;
  END IF;
END $$;
--> statement-breakpoint
-- Refunds the captured credits; the avatar and the status are unchanged.
CREATE FUNCTION refund_generation(p_generation uuid, p_reference text)
RETURNS TABLE (outcome text, amount bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO credit_transfers AS t (kind, account_id, amount, generation_id, parent_id, reference)
    SELECT 'refund', c.account_id, c.amount, c.generation_id, c.id, p_reference
      FROM credit_transfers c WHERE c.generation_id = p_generation AND c.kind = 'capture'
    ON CONFLICT DO NOTHING RETURNING 'refunded', t.amount INTO outcome, amount;
  IF NOT FOUND THEN
    SELECT 'replayed', t.amount INTO outcome, amount FROM credit_transfers t WHERE t.generation_id = p_generation AND t.kind = 'refund';
  END IF;
  IF NOT FOUND THEN
    outcome := 'nothing_to_refund';
  END IF;
  RETURN NEXT;
END $$;
