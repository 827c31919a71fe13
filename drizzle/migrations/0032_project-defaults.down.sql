ALTER TABLE avatar_projects DROP CONSTRAINT avatar_projects_defaults_shape;
ALTER TABLE avatar_projects DROP COLUMN defaults;
