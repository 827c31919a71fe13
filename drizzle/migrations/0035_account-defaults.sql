ALTER TABLE "accounts" ADD COLUMN "defaults" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_defaults_shape" CHECK (jsonb_typeof(defaults) = 'object' AND defaults - ARRAY['style', 'quality', 'optimizeFor', 'provider', 'count']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(defaults->'style'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'quality'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'optimizeFor'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'provider'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'count'), 'number') = 'number' AND octet_length(defaults::text) <= 1024);--> statement-breakpoint
GRANT UPDATE (defaults) ON accounts TO avatar_app;
--> statement-breakpoint
-- Erasing an account also clears its generation defaults.
CREATE OR REPLACE FUNCTION erase_account(p_account uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE v_subject text;
BEGIN
  UPDATE accounts a SET subject = NULL, display_name = NULL, defaults = '{}', erased_at = now()
    WHERE a.id = p_account AND a.erased_at IS NULL
    RETURNING old.subject INTO v_subject;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO erased_subjects AS e (digest, erased_at) VALUES (subject_digest(v_subject), now())
    ON CONFLICT (digest) DO UPDATE SET erased_at = excluded.erased_at;
  PERFORM pg_notify('account', json_build_object('accountId', p_account)::text);
  RETURN true;
END $$;
