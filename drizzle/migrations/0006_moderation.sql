CREATE TABLE "avatar_reports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"avatar_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"statement" text NOT NULL,
	"decision" text,
	"decided_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "avatar_reports_once" UNIQUE("account_id","avatar_id","kind"),
	CONSTRAINT "avatar_reports_kind" CHECK (kind IN ('likeness', 'copyright', 'other')),
	CONSTRAINT "avatar_reports_decision" CHECK (decision IN ('taken_down', 'dismissed')),
	CONSTRAINT "avatar_reports_statement_length" CHECK (char_length(statement) BETWEEN 1 AND 2000),
	CONSTRAINT "avatar_reports_decided" CHECK ((decision IS NULL) = (decided_at IS NULL))
);--> statement-breakpoint
CREATE TABLE "moderation_objections" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"digest" text NOT NULL,
	"paths" text[] NOT NULL,
	"texts" text[] NOT NULL,
	"terms" text[] NOT NULL,
	"comment" text,
	"decision" text,
	"decided_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "moderation_objections_once" UNIQUE("account_id","digest"),
	CONSTRAINT "moderation_objections_rule" CHECK (rule IN ('minor_sexual', 'real_person_sexual', 'hate', 'obscene')),
	CONSTRAINT "moderation_objections_decision" CHECK (decision IN ('allowed', 'refused')),
	CONSTRAINT "moderation_objections_digest" CHECK (digest ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "moderation_objections_texts" CHECK (cardinality(texts) BETWEEN 1 AND 2),
	CONSTRAINT "moderation_objections_comment_length" CHECK (char_length(comment) BETWEEN 1 AND 500),
	CONSTRAINT "moderation_objections_decided" CHECK ((decision IS NULL) = (decided_at IS NULL))
);--> statement-breakpoint
ALTER TABLE "avatar_reports" ADD CONSTRAINT "avatar_reports_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_reports" ADD CONSTRAINT "avatar_reports_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderation_objections" ADD CONSTRAINT "moderation_objections_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "avatar_reports_avatar" ON "avatar_reports" USING btree ("avatar_id");--> statement-breakpoint
CREATE INDEX "avatar_reports_open" ON "avatar_reports" USING btree ("created_at","id") WHERE decision IS NULL;--> statement-breakpoint
CREATE INDEX "moderation_objections_open" ON "moderation_objections" USING btree ("created_at","id") WHERE decision IS NULL;--> statement-breakpoint
GRANT SELECT ON moderation_objections TO avatar_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON avatar_reports TO avatar_app;--> statement-breakpoint
ALTER TABLE "abuse_strikes" ADD COLUMN "forgiven_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "avatars" ADD COLUMN "takedown_reason" text;--> statement-breakpoint
ALTER TABLE "admin_audit" DROP CONSTRAINT "admin_audit_act";--> statement-breakpoint
ALTER TABLE "admin_audit" ADD CONSTRAINT "admin_audit_act" CHECK (act IN ('account.read', 'account.refund', 'account.grant_starter', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'generation.read', 'generation.prioritize', 'usage.read', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject', 'moderation.takedown', 'moderation.restore', 'objection.decide', 'report.dismiss')) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_takedown_reason_length" CHECK (char_length(takedown_reason) BETWEEN 1 AND 500) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatars" DROP CONSTRAINT "avatars_review";--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_review" CHECK (review IN ('clear', 'needs_review', 'approved', 'taken_down')) NOT VALID;--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK (kind IN ('avatar_completed', 'generation_failed', 'needs_review', 'avatar_rejected', 'avatar_taken_down', 'avatar_restored', 'objection_allowed', 'objection_refused', 'webhook_disabled')) NOT VALID;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" DROP CONSTRAINT "webhook_deliveries_event";--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event" CHECK (event IN ('generation.completed', 'generation.failed', 'generation.cancelled', 'avatar.needs_review', 'avatar.approved', 'avatar.rejected', 'avatar.taken_down')) NOT VALID;--> statement-breakpoint
ALTER TABLE "admin_audit" VALIDATE CONSTRAINT "admin_audit_act";--> statement-breakpoint
ALTER TABLE "avatars" VALIDATE CONSTRAINT "avatars_takedown_reason_length";--> statement-breakpoint
ALTER TABLE "avatars" VALIDATE CONSTRAINT "avatars_review";--> statement-breakpoint
ALTER TABLE "notifications" VALIDATE CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "webhook_deliveries" VALIDATE CONSTRAINT "webhook_deliveries_event";--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatars_taken_down" ON "avatars" USING btree ("created_at","id") WHERE review = 'taken_down';--> statement-breakpoint
DROP TRIGGER IF EXISTS avatar_generations_refused_prompt ON avatar_generations;--> statement-breakpoint
DROP FUNCTION IF EXISTS add_refused_prompt_strike();
