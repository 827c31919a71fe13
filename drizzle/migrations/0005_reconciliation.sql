ALTER TABLE "provider_attempts" ADD COLUMN "called_back_job" text;--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD COLUMN "overdue_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "overdue_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "provider_attempts" ADD CONSTRAINT "provider_attempts_called_back_job_length" CHECK (char_length(called_back_job) BETWEEN 1 AND 200) NOT VALID;--> statement-breakpoint
GRANT UPDATE (overdue_at) ON avatar_generations TO avatar_app;--> statement-breakpoint
ALTER TABLE "provider_attempts" VALIDATE CONSTRAINT "provider_attempts_called_back_job_length";--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "stored_objects_inventory" ON "stored_objects" USING btree (name COLLATE "C");
