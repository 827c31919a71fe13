-- Delivers an avatar: capture, avatar, its objects, `completed` and the notification, all or nothing.
CREATE OR REPLACE FUNCTION record_avatar(p_generation uuid, p_avatar jsonb)
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
        provider, model, cost_usd, credit, image_object, thumbnail_object, width, height, bytes, sha256, thumbhash, phash, recipe)
      SELECT v_avatar, v_row.account_id, v_row.project_id, v_row.id, a.name, a.persona, a.attributes, v_row.source_type, a.style, a.prompt,
        a.seed, a.provider, a.model, a.cost_usd, a.credit, a.image_object, a.thumbnail_object, a.width, a.height, a.image_bytes, a.sha256, a.thumbhash, a.phash, nullif(a.recipe, 'null'::jsonb)
      FROM jsonb_to_record(p_avatar) AS a (name text, persona jsonb, attributes jsonb, style text, prompt text, seed bigint, provider text,
        model text, cost_usd numeric, credit text, image_object text, thumbnail_object text, width int, height int, image_bytes int, sha256 text, thumbhash text, phash bit(64), recipe jsonb);
    UPDATE avatar_generations g
      SET status = 'completed', stage = 'done',
        provider = coalesce(p_avatar->>'provider', g.provider), model = coalesce(p_avatar->>'model', g.model),
        cost_usd = (SELECT sum(t.cost_usd) FROM provider_attempts t WHERE t.generation_id = g.id)
      WHERE g.id = p_generation AND g.status IN ('pending', 'processing');
    IF NOT FOUND THEN
      RAISE EXCEPTION 'generation % held credits without being unfinished', p_generation USING ERRCODE = 'data_exception';
    END IF;
    -- They are registered with the avatar's id, unless by a process of the release before. After the generation's row, which is locked
    -- before objects are registered, too.
    INSERT INTO stored_objects AS o (name, account_id, kind, bytes, generation_id, avatar_id)
      VALUES (p_avatar->>'image_object', v_row.account_id, 'image', (p_avatar->>'image_bytes')::bigint, v_row.id, v_avatar),
        (p_avatar->>'thumbnail_object', v_row.account_id, 'thumbnail', (p_avatar->>'thumbnail_bytes')::bigint, v_row.id, v_avatar)
      ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, avatar_id = excluded.avatar_id
        WHERE (o.bytes, o.avatar_id) IS DISTINCT FROM (excluded.bytes, excluded.avatar_id);
    -- Those of other runs, whose encoder made other bytes.
    UPDATE stored_objects o SET avatar_id = NULL
      WHERE o.avatar_id = v_avatar AND o.name NOT IN (p_avatar->>'image_object', p_avatar->>'thumbnail_object');
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

REVOKE ALL ON FUNCTION record_avatar FROM PUBLIC;
GRANT EXECUTE ON FUNCTION record_avatar TO avatar_worker;
