-- Blocked accounts are not blocked any more: their users can sign in again. What admins did stays on record.
ALTER TABLE accounts DROP COLUMN blocked_at;
ALTER TABLE admin_audit DROP CONSTRAINT admin_audit_act;
ALTER TABLE admin_audit ADD CONSTRAINT admin_audit_act CHECK (act IN ('account.read', 'account.refund', 'account.grant_starter', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'generation.read', 'generation.prioritize', 'usage.read', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject', 'moderation.takedown', 'moderation.restore', 'objection.decide', 'report.dismiss')) NOT VALID;
