ALTER TABLE provider_attempts DROP COLUMN heard_at;
DROP TABLE provider_callbacks;
