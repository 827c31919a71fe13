DROP TRIGGER avatar_tombstones_append_only ON avatar_tombstones;
DROP TRIGGER avatars_tombstone ON avatars;
DROP FUNCTION add_avatar_tombstone();
