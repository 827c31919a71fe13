-- Accounts have the tier of their users' tokens again, from the next request on. What admins did stays on record.
DROP TRIGGER IF EXISTS accounts_fold ON accounts;
DROP INDEX accounts_newest;
ALTER TABLE accounts DROP COLUMN folded_identity;
ALTER TABLE accounts DROP COLUMN assigned_tier;
ALTER TABLE admin_audit DROP CONSTRAINT admin_audit_act;
ALTER TABLE admin_audit ADD CONSTRAINT admin_audit_act CHECK (act IN ('account.read', 'account.refund', 'account.grant_starter', 'account.block', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'generation.read', 'generation.prioritize', 'usage.read', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject', 'moderation.takedown', 'moderation.restore', 'objection.decide', 'report.dismiss')) NOT VALID;
