DROP TABLE subject_keys;
DROP TABLE erased_subjects;
DROP INDEX accounts_erased;
ALTER TABLE accounts DROP CONSTRAINT accounts_erased_has_no_subject;
ALTER TABLE accounts DROP COLUMN erasure_done_at, DROP COLUMN erased_at, DROP COLUMN tokens_from;
