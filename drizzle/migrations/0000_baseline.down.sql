-- Drops all data. The role stays: other databases of the cluster may use it.
DROP TABLE abuse_strikes, account_writes, accounts, admin_audit, admin_audit_outcomes, avatar_generations, avatar_presets,
  avatar_projects, avatar_tombstones, avatar_usage_history, avatars, batches, credit_transfers, erased_subjects,
  generation_hours, image_checks, new_generations, notifications, provider_attempts, provider_callbacks,
  provider_circuits, provider_limits, provider_spending, provider_switches, rate_limits, stored_objects,
  subject_keys, uploads, usage_hours, webhook_deliveries, webhooks;
REVOKE USAGE ON SCHEMA public FROM avatar_app;
DROP EXTENSION btree_gin;
DROP EXTENSION pg_trgm;
