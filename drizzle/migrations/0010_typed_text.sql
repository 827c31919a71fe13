-- What people type is counted in characters as a reader sees them, of which each may have four code points on average.
-- Names sort as people expect: digits by their value, accents after the plain letter, whatever the case.
CREATE COLLATION IF NOT EXISTS natural_name (provider = icu, locale = 'und-u-kn-ks-level2', deterministic = false);--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_display_name_length";--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_display_name_length" CHECK (char_length(display_name) BETWEEN 1 AND 400) NOT VALID;--> statement-breakpoint
ALTER TABLE "accounts" VALIDATE CONSTRAINT "accounts_display_name_length";--> statement-breakpoint
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_name_length";--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_name_length" CHECK (char_length(name) BETWEEN 1 AND 400) NOT VALID;--> statement-breakpoint
ALTER TABLE "api_keys" VALIDATE CONSTRAINT "api_keys_name_length";--> statement-breakpoint
ALTER TABLE "avatar_reports" DROP CONSTRAINT "avatar_reports_statement_length";--> statement-breakpoint
ALTER TABLE "avatar_reports" ADD CONSTRAINT "avatar_reports_statement_length" CHECK (char_length(statement) BETWEEN 1 AND 8000) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_reports" VALIDATE CONSTRAINT "avatar_reports_statement_length";--> statement-breakpoint
ALTER TABLE "avatars" DROP CONSTRAINT "avatars_name_length";--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_name_length" CHECK (char_length(name) BETWEEN 1 AND 400) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatars" DROP CONSTRAINT "avatars_prompt_length";--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_prompt_length" CHECK (char_length(prompt) BETWEEN 0 AND 8000) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatars" DROP CONSTRAINT "avatars_takedown_reason_length";--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_takedown_reason_length" CHECK (char_length(takedown_reason) BETWEEN 1 AND 2000) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatars" DROP CONSTRAINT "avatars_persona_shape";--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_persona_shape" CHECK (jsonb_typeof(persona) = 'object' AND persona - ARRAY['name', 'age', 'personality', 'background']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(persona->'name'), 'string') = 'string' AND coalesce(jsonb_typeof(persona->'age'), 'number') = 'number' AND coalesce(jsonb_typeof(persona->'personality'), 'array') = 'array' AND coalesce(jsonb_typeof(persona->'background'), 'string') = 'string' AND octet_length(persona::text) <= 32768) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatars" DROP CONSTRAINT "avatars_attributes_shape";--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_attributes_shape" CHECK (jsonb_typeof(attributes) = 'object' AND attributes - ARRAY['gender', 'ageRange', 'ethnicity', 'bodyType', 'hairStyle', 'hairColor', 'eyeColor', 'skinTone', 'style']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(attributes->'gender'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'ageRange'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'ethnicity'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'bodyType'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'hairStyle'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'hairColor'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'eyeColor'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'skinTone'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'style'), 'string') = 'string' AND octet_length(attributes::text) <= 8192) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatars" ADD COLUMN "folded_text" text;--> statement-breakpoint
ALTER TABLE "avatars" VALIDATE CONSTRAINT "avatars_name_length";--> statement-breakpoint
ALTER TABLE "avatars" VALIDATE CONSTRAINT "avatars_prompt_length";--> statement-breakpoint
ALTER TABLE "avatars" VALIDATE CONSTRAINT "avatars_takedown_reason_length";--> statement-breakpoint
ALTER TABLE "avatars" VALIDATE CONSTRAINT "avatars_persona_shape";--> statement-breakpoint
ALTER TABLE "avatars" VALIDATE CONSTRAINT "avatars_attributes_shape";--> statement-breakpoint
ALTER TABLE "avatar_generations" DROP CONSTRAINT "avatar_generations_built_prompt_length";--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD CONSTRAINT "avatar_generations_built_prompt_length" CHECK (char_length(built_prompt) BETWEEN 0 AND 8000) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_generations" DROP CONSTRAINT "avatar_generations_cancel_reason_length";--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD CONSTRAINT "avatar_generations_cancel_reason_length" CHECK (char_length(cancel_reason) BETWEEN 1 AND 800) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_generations" DROP CONSTRAINT "avatar_generations_request_shape";--> statement-breakpoint
ALTER TABLE "avatar_generations" ADD CONSTRAINT "avatar_generations_request_shape" CHECK (jsonb_typeof(request) = 'object' AND octet_length(request::text) <= 65536) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_generations" VALIDATE CONSTRAINT "avatar_generations_built_prompt_length";--> statement-breakpoint
ALTER TABLE "avatar_generations" VALIDATE CONSTRAINT "avatar_generations_cancel_reason_length";--> statement-breakpoint
ALTER TABLE "avatar_generations" VALIDATE CONSTRAINT "avatar_generations_request_shape";--> statement-breakpoint
ALTER TABLE "moderation_objections" DROP CONSTRAINT "moderation_objections_comment_length";--> statement-breakpoint
ALTER TABLE "moderation_objections" ADD CONSTRAINT "moderation_objections_comment_length" CHECK (char_length(comment) BETWEEN 1 AND 2000) NOT VALID;--> statement-breakpoint
ALTER TABLE "moderation_objections" VALIDATE CONSTRAINT "moderation_objections_comment_length";--> statement-breakpoint
ALTER TABLE "avatar_presets" DROP CONSTRAINT "avatar_presets_category_length";--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_category_length" CHECK (char_length(category) BETWEEN 1 AND 240) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_presets" DROP CONSTRAINT "avatar_presets_name_length";--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_name_length" CHECK (char_length(name) BETWEEN 1 AND 400) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_presets" DROP CONSTRAINT "avatar_presets_prompt_length";--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_prompt_length" CHECK (char_length(prompt) BETWEEN 1 AND 4000) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_presets" DROP CONSTRAINT "avatar_presets_persona_template_shape";--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_persona_template_shape" CHECK (jsonb_typeof(persona_template) = 'object' AND persona_template - ARRAY['name', 'age', 'personality', 'background']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(persona_template->'name'), 'string') = 'string' AND coalesce(jsonb_typeof(persona_template->'age'), 'number') = 'number' AND coalesce(jsonb_typeof(persona_template->'personality'), 'array') = 'array' AND coalesce(jsonb_typeof(persona_template->'background'), 'string') = 'string' AND octet_length(persona_template::text) <= 32768) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_presets" DROP CONSTRAINT "avatar_presets_attributes_shape";--> statement-breakpoint
ALTER TABLE "avatar_presets" ADD CONSTRAINT "avatar_presets_attributes_shape" CHECK (jsonb_typeof(attributes) = 'object' AND attributes - ARRAY['gender', 'ageRange', 'ethnicity', 'bodyType', 'hairStyle', 'hairColor', 'eyeColor', 'skinTone', 'style']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(attributes->'gender'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'ageRange'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'ethnicity'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'bodyType'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'hairStyle'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'hairColor'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'eyeColor'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'skinTone'), 'string') = 'string' AND coalesce(jsonb_typeof(attributes->'style'), 'string') = 'string' AND octet_length(attributes::text) <= 8192) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_presets" VALIDATE CONSTRAINT "avatar_presets_category_length";--> statement-breakpoint
ALTER TABLE "avatar_presets" VALIDATE CONSTRAINT "avatar_presets_name_length";--> statement-breakpoint
ALTER TABLE "avatar_presets" VALIDATE CONSTRAINT "avatar_presets_prompt_length";--> statement-breakpoint
ALTER TABLE "avatar_presets" VALIDATE CONSTRAINT "avatar_presets_persona_template_shape";--> statement-breakpoint
ALTER TABLE "avatar_presets" VALIDATE CONSTRAINT "avatar_presets_attributes_shape";--> statement-breakpoint
ALTER TABLE "avatar_projects" DROP CONSTRAINT "avatar_projects_name_length";--> statement-breakpoint
ALTER TABLE "avatar_projects" ADD CONSTRAINT "avatar_projects_name_length" CHECK (char_length(name) BETWEEN 1 AND 400) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_projects" DROP CONSTRAINT "avatar_projects_description_length";--> statement-breakpoint
ALTER TABLE "avatar_projects" ADD CONSTRAINT "avatar_projects_description_length" CHECK (char_length(description) BETWEEN 0 AND 2000) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_projects" DROP CONSTRAINT "avatar_projects_defaults_shape";--> statement-breakpoint
ALTER TABLE "avatar_projects" ADD CONSTRAINT "avatar_projects_defaults_shape" CHECK (jsonb_typeof(defaults) = 'object' AND defaults - ARRAY['style', 'attributes', 'persona']::text[] = '{}'::jsonb AND coalesce(jsonb_typeof(defaults->'style'), 'string') = 'string' AND coalesce(jsonb_typeof(defaults->'attributes'), 'object') = 'object' AND coalesce(jsonb_typeof(defaults->'persona'), 'object') = 'object' AND octet_length(defaults::text) <= 40960) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_projects" VALIDATE CONSTRAINT "avatar_projects_name_length";--> statement-breakpoint
ALTER TABLE "avatar_projects" VALIDATE CONSTRAINT "avatar_projects_description_length";--> statement-breakpoint
ALTER TABLE "avatar_projects" VALIDATE CONSTRAINT "avatar_projects_defaults_shape";--> statement-breakpoint
ALTER TABLE "avatar_usage_history" DROP CONSTRAINT "avatar_usage_history_app_name_length";--> statement-breakpoint
ALTER TABLE "avatar_usage_history" ADD CONSTRAINT "avatar_usage_history_app_name_length" CHECK (char_length(app_name) BETWEEN 1 AND 400) NOT VALID;--> statement-breakpoint
ALTER TABLE "avatar_usage_history" VALIDATE CONSTRAINT "avatar_usage_history_app_name_length";--> statement-breakpoint
ALTER TABLE "usage_hours" DROP CONSTRAINT "usage_hours_app_name_length";--> statement-breakpoint
ALTER TABLE "usage_hours" ADD CONSTRAINT "usage_hours_app_name_length" CHECK (char_length(app_name) BETWEEN 1 AND 400) NOT VALID;--> statement-breakpoint
ALTER TABLE "usage_hours" VALIDATE CONSTRAINT "usage_hours_app_name_length";--> statement-breakpoint
-- batches
UPDATE avatars SET folded_text = btrim(regexp_replace(regexp_replace(
    translate(replace(replace(replace(lower(upper(normalize(concat_ws(' ', name, persona->>'name', persona->>'background',
      (SELECT string_agg(trait, ' ') FROM jsonb_array_elements_text(persona->'personality') AS trait), prompt), NFKD) COLLATE pg_unicode_fast) COLLATE pg_unicode_fast),
      'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'łøđðħŧŋς', 'loddhtnσ'),
    '[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\U000E0000-\U000E0FFF\u0027\u0060\u02B9-\u02BC\u02BE\u02BF\u2018-\u201B\u2032\u2035\u05F3]', '', 'g'),
    '[\u0009-\u000D\u0020\u0085\u1680\u2028\u2029!-#%-*,-/:;?@\u005B-\u005D_\u007B\u007D\u00A1\u00A7\u00AB\u00B6\u00B7\u00BB\u00BF\u2010-\u2027\u2030-\u205E\u3001-\u3003\u3008-\u3011\u3014-\u301F\u30FB\u037E\u0387\u055A-\u055F\u0589\u058A\u05BE\u05C0\u05C3\u05C6\u05F4\u060C\u061B\u061F\u066A-\u066D\u06D4\u0964\u0965\u0E4F\u0E5A\u0E5B\u104A-\u104F\u1361-\u1368]+', ' ', 'g'))
  WHERE id IN (SELECT id FROM avatars WHERE folded_text IS NULL LIMIT 1000);--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatars_folded_text" ON "avatars" USING gin (folded_text gin_trgm_ops);--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatars_natural_name" ON "avatars" USING btree ("account_id",name COLLATE natural_name,"id");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "avatars_project_natural_name" ON "avatars" USING btree ("project_id",name COLLATE natural_name,"id");--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "avatars_name";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "avatars_project_name";
