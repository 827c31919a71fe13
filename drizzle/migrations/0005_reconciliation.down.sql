DROP INDEX IF EXISTS stored_objects_inventory;
ALTER TABLE batches DROP COLUMN overdue_at;
ALTER TABLE avatar_generations DROP COLUMN overdue_at;
ALTER TABLE provider_attempts DROP COLUMN called_back_job;
