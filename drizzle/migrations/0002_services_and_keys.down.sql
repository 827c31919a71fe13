-- Sealed secrets don't fit, and can't be opened by the earlier release: their webhooks are deleted.
DELETE FROM webhooks WHERE char_length(secret) > 100 OR char_length(old_secret) > 100;
ALTER TABLE webhooks DROP CONSTRAINT webhooks_secret_length;
ALTER TABLE webhooks ADD CONSTRAINT webhooks_secret_length CHECK (char_length(secret) BETWEEN 1 AND 100);
ALTER TABLE webhooks DROP CONSTRAINT webhooks_old_secret_length;
ALTER TABLE webhooks ADD CONSTRAINT webhooks_old_secret_length CHECK (char_length(old_secret) BETWEEN 1 AND 100);
-- What admins did stays on record.
ALTER TABLE admin_audit DROP CONSTRAINT admin_audit_act;
ALTER TABLE admin_audit ADD CONSTRAINT admin_audit_act CHECK (act IN ('account.read', 'account.refund', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject')) NOT VALID;
DROP TABLE api_keys;
