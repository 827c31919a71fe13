-- Up to where in the log a standby must have followed before it may answer for an account: the place after the account's last own
-- change. Unlogged: after a crash of the primary its standbys have caught up long before anybody asks.
CREATE UNLOGGED TABLE account_writes (
  account_id uuid PRIMARY KEY,
  lsn pg_lsn NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON account_writes TO avatar_app;
