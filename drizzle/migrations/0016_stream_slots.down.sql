-- The slots of open streams are lost: the earlier release counts its own.
DROP TABLE stream_slots;
