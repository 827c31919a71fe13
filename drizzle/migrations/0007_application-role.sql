-- The application's role owns nothing. Roles belong to the whole cluster: it may exist already, or another database may be
-- creating it at this moment. The server's operator sets its password.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'avatar_app') THEN
    CREATE ROLE avatar_app LOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO avatar_app;
--> statement-breakpoint
-- By default everyone may execute a function.
REVOKE ALL ON FUNCTION ledger_clock(), apply_transfer(), forbid_change(), change_generation(), announce_generation(), announce_notification(), add_avatar_tombstone(),
  open_account(text, text, text, int, int, bigint), topup_account(uuid, bigint, text), reserve_generation(uuid, bigint),
  release_generation(uuid, text, text, text, text, text), record_avatar(uuid, jsonb), refund_generation(uuid, text), delete_unanswered_generations(bigint, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION open_account(text, text, text, int, int, bigint), topup_account(uuid, bigint, text), reserve_generation(uuid, bigint),
  release_generation(uuid, text, text, text, text, text), record_avatar(uuid, jsonb), refund_generation(uuid, text), delete_unanswered_generations(bigint, int) TO avatar_app;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO avatar_app;
--> statement-breakpoint
-- Credits, status and delivery change only through the functions above.
GRANT UPDATE (subject, display_name) ON accounts TO avatar_app;
--> statement-breakpoint
GRANT INSERT (id, account_id, project_id, batch_id, source_type, request, request_hash, idempotency_key, price, tier, priority, plan, seed, built_prompt)
  ON avatar_generations TO avatar_app;
--> statement-breakpoint
GRANT UPDATE (status, stage, request, priority, admission_number, refusal, accepted_at, plan, built_prompt, provider, model, cancel_requested_at, cancel_reason)
  ON avatar_generations TO avatar_app;
--> statement-breakpoint
GRANT UPDATE (project_id, name, persona, attributes, prompt, usage_count, last_used_at, trashed_at, updated_at), DELETE ON avatars TO avatar_app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON provider_attempts, provider_limits, batches TO avatar_app;
--> statement-breakpoint
GRANT INSERT, UPDATE, DELETE ON avatar_projects, avatar_presets, avatar_usage_history, uploads, notifications, stored_objects TO avatar_app;
