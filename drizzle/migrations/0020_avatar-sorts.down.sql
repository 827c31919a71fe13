DROP INDEX avatars_project_name;
DROP INDEX avatars_project_usage;
DROP INDEX avatars_project_used;
DROP INDEX avatars_name;
DROP INDEX avatars_usage;
DROP INDEX avatars_used;
ALTER TABLE avatars ALTER COLUMN search_text
  SET EXPRESSION AS (lower(name || ' ' || coalesce(persona->>'name', '') || ' ' || coalesce(persona->>'background', '') || ' ' || coalesce(prompt, '')));
CREATE INDEX avatars_project_name ON avatars (project_id, name, id);
CREATE INDEX avatars_project_usage ON avatars (project_id, usage_count DESC NULLS FIRST, id DESC NULLS FIRST);
CREATE INDEX avatars_project_used ON avatars (project_id, last_used_at DESC NULLS LAST, id DESC NULLS FIRST);
