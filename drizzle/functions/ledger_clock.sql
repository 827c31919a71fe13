-- The ledger's clock is a function of its own so that a test can cross midnight.
CREATE OR REPLACE FUNCTION ledger_clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() $$;

REVOKE ALL ON FUNCTION ledger_clock FROM PUBLIC;
