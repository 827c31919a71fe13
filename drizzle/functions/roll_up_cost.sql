-- Dollars of every paid call, including calls whose image was not delivered.
CREATE OR REPLACE FUNCTION roll_up_cost() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_row provider_attempts := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  v_more numeric := CASE TG_OP WHEN 'DELETE' THEN 0 ELSE coalesce(NEW.cost_usd, 0) END - CASE TG_OP WHEN 'INSERT' THEN 0 ELSE coalesce(OLD.cost_usd, 0) END;
BEGIN
  IF v_more <> 0 THEN
    PERFORM add_generation_usage(g.account_id, v_row.created_at, g.origin_project_id, v_row.provider, 0, 0, 0, 0, v_more)
      FROM avatar_generations g WHERE g.id = v_row.generation_id;
  END IF;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION roll_up_cost FROM PUBLIC;

CREATE OR REPLACE TRIGGER provider_attempts_roll_up AFTER INSERT OR DELETE OR UPDATE OF cost_usd ON provider_attempts FOR EACH ROW EXECUTE FUNCTION roll_up_cost();
