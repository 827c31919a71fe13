DROP TABLE subject_keys;
DROP TABLE erased_subjects;
DROP INDEX accounts_erased;
ALTER TABLE accounts DROP CONSTRAINT accounts_erased_is_nobody;
ALTER TABLE accounts DROP COLUMN erasure_done_at, DROP COLUMN erased_at, DROP COLUMN tokens_from;
