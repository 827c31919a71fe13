-- The roles and databases beside the one that the image makes. Runs once, on an empty data volume.
\getenv app_password AVATAR_DB_PASSWORD
\getenv temporal_password TEMPORAL_DB_PASSWORD

-- API and workers: owns nothing, the migrations grant what it needs.
CREATE ROLE avatar_app LOGIN PASSWORD :'app_password';

CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
