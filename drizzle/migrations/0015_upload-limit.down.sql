DROP FUNCTION store_upload(uuid, uuid, text, text, int, int, int, text, bigint, int);
