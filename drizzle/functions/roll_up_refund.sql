CREATE OR REPLACE FUNCTION roll_up_refund() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM add_generation_usage(g.account_id, NEW.created_at, g.origin_project_id, g.provider, 0, 0, 0, NEW.amount, 0)
    FROM avatar_generations g WHERE g.id = NEW.generation_id;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION roll_up_refund FROM PUBLIC;

CREATE OR REPLACE TRIGGER credit_transfers_roll_up AFTER INSERT ON credit_transfers FOR EACH ROW WHEN (NEW.kind = 'refund') EXECUTE FUNCTION roll_up_refund();
