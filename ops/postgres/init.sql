-- Roles and databases besides those that the image creates. Runs once, on an empty data volume.
\getenv app_password AVATAR_DB_PASSWORD
\getenv temporal_password TEMPORAL_DB_PASSWORD

-- For API and workers: owns nothing; the migrations grant its privileges.
CREATE ROLE avatar_app LOGIN PASSWORD :'app_password';

CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
