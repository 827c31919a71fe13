-- The smaller versions of images lose their rows: the inventory removes their bytes, and they can be made again. Whoever was blocked and
-- has erased the account can open one that is not blocked.
DELETE FROM stored_objects WHERE kind = 'size';
ALTER TABLE stored_objects DROP CONSTRAINT stored_objects_kind;
ALTER TABLE stored_objects ADD CONSTRAINT stored_objects_kind CHECK (kind IN ('image', 'thumbnail', 'staged', 'upload'));
ALTER TABLE erased_subjects DROP COLUMN blocked_at;
