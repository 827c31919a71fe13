CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"subject" text,
	"display_name" text,
	"tier" text DEFAULT 'free' NOT NULL,
	"posted" bigint DEFAULT 0 NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	"day" date DEFAULT '-infinity' NOT NULL,
	"day_count" integer DEFAULT 0 NOT NULL,
	"daily_limit" integer NOT NULL,
	"unfinished" integer DEFAULT 0 NOT NULL,
	"unfinished_limit" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_subject_key" UNIQUE("subject"),
	CONSTRAINT "accounts_tier" CHECK (tier IN ('free', 'plus', 'pro', 'service')),
	CONSTRAINT "accounts_subject_length" CHECK (char_length(subject) BETWEEN 1 AND 255),
	CONSTRAINT "accounts_display_name_length" CHECK (char_length(display_name) BETWEEN 1 AND 100),
	CONSTRAINT "accounts_posted_nonneg" CHECK (posted >= 0),
	CONSTRAINT "accounts_held_nonneg" CHECK (held >= 0),
	CONSTRAINT "accounts_insufficient" CHECK (held <= posted),
	CONSTRAINT "accounts_unfinished_nonneg" CHECK (unfinished >= 0),
	CONSTRAINT "accounts_limits_nonneg" CHECK (daily_limit >= 0 AND unfinished_limit >= 0)
);
--> statement-breakpoint
CREATE TABLE "provider_attempts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"generation_id" uuid NOT NULL,
	"ordinal" smallint NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"external_id" text,
	"state" text DEFAULT 'created' NOT NULL,
	"cancel_requested_at" timestamp (3) with time zone,
	"staged_object" text,
	"credit" text,
	"cost_usd" numeric(12, 6),
	"latency_ms" integer,
	"failure_kind" text,
	"failure_message" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"submitting_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "provider_attempts_ordinal_key" UNIQUE("generation_id","ordinal"),
	CONSTRAINT "provider_attempts_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "provider_attempts_state" CHECK (state IN ('created', 'submitting', 'submitted', 'succeeded', 'failed', 'cancelled')),
	CONSTRAINT "provider_attempts_failure_kind" CHECK (failure_kind IN ('rate_limited', 'moderated', 'invalid_input', 'auth', 'insufficient_funds', 'transient', 'timeout', 'cancelled', 'corrupt_output')),
	CONSTRAINT "provider_attempts_ordinal_range" CHECK (ordinal BETWEEN 0 AND 99),
	CONSTRAINT "provider_attempts_model_length" CHECK (char_length(model) BETWEEN 1 AND 200),
	CONSTRAINT "provider_attempts_external_id_length" CHECK (char_length(external_id) BETWEEN 1 AND 200),
	CONSTRAINT "provider_attempts_staged_object_length" CHECK (char_length(staged_object) BETWEEN 1 AND 300),
	CONSTRAINT "provider_attempts_credit_length" CHECK (char_length(credit) BETWEEN 1 AND 500),
	CONSTRAINT "provider_attempts_failure_message_length" CHECK (char_length(failure_message) BETWEEN 1 AND 500),
	CONSTRAINT "provider_attempts_latency" CHECK (latency_ms >= 0),
	CONSTRAINT "provider_attempts_succeeded_is_staged" CHECK (state <> 'succeeded' OR staged_object IS NOT NULL),
	CONSTRAINT "provider_attempts_failed_has_kind" CHECK (state <> 'failed' OR failure_kind IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "provider_limits" (
	"provider" text PRIMARY KEY NOT NULL,
	"next_create_at" timestamp with time zone NOT NULL,
	CONSTRAINT "provider_limits_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator'))
);
--> statement-breakpoint
CREATE TABLE "avatar_tombstones" (
	"avatar_id" uuid PRIMARY KEY NOT NULL,
	"generation_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"deleted_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "avatar_tombstones_generation_key" UNIQUE("generation_id")
);
--> statement-breakpoint
CREATE TABLE "avatars" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"generation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"persona" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"source_type" text NOT NULL,
	"style" text,
	"prompt" text,
	"seed" bigint,
	"provider" text,
	"model" text,
	"cost_usd" numeric(12, 6),
	"credit" text,
	"image_object" text NOT NULL,
	"thumbnail_object" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"thumbhash" text,
	"usage_count" integer DEFAULT 0 NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"trashed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"search_text" text GENERATED ALWAYS AS (lower(name || ' ' || coalesce(persona->>'name', '') || ' ' || coalesce(persona->>'background', '') || ' ' || coalesce(prompt, ''))) STORED NOT NULL,
	CONSTRAINT "avatars_generation_key" UNIQUE("generation_id"),
	CONSTRAINT "avatars_image_object_key" UNIQUE("image_object"),
	CONSTRAINT "avatars_thumbnail_object_key" UNIQUE("thumbnail_object"),
	CONSTRAINT "avatars_source_type" CHECK (source_type IN ('text_to_image', 'from_preset', 'from_reference', 'upload')),
	CONSTRAINT "avatars_style" CHECK (style IN ('photorealistic', 'anime', 'chibi', '3d', 'clay', 'comic', 'vector', 'fantasy', 'sci-fi', 'cyberpunk', 'post-apocalyptic', 'classical', 'watercolor', 'pixel', 'noir')),
	CONSTRAINT "avatars_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "avatars_name_length" CHECK (char_length(name) BETWEEN 1 AND 100),
	CONSTRAINT "avatars_prompt_length" CHECK (char_length(prompt) BETWEEN 0 AND 2000),
	CONSTRAINT "avatars_model_length" CHECK (char_length(model) BETWEEN 1 AND 200),
	CONSTRAINT "avatars_credit_length" CHECK (char_length(credit) BETWEEN 1 AND 500),
	CONSTRAINT "avatars_image_object_length" CHECK (char_length(image_object) BETWEEN 1 AND 300),
	CONSTRAINT "avatars_thumbnail_object_length" CHECK (char_length(thumbnail_object) BETWEEN 1 AND 300),
	CONSTRAINT "avatars_thumbhash_length" CHECK (char_length(thumbhash) BETWEEN 1 AND 100),
	CONSTRAINT "avatars_seed_range" CHECK (seed BETWEEN 0 AND 4294967295),
	CONSTRAINT "avatars_width_range" CHECK (width BETWEEN 1 AND 16384),
	CONSTRAINT "avatars_height_range" CHECK (height BETWEEN 1 AND 16384),
	CONSTRAINT "avatars_bytes" CHECK (bytes > 0),
	CONSTRAINT "avatars_usage_count" CHECK (usage_count >= 0),
	CONSTRAINT "avatars_sha256" CHECK (sha256 ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "avatars_persona_shape" CHECK (jsonb_typeof(persona) = 'object' AND persona - ARRAY['name', 'age', 'personality', 'background']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(persona->'name'), 'string') = 'string' AND coalesce(jsonb_typeof(persona->'age'), 'number') = 'number' AND coalesce(jsonb_typeof(persona->'personality'), 'array') = 'array' AND coalesce(jsonb_typeof(persona->'background'), 'string') = 'string' AND octet_length(persona::text) <= 8192),
	CONSTRAINT "avatars_attributes_shape" CHECK (jsonb_typeof(attributes) = 'object' AND attributes - ARRAY['gender', 'ageRange', 'ethnicity', 'bodyType', 'hairStyle', 'hairColor', 'eyeColor', 'skinTone', 'style']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(attributes->'gender'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'ageRange'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'ethnicity'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'bodyType'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'hairStyle'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'hairColor'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'eyeColor'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'skinTone'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'style'), 'string') = 'string' AND octet_length(attributes::text) <= 2048)
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"project_id" uuid,
	"size" integer NOT NULL,
	"request_hash" text NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "batches_size_range" CHECK (size BETWEEN 1 AND 50),
	CONSTRAINT "batches_request_hash" CHECK (request_hash ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "credit_transfers" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"account_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"generation_id" uuid,
	"parent_id" uuid,
	"parent_kind" text GENERATED ALWAYS AS (CASE kind WHEN 'capture' THEN 'reserve' WHEN 'release' THEN 'reserve' WHEN 'refund' THEN 'capture' END) STORED,
	"reference" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credit_transfers_fk_target" UNIQUE("id","kind","account_id","amount","generation_id"),
	CONSTRAINT "credit_transfers_kind" CHECK (kind IN ('topup', 'reserve', 'capture', 'release', 'refund')),
	CONSTRAINT "credit_transfers_reference_length" CHECK (char_length(reference) BETWEEN 1 AND 255),
	CONSTRAINT "credit_transfers_amount" CHECK (amount BETWEEN 1 AND 1000000000),
	CONSTRAINT "credit_transfers_parent_by_kind" CHECK ((parent_id IS NULL) = (kind IN ('topup', 'reserve'))),
	CONSTRAINT "credit_transfers_generation_by_kind" CHECK ((generation_id IS NULL) = (kind = 'topup')),
	CONSTRAINT "credit_transfers_topup_reference" CHECK (kind <> 'topup' OR reference IS NOT NULL)
);
--> statement-breakpoint
CREATE TABLE "avatar_generations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"project_id" uuid,
	"batch_id" uuid,
	"status" text DEFAULT 'requested' NOT NULL,
	"stage" text DEFAULT 'admitting' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"source_type" text NOT NULL,
	"request" jsonb NOT NULL,
	"request_hash" text NOT NULL,
	"idempotency_key" text,
	"price" integer NOT NULL,
	"tier" text NOT NULL,
	"priority" smallint NOT NULL,
	"priority_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"admission_number" integer DEFAULT 0 NOT NULL,
	"refusal" text,
	"accepted_at" timestamp (3) with time zone,
	"plan" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"seed" bigint,
	"built_prompt" text,
	"provider" text,
	"model" text,
	"cost_usd" numeric(12, 6),
	"failure_code" text,
	"failure_message" text,
	"credits_returned" boolean DEFAULT false NOT NULL,
	"cancel_requested_at" timestamp (3) with time zone,
	"cancel_reason" text,
	"cancelled_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"pending_at" timestamp (3) with time zone,
	"processing_at" timestamp (3) with time zone,
	"saving_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"deadline_at" timestamp (3) with time zone,
	CONSTRAINT "avatar_generations_status" CHECK (status IN ('requested', 'pending', 'processing', 'completed', 'failed', 'cancelled')),
	CONSTRAINT "avatar_generations_stage" CHECK (stage IN ('admitting', 'queued', 'generating', 'checking', 'saving', 'recording', 'done')),
	CONSTRAINT "avatar_generations_source_type" CHECK (source_type IN ('text_to_image', 'from_preset', 'from_reference', 'upload')),
	CONSTRAINT "avatar_generations_tier" CHECK (tier IN ('free', 'plus', 'pro', 'service')),
	CONSTRAINT "avatar_generations_refusal" CHECK (refusal IN ('insufficient_credits', 'daily_limit', 'too_many_pending')),
	CONSTRAINT "avatar_generations_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "avatar_generations_failure_code" CHECK (failure_code IN ('providers_unavailable', 'prompt_rejected', 'image_rejected', 'invalid_request', 'corrupt_image', 'storage_unavailable', 'deadline', 'interrupted', 'admission_unavailable', 'internal')),
	CONSTRAINT "avatar_generations_priority_range" CHECK (priority BETWEEN 1 AND 5),
	CONSTRAINT "avatar_generations_price_range" CHECK (price BETWEEN 1 AND 1000000),
	CONSTRAINT "avatar_generations_seed_range" CHECK (seed BETWEEN 0 AND 4294967295),
	CONSTRAINT "avatar_generations_admission_number_range" CHECK (admission_number BETWEEN 0 AND 1000000),
	CONSTRAINT "avatar_generations_idempotency_key_length" CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
	CONSTRAINT "avatar_generations_built_prompt_length" CHECK (char_length(built_prompt) BETWEEN 0 AND 2000),
	CONSTRAINT "avatar_generations_model_length" CHECK (char_length(model) BETWEEN 1 AND 200),
	CONSTRAINT "avatar_generations_failure_message_length" CHECK (char_length(failure_message) BETWEEN 1 AND 500),
	CONSTRAINT "avatar_generations_cancel_reason_length" CHECK (char_length(cancel_reason) BETWEEN 1 AND 200),
	CONSTRAINT "avatar_generations_cancelled_by_length" CHECK (char_length(cancelled_by) BETWEEN 1 AND 100),
	CONSTRAINT "avatar_generations_request_hash" CHECK (request_hash ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "avatar_generations_request_shape" CHECK (jsonb_typeof(request) = 'object' AND octet_length(request::text) <= 16384),
	CONSTRAINT "avatar_generations_plan_shape" CHECK (jsonb_typeof(plan) = 'array' AND jsonb_array_length(plan) <= 8 AND octet_length(plan::text) <= 4096),
	CONSTRAINT "avatar_generations_failed_has_code" CHECK ((status = 'failed') = (failure_code IS NOT NULL)),
	CONSTRAINT "avatar_generations_refused_is_requested" CHECK (refusal IS NULL OR status IN ('requested', 'failed', 'cancelled')),
	CONSTRAINT "avatar_generations_final_has_end" CHECK ((status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"generation_id" uuid,
	"avatar_id" uuid,
	"read_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notifications_kind" CHECK (kind IN ('avatar_completed', 'generation_failed', 'needs_review'))
);
--> statement-breakpoint
CREATE TABLE "avatar_presets" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid,
	"category" text NOT NULL,
	"name" text NOT NULL,
	"prompt" text NOT NULL,
	"persona_template" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"preview_object" text,
	"usage_count" integer DEFAULT 0 NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "avatar_presets_category_length" CHECK (char_length(category) BETWEEN 1 AND 60),
	CONSTRAINT "avatar_presets_name_length" CHECK (char_length(name) BETWEEN 1 AND 100),
	CONSTRAINT "avatar_presets_prompt_length" CHECK (char_length(prompt) BETWEEN 1 AND 1000),
	CONSTRAINT "avatar_presets_preview_object_length" CHECK (char_length(preview_object) BETWEEN 1 AND 300),
	CONSTRAINT "avatar_presets_usage_count" CHECK (usage_count >= 0),
	CONSTRAINT "avatar_presets_persona_template_shape" CHECK (jsonb_typeof(persona_template) = 'object' AND persona_template - ARRAY['name', 'age', 'personality', 'background']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(persona_template->'name'), 'string') = 'string' AND coalesce(jsonb_typeof(persona_template->'age'), 'number') = 'number' AND coalesce(jsonb_typeof(persona_template->'personality'), 'array') = 'array' AND coalesce(jsonb_typeof(persona_template->'background'), 'string') = 'string' AND octet_length(persona_template::text) <= 8192),
	CONSTRAINT "avatar_presets_attributes_shape" CHECK (jsonb_typeof(attributes) = 'object' AND attributes - ARRAY['gender', 'ageRange', 'ethnicity', 'bodyType', 'hairStyle', 'hairColor', 'eyeColor', 'skinTone', 'style']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(attributes->'gender'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'ageRange'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'ethnicity'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'bodyType'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'hairStyle'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'hairColor'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'eyeColor'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'skinTone'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'style'), 'string') = 'string' AND octet_length(attributes::text) <= 2048)
);
--> statement-breakpoint
CREATE TABLE "avatar_projects" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "avatar_projects_account_key" UNIQUE("id","account_id"),
	CONSTRAINT "avatar_projects_name_length" CHECK (char_length(name) BETWEEN 1 AND 100),
	CONSTRAINT "avatar_projects_description_length" CHECK (char_length(description) BETWEEN 0 AND 500)
);
--> statement-breakpoint
CREATE TABLE "stored_objects" (
	"name" text PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"bytes" bigint NOT NULL,
	"generation_id" uuid,
	"avatar_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stored_objects_kind" CHECK (kind IN ('image', 'thumbnail', 'staged', 'upload')),
	CONSTRAINT "stored_objects_name_length" CHECK (char_length(name) BETWEEN 1 AND 300),
	CONSTRAINT "stored_objects_bytes" CHECK (bytes >= 0)
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"object" text NOT NULL,
	"mime_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"sha256" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "uploads_object_key" UNIQUE("object"),
	CONSTRAINT "uploads_mime_type" CHECK (mime_type IN ('image/jpeg', 'image/png', 'image/webp')),
	CONSTRAINT "uploads_object_length" CHECK (char_length(object) BETWEEN 1 AND 300),
	CONSTRAINT "uploads_width_range" CHECK (width BETWEEN 1 AND 16384),
	CONSTRAINT "uploads_height_range" CHECK (height BETWEEN 1 AND 16384),
	CONSTRAINT "uploads_bytes" CHECK (bytes > 0),
	CONSTRAINT "uploads_sha256" CHECK (sha256 ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "avatar_usage_history" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"avatar_id" uuid NOT NULL,
	"app_id" text NOT NULL,
	"app_name" text NOT NULL,
	"action" text NOT NULL,
	"reference_id" text,
	"reference_type" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "avatar_usage_history_app_id_length" CHECK (char_length(app_id) BETWEEN 1 AND 100),
	CONSTRAINT "avatar_usage_history_app_name_length" CHECK (char_length(app_name) BETWEEN 1 AND 100),
	CONSTRAINT "avatar_usage_history_action_length" CHECK (char_length(action) BETWEEN 1 AND 100),
	CONSTRAINT "avatar_usage_history_reference_id_length" CHECK (char_length(reference_id) BETWEEN 1 AND 200),
	CONSTRAINT "avatar_usage_history_reference_type_length" CHECK (char_length(reference_type) BETWEEN 1 AND 100),
	CONSTRAINT "avatar_usage_history_metadata_shape" CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 4096)
);
--> statement-breakpoint
ALTER TABLE "provider_attempts" ADD CONSTRAINT "provider_attempts_generation_id_avatar_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."avatar_generations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_generation_id_avatar_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."avatar_generations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_project" FOREIGN KEY ("project_id","account_id") REFERENCES "public"."avatar_projects"("id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_project_id_avatar_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."avatar_projects"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_transfers" ADD CONSTRAINT "credit_transfers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_transfers" ADD CONSTRAINT "credit_transfers_generation_id_avatar_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."avatar_generations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_transfers" ADD CONSTRAINT "credit_transfers_parent" FOREIGN KEY ("parent_id","parent_kind","account_id","amount","generation_id") REFERENCES "public"."credit_transfers"("id","kind","account_id","amount","generation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD CONSTRAINT "avatar_generations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD CONSTRAINT "avatar_generations_batch_id_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batches"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_generation_id_avatar_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."avatar_generations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_projects" ADD CONSTRAINT "avatar_projects_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stored_objects" ADD CONSTRAINT "stored_objects_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_usage_history" ADD CONSTRAINT "avatar_usage_history_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_usage_history" ADD CONSTRAINT "avatar_usage_history_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "provider_attempts_external_key" ON "provider_attempts" USING btree ("provider","external_id") WHERE external_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "provider_attempts_open" ON "provider_attempts" USING btree ("created_at") WHERE state IN ('created', 'submitting', 'submitted');--> statement-breakpoint
CREATE INDEX "avatars_list" ON "avatars" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatars_project_list" ON "avatars" USING btree ("project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatars_project_used" ON "avatars" USING btree ("project_id",last_used_at DESC NULLS LAST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatars_project_usage" ON "avatars" USING btree ("project_id","usage_count" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatars_project_name" ON "avatars" USING btree ("project_id","name","id");--> statement-breakpoint
CREATE INDEX "avatars_same_bytes" ON "avatars" USING btree ("account_id","sha256");--> statement-breakpoint
CREATE INDEX "avatars_trash" ON "avatars" USING btree ("trashed_at") WHERE trashed_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "avatars_search" ON "avatars" USING gin (search_text gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "batches_list" ON "batches" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "batches_project" ON "batches" USING btree ("project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "credit_transfers_one_per_kind" ON "credit_transfers" USING btree ("generation_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "credit_transfers_one_resolution" ON "credit_transfers" USING btree ("parent_id") WHERE kind IN ('capture', 'release');--> statement-breakpoint
CREATE UNIQUE INDEX "credit_transfers_one_refund" ON "credit_transfers" USING btree ("parent_id") WHERE kind = 'refund';--> statement-breakpoint
CREATE UNIQUE INDEX "credit_transfers_one_topup" ON "credit_transfers" USING btree ("account_id","reference") WHERE kind = 'topup';--> statement-breakpoint
CREATE INDEX "credit_transfers_statement" ON "credit_transfers" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatar_generations_list" ON "avatar_generations" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatar_generations_project" ON "avatar_generations" USING btree ("project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatar_generations_batch" ON "avatar_generations" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "avatar_generations_queue" ON "avatar_generations" USING btree ("priority","account_id","pending_at","id") WHERE status = 'pending' AND source_type <> 'upload';--> statement-breakpoint
CREATE INDEX "avatar_generations_unfinished" ON "avatar_generations" USING btree ("created_at","id") WHERE status IN ('requested', 'pending', 'processing');--> statement-breakpoint
CREATE INDEX "avatar_generations_finished" ON "avatar_generations" USING btree ("finished_at" DESC NULLS FIRST) WHERE finished_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "notifications_list" ON "notifications" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("account_id") WHERE read_at IS NULL;--> statement-breakpoint
CREATE INDEX "notifications_avatar" ON "notifications" USING btree ("avatar_id");--> statement-breakpoint
CREATE INDEX "notifications_generation" ON "notifications" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "avatar_presets_gallery" ON "avatar_presets" USING btree ("position","id") WHERE account_id IS NULL;--> statement-breakpoint
CREATE INDEX "avatar_presets_own" ON "avatar_presets" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatar_projects_list" ON "avatar_projects" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "stored_objects_account" ON "stored_objects" USING btree ("account_id","bytes");--> statement-breakpoint
CREATE INDEX "stored_objects_avatar" ON "stored_objects" USING btree ("avatar_id");--> statement-breakpoint
CREATE INDEX "stored_objects_generation" ON "stored_objects" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "stored_objects_loose" ON "stored_objects" USING btree ("created_at") WHERE avatar_id IS NULL;--> statement-breakpoint
CREATE INDEX "uploads_list" ON "uploads" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "uploads_expiry" ON "uploads" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "avatar_usage_history_avatar" ON "avatar_usage_history" USING btree ("avatar_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatar_usage_history_account" ON "avatar_usage_history" USING btree ("account_id","created_at" DESC NULLS FIRST,"app_id");