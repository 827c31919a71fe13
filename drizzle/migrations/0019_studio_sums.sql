CREATE TABLE "studio_generation_hours" (
	"hour" timestamp (3) with time zone NOT NULL,
	"provider" text,
	"completed" integer NOT NULL,
	"failed" integer NOT NULL,
	"captured" bigint NOT NULL,
	"refunded" bigint NOT NULL,
	"cost_usd" numeric(12, 6) NOT NULL,
	CONSTRAINT "studio_generation_hours_key" UNIQUE NULLS NOT DISTINCT("hour","provider"),
	CONSTRAINT "studio_generation_hours_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "studio_generation_hours_counts" CHECK (completed >= 0 AND failed >= 0 AND captured >= 0 AND refunded >= 0)
);
--> statement-breakpoint
CREATE TABLE "studio_sums" (
	"kind" text PRIMARY KEY NOT NULL,
	"up_to_account_id" uuid NOT NULL,
	CONSTRAINT "studio_sums_kind" CHECK (kind IN ('generations', 'usage'))
);
--> statement-breakpoint
CREATE TABLE "studio_usage_changes" (
	"account_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"app_id" text NOT NULL,
	"app_name" text NOT NULL,
	"uses" integer NOT NULL,
	"deleted_uses" integer NOT NULL,
	CONSTRAINT "studio_usage_changes_app_id_length" CHECK (char_length(app_id) BETWEEN 1 AND 100),
	CONSTRAINT "studio_usage_changes_app_name_length" CHECK (char_length(app_name) BETWEEN 1 AND 400)
);
--> statement-breakpoint
CREATE TABLE "studio_usage_hours" (
	"hour" timestamp (3) with time zone NOT NULL,
	"app_id" text NOT NULL,
	"app_name" text NOT NULL,
	"uses" integer NOT NULL,
	"deleted_uses" integer NOT NULL,
	CONSTRAINT "studio_usage_hours_key" UNIQUE("hour","app_id"),
	CONSTRAINT "studio_usage_hours_app_id_length" CHECK (char_length(app_id) BETWEEN 1 AND 100),
	CONSTRAINT "studio_usage_hours_app_name_length" CHECK (char_length(app_name) BETWEEN 1 AND 400)
);
--> statement-breakpoint
-- No account is summed yet: the reconciler does it in batches, and readers add the rest. A later release, whose databases are all
-- complete, drops studio_sums and studio_usage_changes.account_id.
INSERT INTO studio_sums (kind, up_to_account_id) VALUES
	('generations', '00000000-0000-0000-0000-000000000000'), ('usage', '00000000-0000-0000-0000-000000000000');
