-- The slots of event streams, while a session that holds the lock `session` is connected; others are free. Unlogged: a crash ends all
-- sessions, so their slots are free anyway.
CREATE UNLOGGED TABLE stream_slots (
  account_id uuid NOT NULL,
  session bigint NOT NULL,
  slot smallint NOT NULL,
  PRIMARY KEY (account_id, slot)
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (session), DELETE ON stream_slots TO avatar_api;
