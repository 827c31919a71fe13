-- Stores the project in which a generation was requested, whatever happens to the project later.
CREATE OR REPLACE FUNCTION set_origin_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.origin_project_id := NEW.project_id;
  RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION set_origin_project FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatar_generations_origin BEFORE INSERT ON avatar_generations FOR EACH ROW EXECUTE FUNCTION set_origin_project();
