DROP INDEX avatars_look;
--> statement-breakpoint
CREATE INDEX avatars_look ON avatars USING gin (account_id, look_bands);
