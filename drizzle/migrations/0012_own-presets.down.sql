DROP INDEX avatar_presets_avatar;
ALTER TABLE avatar_presets DROP CONSTRAINT avatar_presets_request_hash;
ALTER TABLE avatar_presets DROP COLUMN request_hash, DROP COLUMN avatar_id;
