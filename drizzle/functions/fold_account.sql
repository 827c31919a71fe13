-- What the search for accounts reads: name and subject. An erasure clears both, and so this.
CREATE OR REPLACE FUNCTION fold_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.folded_identity := nullif(fold_text(concat_ws(' ', NEW.display_name, NEW.subject)), '');
  RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION fold_account FROM PUBLIC;

CREATE OR REPLACE TRIGGER accounts_fold BEFORE INSERT OR UPDATE OF display_name, subject ON accounts
  FOR EACH ROW EXECUTE FUNCTION fold_account();

-- Accounts from before this trigger.
UPDATE accounts SET display_name = display_name WHERE folded_identity IS NULL AND subject IS NOT NULL;
