-- The counters of rate-limiter-flexible: one row for each account or address with recent requests. Unlogged: a crash resets the
-- counters, and counting needs no WAL flush. Leaves room for HOT updates, because each request is one.
CREATE UNLOGGED TABLE rate_limits (
  key text PRIMARY KEY CHECK (length(key) <= 255),
  points integer NOT NULL,
  -- Milliseconds since the epoch.
  expire bigint NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO avatar_app;
