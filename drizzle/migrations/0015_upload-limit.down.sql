DROP FUNCTION keep_upload(uuid, uuid, text, text, int, int, int, text, bigint, int);
