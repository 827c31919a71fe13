-- Decides whether a new account gets its starter credits, and counts the grant (domain/account/starter-credits.ts has the rules). A
-- verified identity gets them once per verified address. Otherwise every signal must be below its limit; the rows of the signals are
-- locked until the grant commits, network before device, so that the counts are exact and no two grants deadlock.
-- `p_signals`: {verified, address, counted: [{kind, value, most, windowMs}]}. What is unknown is not counted against anybody.
CREATE OR REPLACE FUNCTION claim_starter_credits(p_signals jsonb, OUT reason text, OUT retry_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_signal record;
  v_counted record;
BEGIN
  IF (p_signals->>'verified')::boolean THEN
    IF p_signals->>'address' IS NOT NULL THEN
      INSERT INTO starter_addresses (digest) VALUES (signal_digest('address', p_signals->>'address')) ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN
        reason := 'address';
      END IF;
    END IF;
    RETURN;
  END IF;
  FOR v_signal IN
    SELECT s.kind, signal_digest(s.kind, s.value) AS digest, s.most, now() + s."windowMs" * interval '1 millisecond' AS ends_at
      FROM jsonb_to_recordset(p_signals->'counted') AS s (kind text, value text, most int, "windowMs" bigint)
      ORDER BY s.kind DESC
  LOOP
    INSERT INTO starter_signals AS s (kind, digest, window_ends_at) VALUES (v_signal.kind, v_signal.digest, v_signal.ends_at)
      ON CONFLICT (kind, digest) DO UPDATE SET
        grants = CASE WHEN s.window_ends_at <= now() THEN 0 ELSE s.grants END,
        window_ends_at = CASE WHEN s.window_ends_at <= now() THEN excluded.window_ends_at ELSE s.window_ends_at END
      RETURNING s.grants, s.window_ends_at INTO v_counted;
    IF v_counted.grants >= v_signal.most AND reason IS NULL THEN
      reason := v_signal.kind;
      -- A limit of 0 never ends: only a verified identity is granted anything.
      retry_at := CASE WHEN v_signal.most > 0 THEN v_counted.window_ends_at END;
    END IF;
  END LOOP;
  IF reason IS NULL THEN
    UPDATE starter_signals s SET grants = s.grants + 1
      FROM jsonb_to_recordset(p_signals->'counted') AS c (kind text, value text)
      WHERE s.kind = c.kind AND s.digest = signal_digest(c.kind, c.value);
  END IF;
END $$;

REVOKE ALL ON FUNCTION claim_starter_credits FROM PUBLIC;
