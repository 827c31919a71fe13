DROP TRIGGER avatar_tombstones_append_only ON avatar_tombstones;
DROP TRIGGER "A_bid_farewell" ON avatars;
DROP FUNCTION bid_farewell();
