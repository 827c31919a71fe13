DROP INDEX webhook_deliveries_failed;
UPDATE provider_attempts SET failure_kind = 'transient' WHERE failure_kind = 'out_of_service';
ALTER TABLE provider_attempts DROP CONSTRAINT provider_attempts_failure_kind;
ALTER TABLE provider_attempts ADD CONSTRAINT provider_attempts_failure_kind CHECK (failure_kind IN ('rate_limited', 'moderated', 'invalid_input', 'auth', 'insufficient_funds', 'transient', 'timeout', 'cancelled', 'corrupt_output'));
