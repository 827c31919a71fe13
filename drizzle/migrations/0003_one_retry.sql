-- Uses of presets, appended by deliveries and rolled up later.
CREATE TABLE "preset_uses" (
	"generation_id" uuid PRIMARY KEY NOT NULL,
	"preset_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE INDEX "preset_uses_preset" ON "preset_uses" USING btree ("preset_id");
--> statement-breakpoint
-- Read with the preset; written by a trigger and a function.
GRANT SELECT ON preset_uses TO avatar_app;
--> statement-breakpoint
-- The generation that a retry repeats. The release before leaves it empty.
ALTER TABLE "avatar_generations" ADD COLUMN "retry_of" uuid;
--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD CONSTRAINT "avatar_generations_retry_of_avatar_generations_id_fk" FOREIGN KEY ("retry_of") REFERENCES "public"."avatar_generations"("id") ON DELETE set null ON UPDATE no action NOT VALID;
--> statement-breakpoint
GRANT INSERT (retry_of) ON avatar_generations TO avatar_app;
--> statement-breakpoint
CREATE TABLE "retry_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"generation_id" uuid NOT NULL,
	"request_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retry_keys_request_hash" CHECK (request_hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "retry_keys" ADD CONSTRAINT "retry_keys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "retry_keys" ADD CONSTRAINT "retry_keys_generation_id_avatar_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."avatar_generations"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "retry_keys_generation" ON "retry_keys" USING btree ("generation_id");
--> statement-breakpoint
GRANT SELECT, INSERT ON retry_keys TO avatar_app;
--> statement-breakpoint
ALTER TABLE "avatar_generations" VALIDATE CONSTRAINT "avatar_generations_retry_of_avatar_generations_id_fk";
--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "avatar_generations_one_retry" ON "avatar_generations" USING btree ("retry_of") WHERE retry_of IS NOT NULL;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatar_generations_by_status" ON "avatar_generations" USING btree ("account_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatar_generations_project_by_status" ON "avatar_generations" USING btree ("project_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatar_generations_ended" ON "avatar_generations" USING btree ("account_id","finished_at" DESC NULLS FIRST) WHERE finished_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "notifications_unread_list" ON "notifications" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE read_at IS NULL;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "notifications_read_list" ON "notifications" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE read_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatars_trash_list" ON "avatars" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE trashed_at IS NOT NULL;
