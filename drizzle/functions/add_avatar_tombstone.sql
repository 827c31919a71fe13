-- However an avatar is deleted (on its own or with its project), the tombstone proves to the ledger audit that it was delivered.
-- Its objects belong to no avatar then, which is how the sweep finds them.
CREATE OR REPLACE FUNCTION add_avatar_tombstone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO avatar_tombstones (avatar_id, generation_id, account_id) VALUES (OLD.id, OLD.generation_id, OLD.account_id);
  UPDATE stored_objects o SET avatar_id = NULL WHERE o.avatar_id = OLD.id;
  RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION add_avatar_tombstone FROM PUBLIC;

CREATE OR REPLACE TRIGGER avatars_tombstone AFTER DELETE ON avatars FOR EACH ROW EXECUTE FUNCTION add_avatar_tombstone();
