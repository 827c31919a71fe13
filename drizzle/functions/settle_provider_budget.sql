-- Replaces an attempt's estimate with its cost, or with 0 if the provider certainly never received it. In doubt it stays.
CREATE OR REPLACE FUNCTION settle_provider_budget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_cost numeric := coalesce(NEW.cost_usd, CASE WHEN OLD.state = 'created' AND NEW.state <> 'succeeded' THEN 0 ELSE OLD.budgeted_usd END);
BEGIN
  IF v_cost <> OLD.budgeted_usd THEN
    UPDATE provider_spending s SET usd = s.usd + v_cost - OLD.budgeted_usd WHERE s.day = OLD.budgeted_on AND s.provider = OLD.provider;
    NEW.budgeted_usd := v_cost;
  END IF;
  RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION settle_provider_budget FROM PUBLIC;

CREATE OR REPLACE TRIGGER provider_attempts_settle_budget BEFORE UPDATE OF state ON provider_attempts
  FOR EACH ROW WHEN (OLD.budgeted_usd IS NOT NULL AND OLD.state IN ('created', 'submitting', 'submitted') AND NEW.state IN ('succeeded', 'failed', 'cancelled'))
  EXECUTE FUNCTION settle_provider_budget();
