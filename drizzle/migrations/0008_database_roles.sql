-- A role for each process, with what it needs. `avatar_app`, the one role of earlier releases, is a member of both.
-- tests/support/database/role-privileges.ts states the result; a test compares.
-- Roles belong to the whole cluster: another database may have created them, or may be creating them at this moment.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'avatar_api') THEN
    CREATE ROLE avatar_api LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'avatar_worker') THEN
    CREATE ROLE avatar_worker LOGIN;
  END IF;
  IF NOT pg_has_role('avatar_app', 'avatar_api', 'MEMBER') THEN
    GRANT avatar_api TO avatar_app;
  END IF;
  IF NOT pg_has_role('avatar_app', 'avatar_worker', 'MEMBER') THEN
    GRANT avatar_worker TO avatar_app;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO avatar_api, avatar_worker;
--> statement-breakpoint
-- The API: what users and admins change. It reads credits, statuses and deliveries; functions and the workers change them.
GRANT SELECT ON abuse_strikes, accounts, avatar_generations, avatars, batches, credit_transfers, generation_hours, image_checks,
  moderation_objections, notifications, preset_uses, provider_attempts, provider_circuits, provider_limits, provider_spending,
  starter_withholdings, stored_objects, usage_hours, webhook_deliveries TO avatar_api;
--> statement-breakpoint
GRANT SELECT, INSERT ON admin_audit, admin_audit_outcomes, avatar_reports, avatar_usage_history, provider_callbacks, retry_keys,
  uploads TO avatar_api;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON account_writes, avatar_projects, new_generations, provider_switches TO avatar_api;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON api_keys, avatar_presets, rate_limits, webhooks TO avatar_api;
--> statement-breakpoint
GRANT UPDATE (defaults) ON accounts TO avatar_api;
--> statement-breakpoint
GRANT INSERT (account_id, batch_id, built_prompt, choice, id, idempotency_key, plan, price, priority, project_id,
  request, request_hash, retry_of, seed, source_type, tier) ON avatar_generations TO avatar_api;
--> statement-breakpoint
GRANT UPDATE (accepted_at, admission_number, cancel_reason, cancel_requested_at, priority, refusal) ON avatar_generations
  TO avatar_api;
--> statement-breakpoint
GRANT INSERT, UPDATE (accepted_at, admission_number, cancelled_at, refusal) ON batches TO avatar_api;
--> statement-breakpoint
GRANT DELETE, UPDATE (attributes, last_used_at, name, persona, project_id, prompt, style, trashed_at, updated_at, usage_count)
  ON avatars TO avatar_api;
--> statement-breakpoint
GRANT UPDATE (decided_at, decision) ON avatar_reports TO avatar_api;
--> statement-breakpoint
GRANT UPDATE (read_at) ON notifications TO avatar_api;
--> statement-breakpoint
GRANT UPDATE (called_back_at, called_back_job) ON provider_attempts TO avatar_api;
--> statement-breakpoint
-- What is uploaded, and its removal when the request is refused; images and thumbnails are registered by the workers.
GRANT DELETE, INSERT (account_id, bytes, generation_id, kind, name), UPDATE (bytes, created_at) ON stored_objects TO avatar_api;
--> statement-breakpoint
-- Workers: what generating, delivering and removing an avatar changes. No sign-in, API keys, audit or settings of users.
GRANT SELECT ON accounts, avatar_generations, avatars, batches, credit_transfers, new_generations, provider_spending,
  provider_switches, webhooks TO avatar_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON image_checks, provider_attempts, provider_circuits, provider_limits TO avatar_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON stored_objects TO avatar_worker;
--> statement-breakpoint
GRANT SELECT, DELETE ON provider_callbacks, uploads TO avatar_worker;
--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON webhook_deliveries TO avatar_worker;
--> statement-breakpoint
GRANT INSERT ON notifications TO avatar_worker;
--> statement-breakpoint
-- It marks cancels too: a late run of an attempt must find that its generation was settled.
GRANT UPDATE (admission_number, cancel_reason, cancel_requested_at, model, overdue_at, priority, provider, refusal, stage, status)
  ON avatar_generations TO avatar_worker;
--> statement-breakpoint
GRANT UPDATE (admission_number, refusal) ON batches TO avatar_worker;
--> statement-breakpoint
-- How deliveries went; never an address or a secret.
GRANT UPDATE (consecutive_dead, disabled_reason, enabled, last_delivered_at, updated_at) ON webhooks TO avatar_worker;
--> statement-breakpoint
-- Emptying the trash locks what it deletes, which takes the privilege to update a column.
GRANT DELETE, UPDATE (trashed_at) ON avatars TO avatar_worker;
