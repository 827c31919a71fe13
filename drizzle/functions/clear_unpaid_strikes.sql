-- A top-up clears the account's strikes for unpaid requests.
CREATE OR REPLACE FUNCTION clear_unpaid_strikes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM abuse_strikes s WHERE s.account_id = NEW.account_id AND s.kind = 'unpaid';
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION clear_unpaid_strikes FROM PUBLIC;

CREATE OR REPLACE TRIGGER credit_transfers_clear_strikes AFTER INSERT ON credit_transfers FOR EACH ROW WHEN (NEW.kind = 'topup')
  EXECUTE FUNCTION clear_unpaid_strikes();
