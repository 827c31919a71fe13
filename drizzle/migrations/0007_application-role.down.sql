-- The role stays: other databases of the cluster may use it. Grants on tables and functions are dropped with them.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM avatar_app;
REVOKE USAGE ON SCHEMA public FROM avatar_app;
