CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
CREATE TABLE "abuse_strikes" (
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "abuse_strikes_pkey" PRIMARY KEY("account_id","kind","cause"),
	CONSTRAINT "abuse_strikes_kind" CHECK (kind IN ('refused_prompt', 'unpaid')),
	CONSTRAINT "abuse_strikes_cause_length" CHECK (char_length(cause) BETWEEN 1 AND 100)
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"subject" text,
	"display_name" text,
	"tier" text DEFAULT 'free' NOT NULL,
	"defaults" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"posted" bigint DEFAULT 0 NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	"day" date DEFAULT '-infinity' NOT NULL,
	"day_count" integer DEFAULT 0 NOT NULL,
	"daily_limit" integer NOT NULL,
	"unfinished" integer DEFAULT 0 NOT NULL,
	"unfinished_limit" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tokens_from" timestamp (3) with time zone,
	"erased_at" timestamp (3) with time zone,
	"erasure_done_at" timestamp (3) with time zone,
	CONSTRAINT "accounts_subject_key" UNIQUE("subject"),
	CONSTRAINT "accounts_tier" CHECK (tier IN ('free', 'plus', 'pro', 'service')),
	CONSTRAINT "accounts_subject_length" CHECK (char_length(subject) BETWEEN 1 AND 255),
	CONSTRAINT "accounts_display_name_length" CHECK (char_length(display_name) BETWEEN 1 AND 100),
	CONSTRAINT "accounts_defaults_shape" CHECK (jsonb_typeof(defaults) = 'object' AND defaults - ARRAY['style', 'quality', 'optimizeFor', 'provider', 'count']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(defaults->'style'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'quality'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'optimizeFor'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'provider'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'count'), 'number') = 'number' AND octet_length(defaults::text) <= 1024),
	CONSTRAINT "accounts_posted_nonneg" CHECK (posted >= 0),
	CONSTRAINT "accounts_held_nonneg" CHECK (held >= 0),
	CONSTRAINT "accounts_insufficient" CHECK (held <= posted),
	CONSTRAINT "accounts_unfinished_nonneg" CHECK (unfinished >= 0),
	CONSTRAINT "accounts_limits_nonneg" CHECK (daily_limit >= 0 AND unfinished_limit >= 0),
	CONSTRAINT "accounts_erased_has_no_subject" CHECK (erased_at IS NULL OR (subject IS NULL AND display_name IS NULL))
);
--> statement-breakpoint
CREATE TABLE "erased_subjects" (
	"digest" text PRIMARY KEY NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "erased_subjects_digest" CHECK (digest ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "subject_keys" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "subject_keys_single_row" CHECK (id = 1),
	CONSTRAINT "subject_keys_key" CHECK (key ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
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
	"budgeted_usd" numeric(12, 6),
	"budgeted_on" date,
	"latency_ms" integer,
	"failure_kind" text,
	"failure_message" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"submitting_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"called_back_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "provider_attempts_ordinal_key" UNIQUE("generation_id","ordinal"),
	CONSTRAINT "provider_attempts_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "provider_attempts_state" CHECK (state IN ('created', 'submitting', 'submitted', 'succeeded', 'failed', 'cancelled')),
	CONSTRAINT "provider_attempts_failure_kind" CHECK (failure_kind IN ('rate_limited', 'moderated', 'invalid_input', 'auth', 'insufficient_funds', 'transient', 'timeout', 'cancelled', 'corrupt_output', 'out_of_service', 'circuit_open', 'model_circuit_open', 'over_budget')),
	CONSTRAINT "provider_attempts_ordinal_range" CHECK (ordinal BETWEEN 0 AND 99),
	CONSTRAINT "provider_attempts_model_length" CHECK (char_length(model) BETWEEN 1 AND 200),
	CONSTRAINT "provider_attempts_external_id_length" CHECK (char_length(external_id) BETWEEN 1 AND 200),
	CONSTRAINT "provider_attempts_staged_object_length" CHECK (char_length(staged_object) BETWEEN 1 AND 300),
	CONSTRAINT "provider_attempts_credit_length" CHECK (char_length(credit) BETWEEN 1 AND 500),
	CONSTRAINT "provider_attempts_failure_message_length" CHECK (char_length(failure_message) BETWEEN 1 AND 500),
	CONSTRAINT "provider_attempts_latency" CHECK (latency_ms >= 0),
	CONSTRAINT "provider_attempts_budgeted" CHECK ((budgeted_usd IS NULL) = (budgeted_on IS NULL) AND budgeted_usd >= 0),
	CONSTRAINT "provider_attempts_succeeded_is_staged" CHECK (state <> 'succeeded' OR staged_object IS NOT NULL),
	CONSTRAINT "provider_attempts_failed_has_kind" CHECK (state <> 'failed' OR failure_kind IS NOT NULL)
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
	"phash" bit(64),
	"phash_bands" integer[] GENERATED ALWAYS AS (CASE WHEN phash IS NOT NULL THEN ARRAY[0 + substring(phash FROM 1 FOR 16)::integer, 65536 + substring(phash FROM 17 FOR 16)::integer, 131072 + substring(phash FROM 33 FOR 16)::integer, 196608 + substring(phash FROM 49 FOR 16)::integer] END) STORED,
	"recipe" jsonb,
	"review" text DEFAULT 'clear' NOT NULL,
	"usage_count" integer DEFAULT 0 NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"trashed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"search_text" text GENERATED ALWAYS AS (lower(name || ' ' || coalesce(persona->>'name', '') || ' ' || coalesce(persona->>'background', '') || ' ' || coalesce(persona->>'personality', '') || ' ' || coalesce(prompt, ''))) STORED NOT NULL,
	CONSTRAINT "avatars_generation_key" UNIQUE("generation_id"),
	CONSTRAINT "avatars_image_object_key" UNIQUE("image_object"),
	CONSTRAINT "avatars_thumbnail_object_key" UNIQUE("thumbnail_object"),
	CONSTRAINT "avatars_source_type" CHECK (source_type IN ('text_to_image', 'from_preset', 'from_reference', 'upload')),
	CONSTRAINT "avatars_style" CHECK (style IN ('photorealistic', 'anime', 'chibi', '3d', 'clay', 'comic', 'vector', 'fantasy', 'sci-fi', 'cyberpunk', 'post-apocalyptic', 'classical', 'watercolor', 'pixel', 'noir')),
	CONSTRAINT "avatars_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "avatars_review" CHECK (review IN ('clear', 'needs_review', 'approved')),
	CONSTRAINT "avatars_recipe_shape" CHECK (jsonb_typeof(recipe) = 'object' AND octet_length(recipe::text) <= 1024),
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
	"admission_number" integer DEFAULT 0 NOT NULL,
	"refusal" text,
	"accepted_at" timestamp (3) with time zone,
	"admitted_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "batches_size_range" CHECK (size BETWEEN 1 AND 50),
	CONSTRAINT "batches_admission_number_range" CHECK (admission_number BETWEEN 0 AND 1000000),
	CONSTRAINT "batches_refusal" CHECK (refusal IN ('insufficient_credits', 'daily_limit', 'too_many_pending')),
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
	"payment_key" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credit_transfers_one_payment" UNIQUE("payment_key"),
	CONSTRAINT "credit_transfers_fk_target" UNIQUE("id","kind","account_id","amount","generation_id"),
	CONSTRAINT "credit_transfers_kind" CHECK (kind IN ('topup', 'reserve', 'capture', 'release', 'refund')),
	CONSTRAINT "credit_transfers_reference_length" CHECK (char_length(reference) BETWEEN 1 AND 255),
	CONSTRAINT "credit_transfers_amount" CHECK (amount BETWEEN 1 AND 1000000000),
	CONSTRAINT "credit_transfers_parent_by_kind" CHECK ((parent_id IS NULL) = (kind IN ('topup', 'reserve'))),
	CONSTRAINT "credit_transfers_generation_by_kind" CHECK ((generation_id IS NULL) = (kind = 'topup')),
	CONSTRAINT "credit_transfers_topup_reference" CHECK (kind <> 'topup' OR reference IS NOT NULL),
	CONSTRAINT "credit_transfers_payment" CHECK (payment_key IS NULL OR (kind = 'topup' AND reference <> 'starter'))
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
CREATE TABLE "avatar_generations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"project_id" uuid,
	"origin_project_id" uuid,
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
	"choice" jsonb DEFAULT '[]'::jsonb NOT NULL,
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
	CONSTRAINT "avatar_generations_failure_code" CHECK (failure_code IN ('providers_unavailable', 'prompt_rejected', 'image_rejected', 'invalid_request', 'reference_gone', 'corrupt_image', 'storage_unavailable', 'deadline', 'interrupted', 'admission_unavailable', 'internal')),
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
	CONSTRAINT "avatar_generations_choice_shape" CHECK (jsonb_typeof(choice) = 'array' AND jsonb_array_length(choice) <= 64 AND octet_length(choice::text) <= 16384),
	CONSTRAINT "avatar_generations_failed_has_code" CHECK ((status = 'failed') = (failure_code IS NOT NULL)),
	CONSTRAINT "avatar_generations_refused_is_requested" CHECK (refusal IS NULL OR status IN ('requested', 'failed', 'cancelled')),
	CONSTRAINT "avatar_generations_final_has_end" CHECK ((status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "image_checks" (
	"generation_id" uuid PRIMARY KEY NOT NULL,
	"outcome" text NOT NULL,
	"scores" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "image_checks_outcome" CHECK (outcome IN ('pass', 'review', 'block')),
	CONSTRAINT "image_checks_scores_shape" CHECK (jsonb_typeof(scores) = 'object' AND octet_length(scores::text) <= 1000)
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
	CONSTRAINT "notifications_kind" CHECK (kind IN ('avatar_completed', 'generation_failed', 'needs_review', 'avatar_rejected', 'webhook_disabled'))
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
	"avatar_id" uuid,
	"request_hash" text,
	"usage_count" integer DEFAULT 0 NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "avatar_presets_category_length" CHECK (char_length(category) BETWEEN 1 AND 60),
	CONSTRAINT "avatar_presets_name_length" CHECK (char_length(name) BETWEEN 1 AND 100),
	CONSTRAINT "avatar_presets_prompt_length" CHECK (char_length(prompt) BETWEEN 1 AND 1000),
	CONSTRAINT "avatar_presets_preview_object_length" CHECK (char_length(preview_object) BETWEEN 1 AND 300),
	CONSTRAINT "avatar_presets_request_hash" CHECK (request_hash ~ '^[0-9a-f]{64}$'),
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
	"defaults" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "avatar_projects_account_key" UNIQUE("id","account_id"),
	CONSTRAINT "avatar_projects_name_length" CHECK (char_length(name) BETWEEN 1 AND 100),
	CONSTRAINT "avatar_projects_description_length" CHECK (char_length(description) BETWEEN 0 AND 500),
	CONSTRAINT "avatar_projects_defaults_shape" CHECK (jsonb_typeof(defaults) = 'object' AND defaults - ARRAY['style', 'attributes', 'persona']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(defaults->'style'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'attributes'), 'object') = 'object' AND coalesce(jsonb_typeof(defaults->'persona'), 'object') = 'object' AND octet_length(defaults::text) <= 10240)
);
--> statement-breakpoint
CREATE TABLE "provider_callbacks" (
	"id" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "provider_callbacks_id_length" CHECK (char_length(id) BETWEEN 1 AND 200)
);
--> statement-breakpoint
CREATE TABLE "provider_circuits" (
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"failed_at" timestamp (3) with time zone,
	"open_until" timestamp (3) with time zone,
	"not_before" timestamp (3) with time zone,
	"openings" integer DEFAULT 0 NOT NULL,
	"probe" uuid,
	"probe_until" timestamp (3) with time zone,
	"last_failure" text,
	"checked_at" timestamp (3) with time zone,
	"check_failure" text,
	CONSTRAINT "provider_circuits_provider_model_pk" PRIMARY KEY("provider","model"),
	CONSTRAINT "provider_circuits_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "provider_circuits_last_failure" CHECK (last_failure IN ('rate_limited', 'moderated', 'invalid_input', 'auth', 'insufficient_funds', 'transient', 'timeout', 'cancelled', 'corrupt_output', 'out_of_service', 'circuit_open', 'model_circuit_open', 'over_budget')),
	CONSTRAINT "provider_circuits_check_failure" CHECK (check_failure IN ('rate_limited', 'moderated', 'invalid_input', 'auth', 'insufficient_funds', 'transient', 'timeout', 'cancelled', 'corrupt_output', 'out_of_service', 'circuit_open', 'model_circuit_open', 'over_budget')),
	CONSTRAINT "provider_circuits_model_length" CHECK (char_length(model) BETWEEN 0 AND 200),
	CONSTRAINT "provider_circuits_openings_range" CHECK (openings BETWEEN 0 AND 1000000),
	CONSTRAINT "provider_circuits_probe_ends" CHECK ((probe IS NULL) = (probe_until IS NULL))
);
--> statement-breakpoint
CREATE TABLE "provider_limits" (
	"provider" text PRIMARY KEY NOT NULL,
	"next_create_at" timestamp with time zone NOT NULL,
	CONSTRAINT "provider_limits_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator'))
);
--> statement-breakpoint
CREATE TABLE "provider_spending" (
	"day" date NOT NULL,
	"provider" text NOT NULL,
	"usd" numeric(12, 6) NOT NULL,
	CONSTRAINT "provider_spending_day_provider_pk" PRIMARY KEY("day","provider"),
	CONSTRAINT "provider_spending_provider" CHECK (provider IN ('all', 'replicate', 'huggingface', 'fal', 'illustrator'))
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
	"project_id" uuid NOT NULL,
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
	CONSTRAINT "avatar_usage_history_metadata_shape" CHECK (jsonb_typeof(metadata) = 'object' AND octet_length(metadata::text) <= 16384)
);
--> statement-breakpoint
CREATE TABLE "generation_hours" (
	"account_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"project_id" uuid,
	"provider" text,
	"completed" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"captured" bigint DEFAULT 0 NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	"cost_usd" numeric(12, 6) DEFAULT 0 NOT NULL,
	CONSTRAINT "generation_hours_key" UNIQUE NULLS NOT DISTINCT("account_id","hour","project_id","provider"),
	CONSTRAINT "generation_hours_provider" CHECK (provider IN ('replicate', 'huggingface', 'fal', 'illustrator')),
	CONSTRAINT "generation_hours_counts" CHECK (completed >= 0 AND failed >= 0 AND captured >= 0 AND refunded >= 0)
);
--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"account_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"project_id" uuid NOT NULL,
	"app_id" text NOT NULL,
	"app_name" text NOT NULL,
	"uses" integer NOT NULL,
	"deleted_uses" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_hours_key" UNIQUE("account_id","hour","project_id","app_id"),
	CONSTRAINT "usage_hours_app_id_length" CHECK (char_length(app_id) BETWEEN 1 AND 100),
	CONSTRAINT "usage_hours_app_name_length" CHECK (char_length(app_name) BETWEEN 1 AND 100),
	CONSTRAINT "usage_hours_counts" CHECK (uses >= 0 AND deleted_uses >= 0)
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"webhook_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"event" text NOT NULL,
	"generation_id" uuid NOT NULL,
	"avatar_id" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_status" smallint,
	"last_failure" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_deliveries_once" UNIQUE("webhook_id","event","generation_id"),
	CONSTRAINT "webhook_deliveries_event" CHECK (event IN ('generation.completed', 'generation.failed', 'generation.cancelled', 'avatar.needs_review', 'avatar.approved', 'avatar.rejected')),
	CONSTRAINT "webhook_deliveries_state" CHECK (state IN ('waiting', 'delivered', 'dead')),
	CONSTRAINT "webhook_deliveries_last_failure_length" CHECK (char_length(last_failure) BETWEEN 1 AND 200),
	CONSTRAINT "webhook_deliveries_end" CHECK ((state = 'waiting') = (ended_at IS NULL))
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"secret" text NOT NULL,
	"old_secret" text,
	"old_secret_until" timestamp (3) with time zone,
	"enabled" boolean DEFAULT true NOT NULL,
	"disabled_reason" text,
	"consecutive_dead" integer DEFAULT 0 NOT NULL,
	"last_delivered_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhooks_account_key" UNIQUE("account_id"),
	CONSTRAINT "webhooks_url_length" CHECK (char_length(url) BETWEEN 1 AND 2000),
	CONSTRAINT "webhooks_secret_length" CHECK (char_length(secret) BETWEEN 1 AND 100),
	CONSTRAINT "webhooks_old_secret_length" CHECK (char_length(old_secret) BETWEEN 1 AND 100),
	CONSTRAINT "webhooks_disabled_reason" CHECK (disabled_reason IN ('by_user', 'gone', 'unreachable')),
	CONSTRAINT "webhooks_events" CHECK (cardinality(events) BETWEEN 1 AND 20),
	CONSTRAINT "webhooks_disabled_has_reason" CHECK (enabled = (disabled_reason IS NULL))
);
--> statement-breakpoint
ALTER TABLE "abuse_strikes" ADD CONSTRAINT "abuse_strikes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "admin_audit_outcomes" ADD CONSTRAINT "admin_audit_outcomes_audit_id_admin_audit_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."admin_audit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
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
ALTER TABLE "image_checks" ADD CONSTRAINT "image_checks_generation_id_avatar_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."avatar_generations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_generation_id_avatar_generations_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."avatar_generations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_projects" ADD CONSTRAINT "avatar_projects_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stored_objects" ADD CONSTRAINT "stored_objects_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_usage_history" ADD CONSTRAINT "avatar_usage_history_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "avatar_usage_history" ADD CONSTRAINT "avatar_usage_history_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "abuse_strikes_recent" ON "abuse_strikes" USING btree ("account_id","kind","at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "abuse_strikes_all" ON "abuse_strikes" USING btree ("at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "accounts_erased" ON "accounts" USING btree ("erased_at") WHERE erased_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "admin_audit_list" ON "admin_audit" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "admin_audit_actor" ON "admin_audit" USING btree ("actor_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "admin_audit_act" ON "admin_audit" USING btree ("act","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "admin_audit_target" ON "admin_audit" USING btree ("target","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "provider_attempts_external_key" ON "provider_attempts" USING btree ("provider","external_id") WHERE external_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "provider_attempts_open" ON "provider_attempts" USING btree ("created_at") WHERE state IN ('created', 'submitting', 'submitted');--> statement-breakpoint
CREATE INDEX "avatars_list" ON "avatars" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatars_project_list" ON "avatars" USING btree ("project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatars_used" ON "avatars" USING btree ("account_id",coalesce(last_used_at, '-infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "avatars_usage" ON "avatars" USING btree ("account_id","usage_count","id");--> statement-breakpoint
CREATE INDEX "avatars_name" ON "avatars" USING btree ("account_id",lower(name),"id");--> statement-breakpoint
CREATE INDEX "avatars_project_used" ON "avatars" USING btree ("project_id",coalesce(last_used_at, '-infinity'::timestamptz),"id");--> statement-breakpoint
CREATE INDEX "avatars_project_usage" ON "avatars" USING btree ("project_id","usage_count","id");--> statement-breakpoint
CREATE INDEX "avatars_project_name" ON "avatars" USING btree ("project_id",lower(name),"id");--> statement-breakpoint
CREATE INDEX "avatars_same_bytes" ON "avatars" USING btree ("account_id","sha256");--> statement-breakpoint
CREATE INDEX "avatars_phash" ON "avatars" USING gin ("account_id","phash_bands") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "avatars_trash" ON "avatars" USING btree ("trashed_at") WHERE trashed_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "avatars_review_queue" ON "avatars" USING btree ("created_at","id") WHERE review = 'needs_review';--> statement-breakpoint
CREATE INDEX "avatars_search" ON "avatars" USING gin (search_text gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "batches_list" ON "batches" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "batches_project" ON "batches" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "batches_unadmitted" ON "batches" USING btree ("created_at") WHERE admitted_at IS NULL;--> statement-breakpoint
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
CREATE INDEX "avatar_presets_avatar" ON "avatar_presets" USING btree ("avatar_id");--> statement-breakpoint
CREATE INDEX "avatar_projects_list" ON "avatar_projects" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "provider_callbacks_received" ON "provider_callbacks" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "stored_objects_account" ON "stored_objects" USING btree ("account_id","bytes");--> statement-breakpoint
CREATE INDEX "stored_objects_avatar" ON "stored_objects" USING btree ("avatar_id");--> statement-breakpoint
CREATE INDEX "stored_objects_generation" ON "stored_objects" USING btree ("generation_id");--> statement-breakpoint
CREATE INDEX "stored_objects_orphaned" ON "stored_objects" USING btree ("created_at") WHERE avatar_id IS NULL;--> statement-breakpoint
CREATE INDEX "uploads_list" ON "uploads" USING btree ("account_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "uploads_expiry" ON "uploads" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "avatar_usage_history_avatar" ON "avatar_usage_history" USING btree ("avatar_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "avatar_usage_history_account" ON "avatar_usage_history" USING btree ("account_id","created_at" DESC NULLS FIRST,"app_id");--> statement-breakpoint
CREATE INDEX "generation_hours_all" ON "generation_hours" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "usage_hours_all" ON "usage_hours" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_failed" ON "webhook_deliveries" USING btree ("webhook_id","id" DESC NULLS FIRST) WHERE last_failure IS NOT NULL;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_waiting" ON "webhook_deliveries" USING btree ("created_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_ended" ON "webhook_deliveries" USING btree ("ended_at") WHERE state <> 'waiting';
--> statement-breakpoint
-- What follows is written by hand: Drizzle can't express it.
-- Updated rows find space on their own page.
ALTER TABLE accounts SET (fillfactor = 70);
--> statement-breakpoint
ALTER TABLE avatar_generations SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE avatar_generations ADD CONSTRAINT avatar_generations_project FOREIGN KEY (project_id, account_id)
  REFERENCES avatar_projects (id, account_id) ON DELETE SET NULL (project_id);
--> statement-breakpoint
-- The counters of rate-limiter-flexible: one row for each account or address with recent requests. Unlogged: a crash resets the
-- counters, and counting needs no WAL flush. Leaves room for HOT updates, because each request is one.
CREATE UNLOGGED TABLE rate_limits (
  key text PRIMARY KEY CHECK (length(key) <= 255),
  points integer NOT NULL,
  -- Milliseconds since the epoch.
  expire bigint NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
-- The WAL position that a standby must have replayed before it may answer an account: the one after the account's last own write.
-- Unlogged: after a crash of the primary, its standbys have caught up long before the next read.
CREATE UNLOGGED TABLE account_writes (
  account_id uuid PRIMARY KEY,
  lsn pg_lsn NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
-- 244 random bits, generated once for this database. Only functions that run as the tables' owner read them.
INSERT INTO subject_keys (key) VALUES (encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'));
--> statement-breakpoint
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
-- Credits, status and delivery change only through the functions in drizzle/functions.
GRANT SELECT ON abuse_strikes, accounts, avatar_generations, avatar_tombstones, credit_transfers, generation_hours,
  provider_spending, usage_hours TO avatar_app;
--> statement-breakpoint
GRANT SELECT, DELETE ON avatars TO avatar_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON admin_audit, admin_audit_outcomes TO avatar_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON avatar_usage_history, provider_callbacks TO avatar_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON account_writes, avatar_projects, batches, image_checks, new_generations,
  provider_attempts, provider_circuits, provider_limits, provider_switches TO avatar_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON avatar_presets, notifications, rate_limits, stored_objects, uploads, webhooks
  TO avatar_app;
--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON webhook_deliveries TO avatar_app;
--> statement-breakpoint
GRANT UPDATE (defaults, display_name, subject) ON accounts TO avatar_app;
--> statement-breakpoint
GRANT INSERT (account_id, batch_id, built_prompt, choice, id, idempotency_key, plan, price, priority, project_id,
  request, request_hash, seed, source_type, tier) ON avatar_generations TO avatar_app;
--> statement-breakpoint
GRANT UPDATE (accepted_at, admission_number, built_prompt, cancel_reason, cancel_requested_at, model, plan, priority,
  provider, refusal, request, stage, status) ON avatar_generations TO avatar_app;
--> statement-breakpoint
GRANT UPDATE (attributes, last_used_at, name, persona, project_id, prompt, style, trashed_at, updated_at, usage_count)
  ON avatars TO avatar_app;
