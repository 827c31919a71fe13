ALTER TABLE "avatars" ADD COLUMN "favorite" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "avatars" ADD COLUMN "rating" smallint;--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_rating_range" CHECK (rating BETWEEN 1 AND 5) NOT VALID;--> statement-breakpoint
GRANT UPDATE (favorite, rating) ON "avatars" TO avatar_api;--> statement-breakpoint
ALTER TABLE "avatars" VALIDATE CONSTRAINT "avatars_rating_range";--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatars_favorites" ON "avatars" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE favorite;--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatars_rated" ON "avatars" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE rating IS NOT NULL;
