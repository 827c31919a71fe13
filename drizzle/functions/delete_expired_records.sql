-- Deletes exported records; returns their number. It is smaller when some were deleted meanwhile, by users or by an earlier run.
CREATE OR REPLACE FUNCTION delete_expired_records(p_kind text, p_ids uuid[], p_older_than_ms bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_before timestamptz := now() - p_older_than_ms * interval '1 millisecond';
  v_deleted bigint;
BEGIN
  -- Triggers read it: sums stay, and the audit log may be shortened.
  PERFORM set_config('avatar.expiring', p_kind, true);
  IF p_kind = 'usage' THEN
    DELETE FROM avatar_usage_history h USING accounts a
      WHERE h.id = ANY (p_ids) AND h.created_at < v_before AND a.id = h.account_id AND a.erased_at IS NULL;
  ELSIF p_kind = 'deliveries' THEN
    DELETE FROM webhook_deliveries d USING accounts a
      WHERE d.id = ANY (p_ids) AND d.created_at < v_before AND d.state <> 'waiting' AND a.id = d.account_id AND a.erased_at IS NULL;
  ELSIF p_kind = 'audit' THEN
    DELETE FROM admin_audit_outcomes o USING admin_audit x WHERE x.id = ANY (p_ids) AND x.created_at < v_before AND o.audit_id = x.id;
    DELETE FROM admin_audit x WHERE x.id = ANY (p_ids) AND x.created_at < v_before;
  ELSE
    RAISE EXCEPTION '% has no records to export', p_kind USING ERRCODE = 'invalid_parameter_value';
  END IF;
  GET DIAGNOSTICS v_deleted = ROW_COUNT;
  PERFORM set_config('avatar.expiring', '', true);
  RETURN v_deleted;
END $$;

REVOKE ALL ON FUNCTION delete_expired_records FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_expired_records TO avatar_worker;
