-- The roles stay: they belong to the cluster, and other databases may use them.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM avatar_api, avatar_worker;
REVOKE USAGE ON SCHEMA public FROM avatar_api, avatar_worker;
