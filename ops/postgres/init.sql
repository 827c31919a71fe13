-- Roles and databases besides those that the image creates. Runs once, on an empty data volume.
\set api_password `cat /run/secrets/database-api`
\set worker_password `cat /run/secrets/database-worker`
\getenv temporal_password TEMPORAL_DB_PASSWORD

-- For API and workers: they own nothing; the migrations grant their privileges.
CREATE ROLE avatar_api LOGIN PASSWORD :'api_password';
CREATE ROLE avatar_worker LOGIN PASSWORD :'worker_password';

CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
