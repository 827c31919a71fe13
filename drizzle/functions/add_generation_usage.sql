-- Appends instead of updating the hour's row, which two avatars of an account would wait for; roll_up_generation_hours adds it up.
CREATE OR REPLACE FUNCTION add_generation_usage(p_account uuid, p_at timestamptz, p_project uuid, p_provider text, p_made int, p_failed int, p_captured bigint,
  p_refunded bigint, p_cost numeric) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO generation_hour_changes (account_id, hour, project_id, provider, completed, failed, captured, refunded, cost_usd)
    VALUES (p_account, date_trunc('hour', p_at, 'UTC'), p_project, p_provider, p_made, p_failed, p_captured, p_refunded, p_cost)
$$;

REVOKE ALL ON FUNCTION add_generation_usage FROM PUBLIC;
