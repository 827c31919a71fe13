DROP INDEX avatars_taken_down;
-- An image that was taken down stays hidden from users: the earlier release lets admins decide it again.
UPDATE avatars SET review = 'needs_review' WHERE review = 'taken_down';
ALTER TABLE avatars DROP CONSTRAINT avatars_review;
ALTER TABLE avatars ADD CONSTRAINT avatars_review CHECK (review IN ('clear', 'needs_review', 'approved'));
ALTER TABLE avatars DROP COLUMN takedown_reason;
DELETE FROM notifications WHERE kind IN ('avatar_taken_down', 'avatar_restored', 'objection_allowed', 'objection_refused');
ALTER TABLE notifications DROP CONSTRAINT notifications_kind;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind CHECK (kind IN ('avatar_completed', 'generation_failed', 'needs_review', 'avatar_rejected', 'webhook_disabled'));
DELETE FROM webhook_deliveries WHERE event = 'avatar.taken_down';
ALTER TABLE webhook_deliveries DROP CONSTRAINT webhook_deliveries_event;
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_event CHECK (event IN ('generation.completed', 'generation.failed', 'generation.cancelled', 'avatar.needs_review', 'avatar.approved', 'avatar.rejected'));
-- What admins did stays on record.
ALTER TABLE admin_audit DROP CONSTRAINT admin_audit_act;
ALTER TABLE admin_audit ADD CONSTRAINT admin_audit_act CHECK (act IN ('account.read', 'account.refund', 'account.grant_starter', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'generation.read', 'generation.prioritize', 'usage.read', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject')) NOT VALID;
ALTER TABLE abuse_strikes DROP COLUMN forgiven_at;
DROP TABLE moderation_objections;
DROP TABLE avatar_reports;
