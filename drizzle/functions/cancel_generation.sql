-- The only way in which the API ends a generation: cancelled, with its hold returned. The workers settle everything else.
CREATE OR REPLACE FUNCTION cancel_generation(p_generation uuid, p_reason text, p_by text)
RETURNS TABLE (outcome text, status text, credits_returned boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.outcome, r.status, r.credits_returned FROM release_generation(p_generation, 'cancelled', NULL, NULL, p_reason, p_by) r
$$;

REVOKE ALL ON FUNCTION cancel_generation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cancel_generation TO avatar_api;
