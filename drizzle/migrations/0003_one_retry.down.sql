DROP TRIGGER IF EXISTS avatar_generations_announce_retry ON avatar_generations;
DROP INDEX avatars_trash_list, notifications_read_list, notifications_unread_list, avatar_generations_ended,
  avatar_generations_project_by_status, avatar_generations_by_status;
DROP TABLE retry_keys;
ALTER TABLE avatar_generations DROP COLUMN retry_of;
DROP TABLE preset_uses;
