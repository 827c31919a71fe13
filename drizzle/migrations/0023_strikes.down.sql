DROP TRIGGER credit_transfers_forgive ON credit_transfers;
DROP FUNCTION forgive_unpaid();
DROP TRIGGER batches_unpaid ON batches;
DROP TRIGGER avatar_generations_unpaid ON avatar_generations;
DROP FUNCTION strike_unpaid();
DROP TRIGGER avatar_generations_refused_prompt ON avatar_generations;
DROP FUNCTION strike_refused_prompt();
DROP FUNCTION strike(uuid, text, text);
REVOKE ALL ON abuse_strikes FROM avatar_app;
