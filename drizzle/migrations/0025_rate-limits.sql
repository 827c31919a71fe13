-- What rate-limiter-flexible counts in: one row for each account or address that asked lately. Unlogged: after a crash everybody
-- begins anew, and counting costs no flush of the log. Room for HOT updates, as each request is one.
CREATE UNLOGGED TABLE rate_limits (
  key text PRIMARY KEY CHECK (length(key) <= 255),
  points integer NOT NULL,
  -- Milliseconds since the epoch.
  expire bigint NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO avatar_app;
