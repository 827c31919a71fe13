-- Enforces the limit of an account's presets, also for concurrent inserts: the second transaction counts after the first one ended.
CREATE OR REPLACE FUNCTION add_preset(p_account uuid, p_limit int, p_preset jsonb) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('presets of ' || p_account, 0));
  IF EXISTS (SELECT FROM avatar_presets p WHERE p.id = (p_preset->>'id')::uuid) THEN
    RETURN 'exists';
  END IF;
  IF (SELECT count(*) FROM avatar_presets p WHERE p.account_id = p_account) >= p_limit THEN
    RETURN 'full';
  END IF;
  INSERT INTO avatar_presets (id, account_id, category, name, prompt, persona_template, attributes, avatar_id, request_hash)
    SELECT n.id, p_account, n.category, n.name, n.prompt, n.persona_template, n.attributes, n.avatar_id, n.request_hash
    FROM jsonb_to_record(p_preset) AS n (id uuid, category text, name text, prompt text, persona_template jsonb, attributes jsonb,
      avatar_id uuid, request_hash text);
  RETURN 'created';
END $$;

REVOKE ALL ON FUNCTION add_preset FROM PUBLIC;
GRANT EXECUTE ON FUNCTION add_preset TO avatar_api;
