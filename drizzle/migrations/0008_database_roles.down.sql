-- The roles stay: they belong to the cluster, and other databases may use them.
REVOKE ALL ON abuse_strikes, account_writes, accounts, admin_audit, admin_audit_outcomes, api_keys, avatar_generations,
  avatar_presets, avatar_projects, avatar_reports, avatar_usage_history, avatars, batches, credit_transfers,
  generation_hours, image_checks, moderation_objections, new_generations, notifications, preset_uses, provider_attempts,
  provider_callbacks, provider_circuits, provider_limits, provider_spending, provider_switches, rate_limits, retry_keys,
  starter_withholdings, stored_objects, uploads, usage_hours, webhook_deliveries, webhooks
  FROM avatar_api, avatar_worker;
REVOKE USAGE ON SCHEMA public FROM avatar_api, avatar_worker;
