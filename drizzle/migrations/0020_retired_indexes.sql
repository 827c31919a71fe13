-- Read by earlier releases only: each is written for every change of a generation's status, or for every avatar.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatar_generations_in_batch" ON "avatar_generations" USING btree ("batch_id") WHERE batch_id IS NOT NULL;--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "avatar_generations_batch";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "avatar_generations_list";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "avatar_generations_project";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "notifications_unread";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "avatars_search";
