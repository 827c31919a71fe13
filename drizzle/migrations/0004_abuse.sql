CREATE TABLE "starter_addresses" (
	"digest" text PRIMARY KEY NOT NULL,
	CONSTRAINT "starter_addresses_digest" CHECK (digest ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "starter_signals" (
	"kind" text NOT NULL,
	"digest" text NOT NULL,
	"grants" integer DEFAULT 0 NOT NULL,
	"window_ends_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "starter_signals_pkey" PRIMARY KEY("kind","digest"),
	CONSTRAINT "starter_signals_kind" CHECK (kind IN ('network', 'device')),
	CONSTRAINT "starter_signals_digest" CHECK (digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "starter_signals_grants_nonneg" CHECK (grants >= 0)
);
--> statement-breakpoint
CREATE INDEX "starter_signals_ended" ON "starter_signals" USING btree ("window_ends_at");--> statement-breakpoint
CREATE TABLE "starter_withholdings" (
	"account_id" uuid PRIMARY KEY NOT NULL CONSTRAINT "starter_withholdings_account_id_accounts_id_fk" REFERENCES "accounts"("id") ON DELETE cascade,
	"reason" text NOT NULL,
	"retry_at" timestamp (3) with time zone,
	"network" text,
	"withheld_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "starter_withholdings_reason" CHECK (reason IN ('network', 'device', 'address')),
	CONSTRAINT "starter_withholdings_network" CHECK (network ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE INDEX "starter_withholdings_newest" ON "starter_withholdings" USING btree ("withheld_at" DESC NULLS FIRST);--> statement-breakpoint
GRANT SELECT ON starter_withholdings TO avatar_app;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "hour" timestamp (3) with time zone DEFAULT 'epoch' NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "hour_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "hourly_limit" integer;--> statement-breakpoint
ALTER TABLE "credit_transfers" ADD COLUMN "client_id" uuid;--> statement-breakpoint
ALTER TABLE "abuse_strikes" DROP CONSTRAINT "abuse_strikes_kind";--> statement-breakpoint
ALTER TABLE "abuse_strikes" ADD CONSTRAINT "abuse_strikes_kind" CHECK (kind IN ('refused_prompt', 'unpaid', 'hourly_limit')) NOT VALID;--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_limits_nonneg";--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_limits_nonneg" CHECK (daily_limit >= 0 AND unfinished_limit >= 0 AND hourly_limit >= 0) NOT VALID;--> statement-breakpoint
ALTER TABLE "admin_audit" DROP CONSTRAINT "admin_audit_act";--> statement-breakpoint
ALTER TABLE "admin_audit" ADD CONSTRAINT "admin_audit_act" CHECK (act IN ('account.read', 'account.refund', 'account.grant_starter', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'generation.read', 'generation.prioritize', 'usage.read', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject')) NOT VALID;--> statement-breakpoint
ALTER TABLE "batches" DROP CONSTRAINT "batches_refusal";--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_refusal" CHECK (refusal IN ('insufficient_credits', 'daily_limit', 'hourly_limit', 'too_many_pending')) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_generations" DROP CONSTRAINT "avatar_generations_refusal";--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD CONSTRAINT "avatar_generations_refusal" CHECK (refusal IN ('insufficient_credits', 'daily_limit', 'hourly_limit', 'too_many_pending')) NOT VALID;--> statement-breakpoint
ALTER TABLE "abuse_strikes" VALIDATE CONSTRAINT "abuse_strikes_kind";--> statement-breakpoint
ALTER TABLE "accounts" VALIDATE CONSTRAINT "accounts_limits_nonneg";--> statement-breakpoint
ALTER TABLE "admin_audit" VALIDATE CONSTRAINT "admin_audit_act";--> statement-breakpoint
ALTER TABLE "batches" VALIDATE CONSTRAINT "batches_refusal";--> statement-breakpoint
ALTER TABLE "avatar_generations" VALIDATE CONSTRAINT "avatar_generations_refusal";--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "credit_transfers_payments" ON "credit_transfers" USING btree ("created_at" DESC NULLS FIRST) WHERE kind = 'topup' AND reference <> 'starter';--> statement-breakpoint
-- batches
UPDATE accounts SET hourly_limit = CASE tier WHEN 'free' THEN 40 WHEN 'plus' THEN 160 WHEN 'pro' THEN 800 ELSE 50000 END
  WHERE ctid = ANY (ARRAY(SELECT ctid FROM accounts WHERE hourly_limit IS NULL LIMIT 1000));
