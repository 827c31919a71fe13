GRANT UPDATE ON avatar_usage_history TO avatar_app;
DROP TRIGGER provider_attempts_roll_up ON provider_attempts;
DROP TRIGGER credit_transfers_roll_up ON credit_transfers;
DROP TRIGGER avatar_generations_roll_up ON avatar_generations;
DROP TRIGGER avatar_usage_history_deleted ON avatar_usage_history;
DROP TRIGGER avatar_usage_history_inserted ON avatar_usage_history;
DROP TRIGGER avatar_generations_origin ON avatar_generations;
DROP FUNCTION roll_up_cost(), roll_up_refund(), roll_up_outcome(), roll_up_deleted_usage(), roll_up_usage(), set_origin_project(),
  add_generation_usage(uuid, timestamptz, uuid, text, int, int, bigint, bigint, numeric);
DROP TABLE generation_hours, usage_hours;
ALTER TABLE avatar_generations DROP COLUMN origin_project_id;
ALTER TABLE avatar_usage_history DROP COLUMN project_id, DROP CONSTRAINT avatar_usage_history_metadata_shape,
  ADD CONSTRAINT avatar_usage_history_metadata_shape CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 4096);
