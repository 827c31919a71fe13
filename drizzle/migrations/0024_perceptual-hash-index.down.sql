DROP INDEX avatars_phash;
--> statement-breakpoint
CREATE INDEX avatars_phash ON avatars USING gin (account_id, phash_bands);
