ALTER TABLE provider_attempts DROP COLUMN called_back_at;
DROP TABLE provider_callbacks;
