-- The WAL position that a standby must have replayed before it may answer an account: the one after the account's last own write.
-- Unlogged: after a crash of the primary, its standbys have caught up long before the next read.
CREATE UNLOGGED TABLE account_writes (
  account_id uuid PRIMARY KEY,
  lsn pg_lsn NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON account_writes TO avatar_app;
