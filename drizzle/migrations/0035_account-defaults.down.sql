CREATE OR REPLACE FUNCTION erase_account(p_account uuid) RETURNS boolean
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
REVOKE UPDATE (defaults) ON accounts FROM avatar_app;
--> statement-breakpoint
ALTER TABLE accounts DROP CONSTRAINT accounts_defaults_shape;
--> statement-breakpoint
ALTER TABLE accounts DROP COLUMN defaults;
