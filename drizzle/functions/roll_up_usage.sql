-- History rows are inserted and deleted, never updated; the roll-up follows both. Rows are locked in one order to avoid deadlocks.
-- The studio's hours get it later: every use would wait for the row of its app.
CREATE OR REPLACE FUNCTION roll_up_usage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO usage_hours AS h (account_id, hour, project_id, app_id, app_name, uses)
    SELECT w.account_id, date_trunc('hour', w.created_at, 'UTC'), w.project_id, w.app_id, (array_agg(w.app_name ORDER BY w.created_at DESC))[1], count(*)
      FROM inserted w GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (account_id, hour, project_id, app_id) DO UPDATE SET uses = h.uses + excluded.uses, app_name = excluded.app_name;
  INSERT INTO studio_usage_changes (account_id, hour, app_id, app_name, uses, deleted_uses)
    SELECT w.account_id, date_trunc('hour', w.created_at, 'UTC'), w.app_id, (array_agg(w.app_name ORDER BY w.created_at DESC))[1], count(*), 0
      FROM inserted w GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION roll_up_usage FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_usage_history_inserted AFTER INSERT ON avatar_usage_history
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION roll_up_usage();
