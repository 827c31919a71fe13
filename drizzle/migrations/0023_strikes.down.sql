DROP TRIGGER credit_transfers_clear_strikes ON credit_transfers;
DROP FUNCTION clear_unpaid_strikes();
DROP TRIGGER batches_unpaid ON batches;
DROP TRIGGER avatar_generations_unpaid ON avatar_generations;
DROP FUNCTION add_unpaid_strike();
DROP TRIGGER avatar_generations_refused_prompt ON avatar_generations;
DROP FUNCTION add_refused_prompt_strike();
DROP FUNCTION add_strike(uuid, text, text);
REVOKE ALL ON abuse_strikes FROM avatar_app;
