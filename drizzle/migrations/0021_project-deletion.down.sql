REVOKE UPDATE (style) ON avatars FROM avatar_app;
GRANT DELETE ON avatar_projects TO avatar_app;
DROP FUNCTION delete_project(uuid, uuid);
