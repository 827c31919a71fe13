-- The oldest records of a kind that are older than `p_older_than_ms`: those of one account and one calendar month (UTC), at most `p_limit`.
-- Ids begin with their time, so the primary key finds the oldest. Records of erased accounts are left to their erasure.
CREATE OR REPLACE FUNCTION list_expired_records(p_kind text, p_older_than_ms bigint, p_limit int)
RETURNS TABLE (id uuid, account_id uuid, month text, record jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_before timestamptz := now() - p_older_than_ms * interval '1 millisecond';
  v_newest uuid := uuidv7(p_older_than_ms * interval '-1 millisecond');
  v_oldest record;
BEGIN
  IF p_kind = 'usage' THEN
    SELECT h.account_id, date_trunc('month', h.created_at) AS start INTO v_oldest FROM avatar_usage_history h JOIN accounts a ON a.id = h.account_id
      WHERE h.id < v_newest AND h.created_at < v_before AND a.erased_at IS NULL ORDER BY h.id LIMIT 1;
    RETURN QUERY SELECT h.id, h.account_id, to_char(v_oldest.start, 'YYYY-MM'), to_jsonb(h) FROM avatar_usage_history h
      WHERE h.account_id = v_oldest.account_id AND h.created_at >= v_oldest.start
        AND h.created_at < least(v_oldest.start + interval '1 month', v_before)
      ORDER BY h.created_at, h.id LIMIT p_limit;
  ELSIF p_kind = 'deliveries' THEN
    SELECT d.webhook_id, date_trunc('month', d.created_at) AS start INTO v_oldest FROM webhook_deliveries d JOIN accounts a ON a.id = d.account_id
      WHERE d.id < v_newest AND d.created_at < v_before AND d.state <> 'waiting' AND a.erased_at IS NULL ORDER BY d.id LIMIT 1;
    RETURN QUERY SELECT d.id, d.account_id, to_char(v_oldest.start, 'YYYY-MM'), to_jsonb(d) FROM webhook_deliveries d
      WHERE d.webhook_id = v_oldest.webhook_id AND d.state <> 'waiting' AND d.created_at >= v_oldest.start
        AND d.created_at < least(v_oldest.start + interval '1 month', v_before)
      ORDER BY d.created_at, d.id LIMIT p_limit;
  ELSIF p_kind = 'audit' THEN
    SELECT date_trunc('month', min(x.created_at)) AS start INTO v_oldest FROM admin_audit x WHERE x.created_at < v_before;
    RETURN QUERY SELECT x.id, NULL::uuid, to_char(v_oldest.start, 'YYYY-MM'), to_jsonb(x) || jsonb_build_object('outcome', to_jsonb(o))
      FROM admin_audit x LEFT JOIN admin_audit_outcomes o ON o.audit_id = x.id
      WHERE x.created_at >= v_oldest.start AND x.created_at < least(v_oldest.start + interval '1 month', v_before)
      ORDER BY x.created_at, x.id LIMIT p_limit;
  ELSE
    RAISE EXCEPTION '% has no records to export', p_kind USING ERRCODE = 'invalid_parameter_value';
  END IF;
END $$;

REVOKE ALL ON FUNCTION list_expired_records FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_expired_records TO avatar_worker;
