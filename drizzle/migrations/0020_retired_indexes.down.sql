CREATE INDEX "avatars_search" ON "avatars" USING gin (search_text gin_trgm_ops);
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("account_id") WHERE read_at IS NULL;
CREATE INDEX "avatar_generations_project" ON "avatar_generations" USING btree ("project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "avatar_generations_list" ON "avatar_generations" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "avatar_generations_batch" ON "avatar_generations" USING btree ("batch_id");
DROP INDEX "avatar_generations_in_batch";
