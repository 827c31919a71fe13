DROP TRIGGER avatar_tombstones_append_only ON avatar_tombstones;
DROP TRIGGER avatars_farewell ON avatars;
DROP FUNCTION bid_farewell();
