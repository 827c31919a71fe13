-- Deletes counts of signals whose window is over, and the network of accounts whose credits were withheld `p_retention_ms` ago. At most
-- `p_limit` rows of each; returns their number.
CREATE OR REPLACE FUNCTION forget_starter_signals(p_retention_ms bigint, p_limit int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_signals int;
  v_networks int;
BEGIN
  DELETE FROM starter_signals WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM starter_signals WHERE window_ends_at <= now() LIMIT p_limit FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_signals = ROW_COUNT;
  UPDATE starter_withholdings SET network = NULL WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM starter_withholdings
      WHERE withheld_at <= now() - p_retention_ms * interval '1 millisecond' AND network IS NOT NULL LIMIT p_limit FOR UPDATE SKIP LOCKED));
  GET DIAGNOSTICS v_networks = ROW_COUNT;
  RETURN v_signals + v_networks;
END $$;

REVOKE ALL ON FUNCTION forget_starter_signals FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_starter_signals TO avatar_worker;
