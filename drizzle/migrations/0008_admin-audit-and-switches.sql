CREATE TABLE "admin_audit" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"actor_id" uuid NOT NULL,
	"act" text NOT NULL,
	"target" text,
	"body" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"request_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "admin_audit_act" CHECK (act IN ('account.read', 'account.refund', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject')),
	CONSTRAINT "admin_audit_target_length" CHECK (char_length(target) BETWEEN 1 AND 100),
	CONSTRAINT "admin_audit_request_id_length" CHECK (char_length(request_id) BETWEEN 1 AND 100),
	CONSTRAINT "admin_audit_body_shape" CHECK (jsonb_typeof(body) = 'object' AND octet_length(body::text) <= 65536)
);
--> statement-breakpoint
CREATE TABLE "admin_audit_outcomes" (
	"audit_id" uuid PRIMARY KEY NOT NULL,
	"outcome" text NOT NULL,
	"status" smallint NOT NULL,
	"result" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"ended_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "admin_audit_outcomes_outcome" CHECK (outcome IN ('done', 'refused', 'failed')),
	CONSTRAINT "admin_audit_outcomes_result_shape" CHECK (jsonb_typeof(result) = 'object' AND octet_length(result::text) <= 65536)
);
--> statement-breakpoint
CREATE TABLE "new_generations" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"paused" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_by" uuid NOT NULL,
	CONSTRAINT "new_generations_only" CHECK ("only")
);
--> statement-breakpoint
CREATE TABLE "provider_switches" (
	"provider" text PRIMARY KEY NOT NULL,
	"enabled" boolean NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_by" uuid NOT NULL,
	CONSTRAINT "provider_switches_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator'))
);
--> statement-breakpoint
ALTER TABLE "admin_audit_outcomes" ADD CONSTRAINT "admin_audit_outcomes_audit_id_admin_audit_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."admin_audit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "admin_audit_list" ON "admin_audit" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "admin_audit_actor" ON "admin_audit" USING btree ("actor_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "admin_audit_act" ON "admin_audit" USING btree ("act","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "admin_audit_target" ON "admin_audit" USING btree ("target","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
-- The audit log is append-only; the application may only insert.
CREATE TRIGGER admin_audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_audit
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
CREATE TRIGGER admin_audit_outcomes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_audit_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
--> statement-breakpoint
GRANT SELECT, INSERT ON admin_audit, admin_audit_outcomes TO avatar_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON new_generations, provider_switches TO avatar_app;
