ALTER TABLE "admin_audit" DROP CONSTRAINT "admin_audit_act";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "folded_identity" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "assigned_tier" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_assigned_tier" CHECK (assigned_tier IN ('free', 'plus', 'pro')) NOT VALID;--> statement-breakpoint
ALTER TABLE "admin_audit" ADD CONSTRAINT "admin_audit_act" CHECK (act IN ('account.read', 'account.search', 'account.refund', 'account.grant_starter', 'account.grant', 'account.tier', 'account.block', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'generation.read', 'generation.prioritize', 'usage.read', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject', 'moderation.takedown', 'moderation.restore', 'objection.decide', 'report.dismiss')) NOT VALID;--> statement-breakpoint
ALTER TABLE "accounts" VALIDATE CONSTRAINT "accounts_assigned_tier";--> statement-breakpoint
ALTER TABLE "admin_audit" VALIDATE CONSTRAINT "admin_audit_act";--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "accounts_newest" ON "accounts" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "accounts_folded_identity" ON "accounts" USING gin (folded_identity gin_trgm_ops);
