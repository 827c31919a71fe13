ALTER TABLE "admin_audit" DROP CONSTRAINT "admin_audit_act";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "blocked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "admin_audit" ADD CONSTRAINT "admin_audit_act" CHECK (act IN ('account.read', 'account.refund', 'account.grant_starter', 'account.block', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'generation.read', 'generation.prioritize', 'usage.read', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject', 'moderation.takedown', 'moderation.restore', 'objection.decide', 'report.dismiss')) NOT VALID;--> statement-breakpoint
ALTER TABLE "admin_audit" VALIDATE CONSTRAINT "admin_audit_act";
