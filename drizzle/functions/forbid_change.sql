CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- By age and after its export: delete_expired_records. The roles of the processes have no privilege to delete.
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME IN ('admin_audit', 'admin_audit_outcomes') AND current_setting('avatar.expiring', true) = 'audit' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

REVOKE ALL ON FUNCTION forbid_change FROM PUBLIC;

CREATE OR REPLACE TRIGGER credit_transfers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_transfers
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();

CREATE OR REPLACE TRIGGER avatar_tombstones_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON avatar_tombstones
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();

-- The audit log is append-only; the application may only insert.
CREATE OR REPLACE TRIGGER admin_audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_audit
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();

CREATE OR REPLACE TRIGGER admin_audit_outcomes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_audit_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
