-- A slot of the provider's rate limiter, by the generic cell rate algorithm: `free`, or `wait` for the one that is reserved now; or
-- `crowded`, since the next one is too far ahead. p_interval_ms is null for a provider without a limit.
CREATE OR REPLACE FUNCTION reserve_provider_slot(p_provider text, p_interval_ms double precision, p_tolerance_ms double precision,
  p_longest_wait_ms double precision, OUT outcome text, OUT wait_ms double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  outcome := 'free';
  wait_ms := 0;
  IF p_interval_ms IS NULL THEN
    RETURN;
  END IF;
  INSERT INTO provider_limits AS l (provider, next_create_at) VALUES (p_provider, clock_timestamp() + p_interval_ms * interval '1 millisecond')
    ON CONFLICT (provider) DO UPDATE
      SET next_create_at = greatest(l.next_create_at, clock_timestamp()) + p_interval_ms * interval '1 millisecond'
      WHERE l.next_create_at <= clock_timestamp() + (p_tolerance_ms + p_longest_wait_ms) * interval '1 millisecond'
    RETURNING ceil(greatest(0, extract(epoch FROM l.next_create_at - clock_timestamp())::float8 * 1000 - p_interval_ms - p_tolerance_ms))
    INTO wait_ms;
  IF NOT FOUND THEN
    outcome := 'crowded';
    SELECT greatest(p_interval_ms, ceil(extract(epoch FROM l.next_create_at - clock_timestamp())::float8 * 1000 - p_tolerance_ms - p_longest_wait_ms))
      INTO wait_ms FROM provider_limits l WHERE l.provider = p_provider;
  ELSIF wait_ms > 0 THEN
    outcome := 'wait';
  END IF;
END $$;

REVOKE ALL ON FUNCTION reserve_provider_slot FROM PUBLIC;
