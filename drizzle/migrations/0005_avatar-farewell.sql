-- However an avatar goes (by hand, with its project), the ledger's audit knows that it was delivered and the sweep knows
-- which bytes lost their owner. The name sorts before "RI_ConstraintTrigger…", which takes the owner off the objects.
CREATE FUNCTION bid_farewell() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO avatar_tombstones (avatar_id, generation_id, account_id) VALUES (OLD.id, OLD.generation_id, OLD.account_id);
  UPDATE stored_objects SET orphaned_at = now() WHERE avatar_id = OLD.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "A_bid_farewell" AFTER DELETE ON avatars FOR EACH ROW EXECUTE FUNCTION bid_farewell();
--> statement-breakpoint
CREATE TRIGGER avatar_tombstones_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON avatar_tombstones
  FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
