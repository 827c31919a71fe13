-- Uses of a deleted avatar still count: they move from `uses` to `deleted_uses`. Uses that are deleted by age stay in `uses`.
CREATE OR REPLACE FUNCTION roll_up_deleted_usage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_setting('avatar.expiring', true) = 'usage' THEN
    RETURN NULL;
  END IF;
  PERFORM FROM usage_hours h
    WHERE (h.account_id, h.hour, h.project_id, h.app_id) IN (SELECT g.account_id, date_trunc('hour', g.created_at, 'UTC'), g.project_id, g.app_id FROM deleted g)
    ORDER BY h.account_id, h.hour, h.project_id, h.app_id FOR UPDATE;
  UPDATE usage_hours h SET uses = h.uses - g.uses, deleted_uses = h.deleted_uses + g.uses
    FROM (SELECT account_id, date_trunc('hour', created_at, 'UTC') AS hour, project_id, app_id, count(*) AS uses FROM deleted GROUP BY 1, 2, 3, 4) g
    WHERE h.account_id = g.account_id AND h.hour = g.hour AND h.project_id = g.project_id AND h.app_id = g.app_id;
  INSERT INTO studio_usage_changes (account_id, hour, app_id, app_name, uses, deleted_uses)
    SELECT g.account_id, date_trunc('hour', g.created_at, 'UTC'), g.app_id, max(g.app_name), -count(*), count(*) FROM deleted g GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION roll_up_deleted_usage FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_usage_history_deleted AFTER DELETE ON avatar_usage_history
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION roll_up_deleted_usage();
