CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"start" text NOT NULL,
	"digest" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_digest_key" UNIQUE("digest"),
	CONSTRAINT "api_keys_name_length" CHECK (char_length(name) BETWEEN 1 AND 100),
	CONSTRAINT "api_keys_start_length" CHECK (char_length(start) BETWEEN 1 AND 20),
	CONSTRAINT "api_keys_digest" CHECK (digest ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_account" ON "api_keys" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON api_keys TO avatar_app;--> statement-breakpoint
ALTER TABLE "admin_audit" DROP CONSTRAINT "admin_audit_act";--> statement-breakpoint
ALTER TABLE "admin_audit" ADD CONSTRAINT "admin_audit_act" CHECK (act IN ('account.read', 'account.refund', 'new_generations.set', 'provider.set', 'generations.cancel', 'generation.diagnose', 'generation.read', 'generation.prioritize', 'usage.read', 'reconcile.trigger', 'moderation.read', 'moderation.approve', 'moderation.reject')) NOT VALID;--> statement-breakpoint
ALTER TABLE "webhooks" DROP CONSTRAINT "webhooks_secret_length";--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_secret_length" CHECK (char_length(secret) BETWEEN 1 AND 200) NOT VALID;--> statement-breakpoint
ALTER TABLE "webhooks" DROP CONSTRAINT "webhooks_old_secret_length";--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_old_secret_length" CHECK (char_length(old_secret) BETWEEN 1 AND 200) NOT VALID;--> statement-breakpoint
ALTER TABLE "admin_audit" VALIDATE CONSTRAINT "admin_audit_act";--> statement-breakpoint
ALTER TABLE "webhooks" VALIDATE CONSTRAINT "webhooks_secret_length";--> statement-breakpoint
ALTER TABLE "webhooks" VALIDATE CONSTRAINT "webhooks_old_secret_length";
