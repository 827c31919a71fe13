DROP TRIGGER avatar_presets_announce ON avatar_presets;
DROP FUNCTION announce_gallery();
DROP TRIGGER avatar_generations_preset_use ON avatar_generations;
DROP FUNCTION count_preset_use();
DROP FUNCTION add_preset(uuid, int, jsonb);
