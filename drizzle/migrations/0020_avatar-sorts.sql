DROP INDEX "avatars_project_used";--> statement-breakpoint
DROP INDEX "avatars_project_usage";--> statement-breakpoint
DROP INDEX "avatars_project_name";--> statement-breakpoint
-- Changes the expression instead of adding a column, so that the search index stays.
ALTER TABLE "avatars" ALTER COLUMN "search_text" SET EXPRESSION AS (lower(name || ' ' || coalesce(persona->>'name', '') || ' ' || coalesce(persona->>'background', '') || ' ' || coalesce(persona->>'personality', '') || ' ' || coalesce(prompt, '')));--> statement-breakpoint
CREATE INDEX "avatars_used" ON "avatars" USING btree ("account_id",coalesce(last_used_at, '-infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "avatars_usage" ON "avatars" USING btree ("account_id","usage_count","id");--> statement-breakpoint
CREATE INDEX "avatars_name" ON "avatars" USING btree ("account_id",lower(name),"id");--> statement-breakpoint
CREATE INDEX "avatars_project_used" ON "avatars" USING btree ("project_id",coalesce(last_used_at, '-infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "avatars_project_usage" ON "avatars" USING btree ("project_id","usage_count","id");--> statement-breakpoint
CREATE INDEX "avatars_project_name" ON "avatars" USING btree ("project_id",lower(name),"id");