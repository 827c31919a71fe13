-- A keyed digest of an address or device: only a guess with the key could confirm one. A subject contains no line break, so no digest
-- of one kind is that of another.
CREATE OR REPLACE FUNCTION signal_digest(p_kind text, p_value text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT subject_digest(p_kind || E'\n' || p_value)
$$;

REVOKE ALL ON FUNCTION signal_digest FROM PUBLIC;
