ALTER TABLE provider_attempts DROP COLUMN not_drawn;
