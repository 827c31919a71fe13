-- All links to avatars end, and reports of visitors are lost: the earlier release knows reporters with an account only.
DROP INDEX avatar_reports_visitors;
DELETE FROM avatar_reports WHERE account_id IS NULL;
ALTER TABLE avatar_reports ALTER COLUMN account_id SET NOT NULL;
DROP TABLE avatar_shares;
