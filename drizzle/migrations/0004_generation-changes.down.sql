DROP FUNCTION delete_unanswered_generations(bigint, int);
DROP TRIGGER notifications_announce ON notifications;
DROP FUNCTION announce_notification();
DROP TRIGGER avatar_generations_announce ON avatar_generations;
DROP FUNCTION announce_generation();
DROP TRIGGER avatar_generations_change ON avatar_generations;
DROP FUNCTION change_generation();
ALTER TABLE avatar_generations DROP CONSTRAINT avatar_generations_project;
ALTER TABLE avatar_generations RESET (fillfactor);
