DROP FUNCTION refund_generation(uuid, text);
DROP FUNCTION record_avatar(uuid, jsonb);
DROP FUNCTION release_generation(uuid, text, text, text, text, text);
DROP FUNCTION reserve_generation(uuid, bigint);
DROP FUNCTION topup_account(uuid, bigint, text);
DROP FUNCTION open_account(text, text, text, int, int, bigint);
